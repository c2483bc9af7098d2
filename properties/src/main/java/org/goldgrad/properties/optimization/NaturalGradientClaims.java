package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the natural gradient. */
final class NaturalGradientClaims {
    private NaturalGradientClaims() {}

    private static Operation operation() {
        return NaturalGradientOperation.OPERATION;
    }

    static Check invariance(Subject subject, Draw draw) {
        Inputs drawn = operation().inputs(draw);
        Reparametrization other = Reparametrization.drawn(drawn.array("theta0").size(), draw);
        Inputs in = drawn.with("theta0", other.parameters(drawn.array("theta0")));
        Measured inTheta = subject.ask(operation(), in);
        Measured inPhi = subject.ask(operation(), drawn.with("X", other.rows(drawn.array("X"))));
        return other.same(inTheta, inPhi);
    }

    static Check newton(Subject subject, Draw draw) {
        Inputs in = Steps.first(operation().inputs(draw), "X", "y");
        Measured answer = subject.ask(operation(), in);
        return solved(in, answer, batch(in).hessian(start(in)));
    }

    static Check empirical(Subject subject, Draw draw) {
        Inputs in = Steps.first(operation().inputs(draw), "X", "y");
        Measured answer = subject.ask(operation(), in);
        Tensor<DoubleDouble> X = batch(in).X();
        int n = X.size(0);
        Tensor<DoubleDouble> residual = X.matmul(start(in).reshape(X.size(1), 1))
                .reshape(n)
                .map(DoubleDouble::sigmoid)
                .minus(batch(in).y());
        Tensor<DoubleDouble> scores =
                Tensor.of(X.arithmetic(), X.shape(), e -> X.at(e).times(residual.at(e / X.size(1))));
        return solved(in, answer, scores.transpose().matmul(scores).map(x -> x.dividedBy(n)));
    }

    private static Tensor<DoubleDouble> start(Inputs in) {
        return in.in(DoubleDouble.ARITHMETIC).tensor("theta0");
    }

    private static CrossEntropy batch(Inputs in) {
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        return new CrossEntropy(q.tensor("X").slice(0), q.tensor("y").slice(0));
    }

    /** A(θ_0 − θ_1) = lr ∇L. */
    private static Check solved(Inputs in, Measured answer, Tensor<DoubleDouble> A) {
        Tensor<DoubleDouble> g = batch(in).gradient(start(in)).map(x -> x.times(in.scalar("lr")));
        return new Metric(A).maps(Check.NOTHING_YET, answer, in.array("theta0").elements(), g);
    }
}
