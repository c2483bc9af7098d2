package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.ScalarRnn;
import org.goldgrad.analytic.recurrent.ScalarRnn.Nodes;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Twist;

/** {@code recurrent.scalar}: a linear network with one weight, and everything that can be differentiated in it. */
public final class ScalarRnnOperation {
    private static final String SOURCE = "EECS 182 (Fall 2023), homework 8, question 1";

    private static final Definition NETWORK = ScalarRnn.NETWORK;

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("recurrent.scalar", "Scalar recurrent network")
            .formula("""
                    z_t = u_t + h_{t-1}      h_t = w z_t      y = h_T
                    edges_t = contribution of step t's copy of w to dy/dw      dw = Σ edges_t      ddw = d²y/dw²
                    du_t = dy/du_t      dh0 = dy/dh_0""")
            .source(SOURCE)
            .input("u", "time", Domain.REAL)
            .input("w", "", Domain.REAL)
            .input("h0", "", Domain.REAL)
            .output("z", "time")
            .output("h", "time")
            .output("y", "")
            .backwards()
            .output("edges", "time")
            .output("dw", "")
            .output("du", "time")
            .output("dh0", "")
            .output("ddw", "")
            .size("time", 1, 6)
            .definition(NETWORK)
            .reference(ScalarRnnOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "scalar-closed-form",
                            "y = Σ_{k=1}^T w^k u_{T+1-k} + w^T h_0",
                            SOURCE + "(a)",
                            ScalarRnnOperation::closedForm),
                    holds(
                            "scalar-derivative",
                            "dy/dw = Σ_{k=1}^T k w^{k-1} u_{T+1-k} + T w^{T-1} h_0",
                            SOURCE + "(b)",
                            ScalarRnnOperation::derivative),
                    holds(
                            "scalar-edges",
                            "edges_t = (u_t + h_{t-1}) w^{T-t} for every t, and they sum to dy/dw",
                            SOURCE + "(d)",
                            ScalarRnnOperation::edges),
                    holds(
                            "scalar-nodes",
                            "∂y/∂h_t = w^{T-t} and ∂y/∂u_t = ∂y/∂z_t = w^{T-t+1}; with T = 3 these are w for t and s, "
                                    + "w² for r and q, w³ for p",
                            SOURCE + "(c)",
                            ScalarRnnOperation::nodes))
            .example(
                    "the homework, three steps",
                    Inputs.empty().with("u", 1, 2, 3).with("w", 0.5).with("h0", 0))
            .example(
                    "a long alternating sequence",
                    Inputs.empty()
                            .with("u", 1, -1.5, 2, -0.5, 3, 0.25, -2, 1.75, -1, 0.5, 2.5, -3)
                            .with("w", -1.125)
                            .with("h0", 4))
            .declare();

    private ScalarRnnOperation() {}

    private static Outputs refer(Inputs in) {
        int T = in.array("u").size();
        var r = org.goldgrad.reference.recurrent.ScalarRnn.of(
                Ejml.matrix(in.array("u")), in.scalar("w"), in.scalar("h0"));
        return Outputs.of("z", Ejml.array(r.z(), T))
                .and("h", Ejml.array(r.h(), T))
                .and("y", Array.scalar(r.y()))
                .and("edges", Ejml.array(r.edges(), T))
                .and("dw", Array.scalar(r.dw()))
                .and("du", Ejml.array(r.du(), T))
                .and("dh0", Array.scalar(r.dh0()))
                .and("ddw", Array.scalar(r.ddw()));
    }

    private static List<Mistake> mistakes() {
        return List.of(
                mistake(
                                "state-not-fed-back",
                                "starts every step from the initial state",
                                "h_t = w(u_t + h_0) instead of w(u_t + h_{t-1})",
                                new NotFedBack())
                        .seenIn("https://github.com/tracel-ai/burn/issues/2701"),
                mistake(
                        "weight-only-on-the-state",
                        "multiplies the state by w but not the input",
                        "h_t = u_t + w h_{t-1}",
                        network(ScalarRnnOperation::weightOnState)),
                mistake(
                        "weight-only-on-the-input",
                        "multiplies the input by w but not the state",
                        "h_t = w u_t + h_{t-1}",
                        network(ScalarRnnOperation::weightOnInput)),
                mistake("ignores-h0", "ignores the initial state", "h_0 = 0", Twist.input(NETWORK, "h0", Twist.zero())),
                mistake(
                        "no-gradient-through-time",
                        "cuts the gradient at every step (truncated after one)",
                        "∂h_t/∂h_{t-1} taken as 0",
                        network(ScalarRnnOperation::detached)),
                mistake(
                        "edges-in-reverse",
                        "lists the edge contributions from last to first",
                        "edges_{T+1-t} in place of edges_t",
                        Twist.output(NETWORK, "edges", Twist.reversed())),
                mistake(
                        "inputs-gradient-in-reverse",
                        "lists du from last to first",
                        "du_{T+1-t} in place of du_t",
                        Twist.output(NETWORK, "du", Twist.reversed())),
                mistake(
                        "averages-over-time",
                        "averages the contributions of the steps instead of adding them",
                        "dw = (1/T) Σ edges_t",
                        new Derived("dw") {
                            @Override
                            <R extends Real<R>> R of(Question<R> q, Answer<R> a) {
                                return a.output("dw")
                                        .value()
                                        .dividedBy(a.output("z").size());
                            }
                        }),
                mistake(
                                "counts-the-last-step-twice",
                                "counts the last step twice",
                                "dw = Σ edges_t + edges_T",
                                new Derived("dw") {
                                    @Override
                                    <R extends Real<R>> R of(Question<R> q, Answer<R> a) {
                                        Tensor<R> edges = a.output("edges");
                                        return a.output("dw").value().plus(edges.at(edges.size() - 1));
                                    }
                                })
                        .seenIn("https://github.com/BrainJS/brain.js/issues/701"),
                mistake(
                        "forgets-dh0",
                        "returns no gradient for the initial state",
                        "dh0 = 0",
                        Twist.output(NETWORK, "dh0", Twist.zero())),
                mistake(
                        "dh0-one-step-short",
                        "stops one step before the initial state",
                        "dh0 = ∂y/∂h_1 instead of w ∂y/∂h_1",
                        new Derived("dh0") {
                            @Override
                            <R extends Real<R>> R of(Question<R> q, Answer<R> a) {
                                return q.scalar("w").pow(a.output("z").size() - 1);
                            }
                        }),
                mistake(
                        "second-derivative-halved",
                        "forgets that each pair of steps counts twice",
                        "ddw = Σ_{s<t} instead of 2 Σ_{s<t}",
                        Twist.output(NETWORK, "ddw", Twist.scaled(0.5))));
    }

    private static Definition network(ScalarRnn.Cell cell) {
        return new ScalarRnn(cell);
    }

    private static <R extends Real<R>> Nodes<R> weightOnState(R w, R u, R previous) {
        R z = u.plus(w.times(previous));
        return new Nodes<>(z, z);
    }

    private static <R extends Real<R>> Nodes<R> weightOnInput(R w, R u, R previous) {
        R z = w.times(u).plus(previous);
        return new Nodes<>(z, z);
    }

    private static <R extends Real<R>> Nodes<R> detached(R w, R u, R previous) {
        return ScalarRnn.step(w, u, previous.detach());
    }

    /** Every step from h_0, each on its own. */
    private record NotFedBack() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> all = NETWORK.of(q);
            List<Answer<R>> steps = java.util.Arrays.stream(q.tensor("u").elements())
                    .map(u -> NETWORK.of(q.with("u", Tensor.vector(List.of(u)))))
                    .toList();
            for (String name : List.of("z", "h")) {
                all = all.and(
                        name,
                        Tensor.stack(steps.stream().map(s -> s.output(name)).toList())
                                .reshape(steps.size()));
            }
            return all.and("y", steps.get(steps.size() - 1).output("y"));
        }
    }

    /** The right answer but for one scalar, computed from the others. */
    private abstract static class Derived implements Definition {
        private final String name;

        Derived(String name) {
            this.name = name;
        }

        abstract <R extends Real<R>> R of(Question<R> q, Answer<R> a);

        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = NETWORK.of(q);
            return right.and(name, of(q, right));
        }
    }

    /** Also exactly, as fractions, between definition and closed form. */
    private static Check closedForm(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        double y = ScalarRnn.closedForm(in.in(DoubleDouble.ARITHMETIC)).doubleValue();
        Question<Rational> exact = in.in(Rational.ARITHMETIC);
        return subject.ask(OPERATION, in)
                .agrees(Check.NOTHING_YET, "y", new double[] {y})
                .equal("y as a fraction", NETWORK.of(exact).output("y").value(), ScalarRnn.closedForm(exact));
    }

    private static Check derivative(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        double dw =
                ScalarRnn.closedFormDerivative(in.in(DoubleDouble.ARITHMETIC)).doubleValue();
        Question<Rational> exact = in.in(Rational.ARITHMETIC);
        return subject.ask(OPERATION, in)
                .agrees(Check.NOTHING_YET, "dw", new double[] {dw})
                .equal(
                        "dw as a fraction",
                        NETWORK.of(exact).output("dw").value(),
                        ScalarRnn.closedFormDerivative(exact));
    }

    private static Check edges(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        Subject.Measured answer = subject.ask(OPERATION, in);
        int T = in.array("u").size();
        double[] expected = new double[T];
        DoubleDouble w = DoubleDouble.ARITHMETIC.of(in.scalar("w"));
        DoubleDouble h = DoubleDouble.ARITHMETIC.of(in.scalar("h0"));
        DoubleDouble sum = DoubleDouble.ARITHMETIC.zero();
        for (int t = 0; t < T; t++) {
            DoubleDouble z = h.plus(in.array("u").at(t));
            DoubleDouble edge = z.times(w.pow(T - 1 - t));
            expected[t] = edge.doubleValue();
            sum = sum.plus(edge);
            h = w.times(z);
        }
        Check check = answer.agrees(Check.NOTHING_YET, "edges", expected);
        return answer.agrees(check, "dw", new double[] {sum.doubleValue()});
    }

    /** ∂y/∂h_t is read off as (∂y/∂u_{t+1}), since h_t and u_{t+1} enter only through their sum. */
    private static Check nodes(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        int T = in.array("u").size();
        double[] expected = new double[T];
        for (int t = 1; t <= T; t++) {
            expected[t - 1] =
                    DoubleDouble.ARITHMETIC.of(in.scalar("w")).pow(T - t + 1).doubleValue();
        }
        Subject.Measured answer = subject.ask(OPERATION, in);
        Check check = answer.agrees(Check.NOTHING_YET, "du", expected);
        return answer.agrees(check, "dh0", new double[] {expected[0]});
    }
}
