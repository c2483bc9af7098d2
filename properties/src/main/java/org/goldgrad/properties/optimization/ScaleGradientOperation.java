package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ScaleGradient;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;

/** {@code optimization.scale_gradient}: a gradient times a constant. */
public final class ScaleGradientOperation {
    private static final String SOURCE = "loss scaling (Micikevicius et al. 2018, section 3.2)";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.scale_gradient", "Scaled gradient")
            .formula("scaled = a g      a = factor")
            .source(SOURCE)
            .input("g", "tensors,parameters", Domain.SPREAD)
            .setting("factor", "", Domain.REAL)
            .output("scaled", "tensors,parameters")
            .definition(ScaleGradient::define)
            .reference(in -> Outputs.of(
                    "scaled",
                    Ejml.array(
                            Ejml.matrix(in.array("g")).scale(in.scalar("factor")),
                            in.array("g").shape())))
            .mistakes(mistakes())
            .claims(
                    holds(
                            "scale-unscale",
                            "a power of two: scaling by it and by its inverse gives back g, bit by bit, where nothing "
                                    + "overflows or underflows",
                            SOURCE,
                            (subject, draw) -> thereAndBack(subject, draw, Math.scalb(1.0, draw.choice(41) - 20))),
                    refuted(
                            "scale-unscale-by-any-factor",
                            "scaling by a ≠ 0 and by 1/a gives back g, bit by bit",
                            "folklore",
                            "only where a is a power of two; elsewhere the inverse and both products are rounded",
                            (subject, draw) -> thereAndBack(subject, draw, draw.choice(128) + 1)))
            .example(
                    "three tensors of gradients from 2^-33 to 2^33, scaled up",
                    Inputs.empty().with("g", Gradients.spread(3, 7)).with("factor", 1024))
            .example(
                    "the same, reversed",
                    Inputs.empty().with("g", Gradients.spread(3, 7)).with("factor", -0.75))
            .declare();

    private ScaleGradientOperation() {}

    private static Check thereAndBack(Subject subject, Draw draw, double factor) {
        Inputs in = OPERATION.inputs(draw).with("factor", factor);
        Measured scaled = subject.ask(OPERATION, in);
        Array back = subject.ask(OPERATION, in.with("g", scaled.array("scaled")).with("factor", 1 / factor))
                .array("scaled");
        return Check.NOTHING_YET.equal("g scaled by " + factor + " and back", back, in.array("g"));
    }

    private static List<Mistake> mistakes() {
        Definition right = ScaleGradient::define;
        return List.of(
                mistake(
                        "divided-by-the-factor",
                        "divides by the factor, as unscaling does",
                        "g/a for ag",
                        new Wrong(Slip.DIVIDED)),
                mistake("factor-added", "adds the factor", "g + a for ag", new Wrong(Slip.ADDED)),
                mistake("factor-ignored", "leaves the gradient as it is", "a = 1", twisted(right, Twist.constant(1))),
                mistake("scaled-twice", "multiplies by the factor twice", "a² for a", twisted(right, Twist.squared())),
                mistake(
                        "reversed",
                        "turns the gradient round",
                        "-ag for ag",
                        Twist.output(right, "scaled", Twist.scaled(-1))),
                mistake(
                        "sign-lost",
                        "takes the magnitude of the factor",
                        "|a| for a",
                        twisted(right, Magnitudes.CHANGE)),
                mistake(
                        "first-tensor-only",
                        "scales the first tensor only",
                        "a g_1, and g_i for i > 1",
                        new Wrong(Slip.FIRST_ONLY)),
                mistake(
                        "averaged-over-tensors",
                        "divides by the number of tensors",
                        "(a/tensors) g",
                        new Wrong(Slip.AVERAGED)));
    }

    private static Definition twisted(Definition right, Twist.Change change) {
        return Twist.input(right, "factor", change);
    }

    private enum Slip {
        DIVIDED,
        ADDED,
        FIRST_ONLY,
        AVERAGED
    }

    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> g = q.tensor("g");
            R a = q.scalar("factor");
            return Answer.of(
                    "scaled",
                    switch (slip) {
                        case DIVIDED -> g.map(x -> x.dividedBy(a));
                        case ADDED -> g.map(a::plus);
                        case FIRST_ONLY -> {
                            List<Tensor<R>> tensors = new ArrayList<>(g.slices());
                            tensors.set(0, tensors.get(0).times(a));
                            yield Tensor.stack(tensors);
                        }
                        case AVERAGED -> g.times(a.dividedBy(g.size(0)));
                    });
        }
    }
}
