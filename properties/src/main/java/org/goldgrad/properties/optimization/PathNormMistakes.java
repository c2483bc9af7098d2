package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Layers;
import org.goldgrad.analytic.optimization.PathNorm;
import org.goldgrad.analytic.optimization.PathSgd;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What is taken for κ, by which Path-SGD divides. */
final class PathNormMistakes {
    private PathNormMistakes() {}

    static List<Mistake> all() {
        return List.of(
                norm(
                        "kappa-with-the-weight-itself",
                        "multiplies all three squares of a path",
                        "w²κ_w in place of κ_w",
                        Norm.WHOLE),
                norm("kappa-of-magnitudes", "adds up magnitudes", "Σ|v||w| in place of Σv²w²", Norm.MAGNITUDES),
                norm("kappa-of-the-one-norm", "takes the path norm of p = 1", "(Σ|v||w|)² in place of Σv²w²", Norm.ONE),
                norm("kappa-under-a-root", "takes the root of κ", "√κ in place of κ", Norm.ROOT),
                norm("kappa-not-halved", "takes the whole second derivative of φ²", "2κ in place of κ", Norm.DOUBLED),
                norm(
                        "kappa-of-what-comes-after",
                        "follows paths from the weight to the outputs only",
                        "κ_V = Σ_o W_ok², κ_W = 1",
                        Norm.AFTER),
                norm(
                        "kappa-of-what-comes-before",
                        "follows paths from the inputs to the weight only",
                        "κ_U = 1, κ_V = Σ_f U_if²",
                        Norm.BEFORE),
                norm(
                        "kappa-of-the-next-layers",
                        "looks at the layers next to the weight only",
                        "κ_U = Σ_k V_ki², κ_W = Σ_i V_ki²",
                        Norm.NEXT),
                norm(
                        "kappa-weighted-by-the-inputs",
                        "begins with the squares of the inputs where ones belong",
                        "U_if² x_f² in place of U_if²",
                        Norm.INPUTS),
                norm(
                        "one-kappa-for-a-layer",
                        "adds up κ over every layer",
                        "Σκ over the weights of a layer, for all of them",
                        Norm.LAYER),
                norm("plain", "steps along the gradient", "w - lr ∂L/∂w", Norm.NONE),
                norm("kappa-multiplied", "multiplies by κ", "w - lr κ ∂L/∂w", Norm.INVERSE),
                norm(
                        "kappa-of-the-first-step",
                        "does not compute κ again",
                        "κ of the weights before the first step",
                        Norm.FIRST));
    }

    private static Mistake norm(String id, String did, String formula, Norm norm) {
        return mistake(id, did, formula, new Metric(norm));
    }

    private enum Norm {
        WHOLE,
        MAGNITUDES,
        ONE,
        ROOT,
        DOUBLED,
        AFTER,
        BEFORE,
        NEXT,
        INPUTS,
        LAYER,
        NONE,
        INVERSE,
        FIRST
    }

    /** Path-SGD with another κ. */
    private record Metric(Norm norm) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Layers<R> first = PathSgd.start(q);
            return PathSgdMistakes.trajectory(
                    q,
                    PathSgd.LOSS,
                    (w, dw, x) -> PathSgdMistakes.step(w, dw, kappa(norm == Norm.FIRST ? first : w, x)));
        }

        private <R extends Real<R>> Layers<R> kappa(Layers<R> weights, Tensor<R> x) {
            Layers<R> squares = weights.map(w -> w.times(w));
            Layers<R> right = PathNorm.through(squares);
            Layers<R> ones = squares.map(Twist.constant(1)::of);
            Tensor<R> u = squares.U();
            Tensor<R> v = squares.V();
            Tensor<R> w = squares.W();
            return switch (norm) {
                case WHOLE -> right.zip(squares, Tensor::times);
                case MAGNITUDES -> PathNorm.through(weights.map(each -> each.map(R::abs)));
                case ONE ->
                    PathNorm.through(weights.map(each -> each.map(R::abs))).map(each -> each.times(each));
                case ROOT -> right.map(each -> each.map(R::sqrt));
                case DOUBLED -> right.map(Twist.scaled(2)::of);
                case AFTER -> new Layers<>(right.U(), leaving(w, v), ones.W());
                case BEFORE -> new Layers<>(ones.U(), entering(u, v), right.W());
                case NEXT -> new Layers<>(leaving(v, u), right.V(), entering(v, w));
                case INPUTS -> PathNorm.through(new Layers<>(u.times(x.times(x)), v, w));
                case LAYER -> right.map(each -> each.map(unused -> each.sum()));
                case NONE -> ones;
                case INVERSE -> ones.zip(right, Tensor::dividedBy);
                case FIRST -> right;
            };
        }

        /** For every weight of a layer, what leaves the node that it leads into: a column's sum of the layer behind. */
        private static <R extends Real<R>> Tensor<R> leaving(Tensor<R> behind, Tensor<R> layer) {
            List<Tensor<R>> columns = behind.transpose().slices();
            int n = layer.size(1);
            return Tensor.of(
                    layer.arithmetic(), layer.shape(), e -> columns.get(e / n).sum());
        }

        /** For every weight of a layer, what comes into the node that it leaves: a row's sum of the layer before. */
        private static <R extends Real<R>> Tensor<R> entering(Tensor<R> before, Tensor<R> layer) {
            int n = layer.size(1);
            return Tensor.of(
                    layer.arithmetic(), layer.shape(), e -> before.slice(e % n).sum());
        }
    }
}
