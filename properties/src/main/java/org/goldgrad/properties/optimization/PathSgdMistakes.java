package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
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

/** What goes wrong in Path-SGD: in the net's gradient, in κ, and in the order of the two. */
final class PathSgdMistakes {
    private PathSgdMistakes() {}

    static List<Mistake> all() {
        Definition right = PathSgd::define;
        List<Mistake> mistakes = new ArrayList<>(StepMistakes.of(right, "x", "y"));
        mistakes.addAll(nets());
        mistakes.addAll(norms());
        mistakes.addAll(steps());
        return mistakes;
    }

    private static List<Mistake> nets() {
        return List.of(
                mistake(
                        "targets-ignored",
                        "leaves the targets out",
                        "y = 0",
                        Twist.input(PathSgd::define, "y", Twist.zero())),
                mistake(
                        "gates-ignored",
                        "leaves relu out on the way back",
                        "δ = Vᵀδ in place of Vᵀδ ⊙ [a > 0]",
                        new Descent(new Net(Bend.FORWARD_ONLY))),
                mistake("no-relu", "leaves relu out", "f = W V U x", new Descent(new Net(Bend.NONE))),
                mistake(
                        "relu-behind-the-last-layer",
                        "applies relu to the outputs, too",
                        "f = relu(W relu(V relu(U x)))",
                        new Descent(new Net(Bend.EVERYWHERE))),
                mistake(
                        "loss-without-a-half",
                        "forgets the ½ of the loss",
                        "2(f - y) in place of f - y",
                        Twist.input(PathSgd::define, "lr", Twist.scaled(2))),
                mistake(
                        "loss-averaged",
                        "averages over the outputs",
                        "(f - y)/outputs in place of f - y",
                        new Averaged()));
    }

    private static List<Mistake> norms() {
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
                        Norm.LAYER));
    }

    private static Mistake norm(String id, String did, String formula, Norm norm) {
        return mistake(id, did, formula, new Metric(norm));
    }

    private static List<Mistake> steps() {
        return List.of(
                mistake("plain", "steps along the gradient", "w - lr ∂L/∂w", new Metric(Norm.NONE)),
                mistake("kappa-multiplied", "multiplies by κ", "w - lr κ ∂L/∂w", new Metric(Norm.INVERSE)),
                mistake(
                        "kappa-of-the-first-step",
                        "does not compute κ again",
                        "κ of the weights before the first step",
                        new Metric(Norm.FIRST)),
                mistake(
                        "kappa-after-earlier-layers",
                        "steps layer by layer and computes κ of each from what the layers before it have become",
                        "κ_V of U_t, κ_W of U_t and V_t in place of U_{t-1} and V_{t-1}",
                        new OneByOne(false)),
                mistake(
                        "kappa-after-later-layers",
                        "steps on the way back and computes κ of each layer from what the layers behind it have become",
                        "κ_V of W_t, κ_U of W_t and V_t in place of W_{t-1} and V_{t-1}",
                        new OneByOne(true)));
    }

    /** A step: the weights after it, from those before, the gradient times the rate, and what was given. */
    @FunctionalInterface
    private interface Step<R extends Real<R>> {
        Layers<R> from(Layers<R> w, Layers<R> dw, Tensor<R> x);
    }

    private static <R extends Real<R>> Answer<R> trajectory(Question<R> q, Definition loss, Step<R> step) {
        Layers<R> w = PathSgd.start(q);
        List<Layers<R>> ws = new ArrayList<>();
        for (int t = 0; t < q.tensor("x").size(0); t++) {
            Layers<R> dw = PathSgd.gradient(loss, q, w, t).map(g -> g.times(q.scalar("lr")));
            w = step.from(w, dw, q.tensor("x").slice(t));
            ws.add(w);
        }
        return PathSgd.answer(ws);
    }

    private static <R extends Real<R>> Layers<R> step(Layers<R> w, Layers<R> dw, Layers<R> kappa) {
        return w.zip(dw.zip(kappa, Tensor::dividedBy), Tensor::minus);
    }

    /** Path-SGD on another loss. */
    private record Descent(Definition loss) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return trajectory(q, loss, (w, dw, x) -> step(w, dw, PathNorm.kappa(w)));
        }
    }

    private record Averaged() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int outputs = q.tensor("y").size(1);
            return PathSgd.define(q.with("lr", q.tensor("lr").map(lr -> lr.dividedBy(outputs))));
        }
    }

    /** Where relu is. */
    private enum Bend {
        FORWARD_ONLY,
        NONE,
        EVERYWHERE;

        <R extends Real<R>> R hidden(R z) {
            return switch (this) {
                case FORWARD_ONLY -> z.plus(z.negate().relu().detach());
                case NONE -> z;
                case EVERYWHERE -> z.relu();
            };
        }
    }

    private record Net(Bend bend) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> h = PathSgd.layer(q.tensor("U"), q.tensor("x")).map(bend::hidden);
            Tensor<R> k = PathSgd.layer(q.tensor("V"), h).map(bend::hidden);
            Tensor<R> f = PathSgd.layer(q.tensor("W"), k);
            Tensor<R> error = (bend == Bend.EVERYWHERE ? f.map(R::relu) : f).minus(q.tensor("y"));
            return Answer.of("loss", Tensor.scalar(error.dot(error).times(0.5)));
        }
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
            return trajectory(q, PathSgd.LOSS, (w, dw, x) -> step(w, dw, kappa(norm == Norm.FIRST ? first : w, x)));
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

    /** Layers stepped one after another, κ computed from those that have stepped already. */
    private record OneByOne(boolean backwards) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return trajectory(q, PathSgd.LOSS, (w, dw, x) -> {
                Layers<R> now = backwards ? ofW(w, dw) : ofU(w, dw);
                now = new Layers<>(now.U(), moved(now, dw).V(), now.W());
                return backwards ? ofU(now, dw) : ofW(now, dw);
            });
        }

        private static <R extends Real<R>> Layers<R> ofU(Layers<R> w, Layers<R> dw) {
            return new Layers<>(moved(w, dw).U(), w.V(), w.W());
        }

        private static <R extends Real<R>> Layers<R> ofW(Layers<R> w, Layers<R> dw) {
            return new Layers<>(w.U(), w.V(), moved(w, dw).W());
        }

        private static <R extends Real<R>> Layers<R> moved(Layers<R> w, Layers<R> dw) {
            return step(w, dw, PathNorm.kappa(w));
        }
    }
}
