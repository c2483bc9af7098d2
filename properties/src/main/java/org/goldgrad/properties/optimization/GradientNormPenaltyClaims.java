package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.GradientNormPenalty;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the gradient-norm penalty. */
final class GradientNormPenaltyClaims {
    private GradientNormPenaltyClaims() {}

    private static Operation operation() {
        return GradientNormPenaltyOperation.OPERATION;
    }

    static Check quadratic(Subject subject, Draw draw) {
        return exact(subject, operation().inputs(draw).with("kappa", 0));
    }

    static Check everywhere(Subject subject, Draw draw) {
        return exact(subject, operation().inputs(draw));
    }

    /** Whether q_1 is the gradient of the penalised loss. */
    private static Check exact(Subject subject, Inputs in) {
        Inputs first = Steps.first(in, "y");
        Measured answer = subject.ask(operation(), first);
        return answer.agrees(Check.NOTHING_YET, "q", penalised(first));
    }

    static Check firstOrder(Subject subject, Draw draw) {
        Inputs in = Steps.first(operation().inputs(draw), "y");
        double r = in.scalar("r");
        double a = in.scalar("a");
        double lambda = a / 2 * r;
        Inputs far = in.with("a", a / 2);
        Measured there = subject.ask(operation(), far);
        Measured nearer = subject.ask(operation(), in.with("r", r / 2));
        double[] limit = penalised(far);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < limit.length; i++) {
            double theta = Math.abs(in.array("theta0").at(i));
            double bound = lambda * in.scalar("kappa") * r;
            double left = there.at("q", i) - limit[i];
            double half = nearer.at("q", i) - limit[i];
            double off = there.allowed("q", i) + Math.ulp(limit[i]) + Math.ulp(bound * (3 * theta + r)) * 4;
            double offHalf = nearer.allowed("q", i) + Math.ulp(limit[i]);
            check = check.atMost("what is left of q_" + i, Math.abs(left), bound * (3 * theta + r), off)
                    .atMost(
                            "what halving r leaves of half of it",
                            Math.abs(left - 2 * half),
                            bound * r / 2,
                            off + 2 * offHalf);
        }
        return check;
    }

    static Check off(Subject subject, Draw draw) {
        Inputs in = operation().inputs(draw).with("a", 0);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> M = q.tensor("M");
        Tensor<DoubleDouble> theta = q.tensor("theta0");
        List<Tensor<DoubleDouble>> thetas = new ArrayList<>();
        for (Tensor<DoubleDouble> y : q.tensor("y").slices()) {
            Tensor<DoubleDouble> residual =
                    M.matmul(theta.reshape(theta.size(), 1)).reshape(y.size()).minus(y);
            Tensor<DoubleDouble> g = M.transpose()
                    .matmul(residual.reshape(y.size(), 1))
                    .reshape(theta.size())
                    .plus(theta.times(theta).times(theta).times(q.scalar("kappa")));
            theta = theta.minus(g.times(q.scalar("lr")));
            thetas.add(theta);
        }
        return subject.ask(operation(), in)
                .agrees(
                        Check.NOTHING_YET,
                        "theta",
                        Array.nearest(Tensor.stack(thetas)).elements());
    }

    /** ∇(L + λ‖∇L‖) at θ0 for the first target, λ = ar, differentiated automatically, twice. */
    private static double[] penalised(Inputs in) {
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        DoubleDouble lambda = q.scalar("a").times(q.scalar("r"));
        Tensor<DoubleDouble> gradient = new Gradient(new Penalised(), List.of("theta"))
                .of(q.with("theta", q.tensor("theta0"))
                        .with("y", q.tensor("y").slice(0))
                        .with("lambda", Tensor.scalar(lambda))
                        .with("dloss", Tensor.scalar(q.arithmetic().one())))
                .output("dtheta");
        return Array.nearest(gradient).elements();
    }

    /** L + λ‖∇L‖. */
    private record Penalised() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> g = GradientNormPenalty.gradient(q, q.tensor("theta"), q.tensor("y"));
            R penalty = g.dot(g).sqrt().times(q.scalar("lambda"));
            return GradientNormPenalty.LOSS.of(q).changing("loss", loss -> loss.map(penalty::plus));
        }
    }
}
