package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;

/**
 * The mean cross-entropy of logistic regression, differentiated automatically: what laws about its metric start from.
 *
 * <pre>
 *   L(θ) = −(1/n) Σ_i (y_i log σ(x_iθ) + (1−y_i) log σ(−x_iθ))
 * </pre>
 */
record CrossEntropy(Tensor<DoubleDouble> X, Tensor<DoubleDouble> y) {
    private static final Definition LOSS = new Definition() {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> X = q.tensor("X");
            int n = X.size(0);
            Tensor<R> z = X.matmul(q.tensor("theta").reshape(X.size(1), 1)).reshape(n);
            Tensor<R> y = q.tensor("y");
            R yes = y.dot(z.map(zi -> zi.sigmoid().log()));
            R no = y.map(yi -> q.arithmetic().one().minus(yi))
                    .dot(z.map(zi -> zi.negate().sigmoid().log()));
            return Answer.of("loss", Tensor.scalar(yes.plus(no).negate().dividedBy(n)));
        }
    };

    private static final Gradient GRADIENT = new Gradient(LOSS, List.of("theta"));

    /** On data without labels, which second derivatives do not depend on. */
    static CrossEntropy unlabelled(Tensor<DoubleDouble> X) {
        return new CrossEntropy(X, X.transpose().slice(0).map(xi -> xi.times(0)));
    }

    /** ∇L. */
    Tensor<DoubleDouble> gradient(Tensor<DoubleDouble> theta) {
        return GRADIENT.of(question(theta)).output("dtheta");
    }

    /** ∇²L, a row for every parameter: the gradient of each element of the gradient. */
    Tensor<DoubleDouble> hessian(Tensor<DoubleDouble> theta) {
        Gradient second = new Gradient(GRADIENT, List.of("theta"));
        List<Tensor<DoubleDouble>> rows = new ArrayList<>();
        for (int j = 0; j < theta.size(); j++) {
            int row = j;
            Tensor<DoubleDouble> unit = Tensor.of(
                    theta.arithmetic(), theta.shape(), i -> theta.arithmetic().of(i == row ? 1 : 0));
            rows.add(second.of(question(theta).with("ddtheta", unit)).output("dtheta"));
        }
        return Tensor.stack(rows);
    }

    private Question<DoubleDouble> question(Tensor<DoubleDouble> theta) {
        Tensor<DoubleDouble> one = Tensor.scalar(theta.arithmetic().one());
        return new Question<>(
                theta.arithmetic(), Map.of("X", X, "y", y, "theta", theta, "dloss", one), Map.of(), Map.of());
    }
}
