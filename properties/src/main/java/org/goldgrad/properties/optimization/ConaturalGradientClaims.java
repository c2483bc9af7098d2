package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the co-natural gradient. */
final class ConaturalGradientClaims {
    private ConaturalGradientClaims() {}

    private static Operation operation() {
        return ConaturalGradientOperation.OPERATION;
    }

    static Check stationary(Subject subject, Draw draw) {
        Inputs in = Steps.first(operation().inputs(draw), "g");
        Measured answer = subject.ask(operation(), in);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> A = Matrices.damped(hessian(q), q.scalar("lambda"));
        Tensor<DoubleDouble> b = q.tensor("g").slice(0).times(q.scalar("lr"));
        return new Metric(A).maps(Check.NOTHING_YET, answer, in.array("theta0").elements(), b);
    }

    private static Tensor<DoubleDouble> hessian(Question<DoubleDouble> q) {
        return CrossEntropy.unlabelled(q.tensor("X")).hessian(q.tensor("theta_prev"));
    }

    static Check withoutPast(Subject subject, Draw draw) {
        Inputs drawn = operation().inputs(draw);
        Inputs in = drawn.with("X", drawn.array("X").map(x -> 0));
        if (in.scalar("lambda") == 0) {
            return Check.SKIPPED;
        }
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        DoubleDouble rate = q.scalar("lr").dividedBy(q.scalar("lambda"));
        Tensor<DoubleDouble> theta = q.tensor("theta0");
        double[] expected = new double[in.array("g").size()];
        for (int t = 0; t < in.array("g").size(0); t++) {
            theta = theta.minus(q.tensor("g").slice(t).times(rate));
            double[] now = Array.nearest(theta).elements();
            System.arraycopy(now, 0, expected, t * now.length, now.length);
        }
        return subject.ask(operation(), in).agrees(Check.NOTHING_YET, "theta", expected);
    }

    static Check forgetsLess(Subject subject, Draw draw) {
        Inputs in = Steps.first(operation().inputs(draw), "g");
        double lambda = in.scalar("lambda");
        if (lambda == 0) {
            return Check.SKIPPED;
        }
        Measured answer = subject.ask(operation(), in);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> F = hessian(q);
        DoubleDouble rate = q.scalar("lr").dividedBy(lambda);
        double most = form(F, q.tensor("g").slice(0).times(rate)).doubleValue();
        Tensor<DoubleDouble> delta = Tensor.of(
                F.arithmetic(),
                new int[] {F.size(0)},
                j -> DoubleDouble.of(answer.at("theta", j))
                        .minus(in.array("theta0").at(j)));
        Tensor<DoubleDouble> off =
                Tensor.of(F.arithmetic(), delta.shape(), j -> DoubleDouble.of(answer.allowed("theta", j)));
        // (|δ| + ε)ᵀ|F|(|δ| + ε) − |δ|ᵀ|F||δ|
        Tensor<DoubleDouble> size = delta.map(DoubleDouble::abs);
        Tensor<DoubleDouble> magnitude = F.map(DoubleDouble::abs);
        DoubleDouble doubt = form(magnitude, size.plus(off)).minus(form(magnitude, size));
        return Check.NOTHING_YET.atMost(
                "δᵀFδ", form(F, delta).doubleValue(), most, doubt.doubleValue() + Math.ulp(most));
    }

    /** vᵀFv. */
    private static DoubleDouble form(Tensor<DoubleDouble> F, Tensor<DoubleDouble> v) {
        return F.matmul(v.reshape(v.size(), 1)).reshape(v.size()).dot(v);
    }

    static Check invariance(Subject subject, Draw draw) {
        Inputs drawn = operation().inputs(draw);
        Reparametrization other = Reparametrization.drawn(drawn.array("theta0").size(), draw);
        Inputs in = drawn.with("theta0", other.parameters(drawn.array("theta0")))
                .with("theta_prev", other.parameters(drawn.array("theta_prev")));
        Inputs inPhi = drawn.with("X", other.rows(drawn.array("X"))).with("g", other.rows(drawn.array("g")));
        return other.same(subject.ask(operation(), in), subject.ask(operation(), inPhi));
    }
}
