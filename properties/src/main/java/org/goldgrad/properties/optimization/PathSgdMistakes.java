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
        mistakes.addAll(PathNormMistakes.all());
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

    private static List<Mistake> steps() {
        return List.of(
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
    interface Step<R extends Real<R>> {
        Layers<R> from(Layers<R> w, Layers<R> dw, Tensor<R> x);
    }

    /** The weights after every step along the gradients of a loss. */
    static <R extends Real<R>> Answer<R> trajectory(Question<R> q, Definition loss, Step<R> step) {
        Layers<R> w = PathSgd.start(q);
        List<Layers<R>> ws = new ArrayList<>();
        for (int t = 0; t < q.tensor("x").size(0); t++) {
            Layers<R> dw = PathSgd.gradient(loss, q, w, t).map(g -> g.times(q.scalar("lr")));
            w = step.from(w, dw, q.tensor("x").slice(t));
            ws.add(w);
        }
        return PathSgd.answer(ws);
    }

    /** Path-SGD's step: dw contains the rate. */
    static <R extends Real<R>> Layers<R> step(Layers<R> w, Layers<R> dw, Layers<R> kappa) {
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
