package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;

/**
 * Path-SGD (Neyshabur, Salakhutdinov and Srebro 2015) on a net of three layers without biases, a sample a step.
 *
 * <pre>
 *   f(x) = W relu(V relu(U x))      L_t = ½‖f(x_t) − y_t‖²
 *   w ← w − lr/κ_w ∂L_t/∂w          for every weight w of U, V and W at once; κ_w is its {@link PathNorm}
 *   U  steps×hidden1×features     V  steps×hidden2×hidden1     W  steps×outputs×hidden2     U0, V0, W0  before the first
 *   x  steps×features     y  steps×outputs     every κ_w > 0
 * </pre>
 */
public final class PathSgd {
    /** L, called loss, and f, called prediction, as functions of the weights and one sample. */
    public static final Definition LOSS = new Definition() {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> h = layer(q.tensor("U"), q.tensor("x")).map(R::relu);
            Tensor<R> f = layer(q.tensor("W"), layer(q.tensor("V"), h).map(R::relu));
            Tensor<R> error = f.minus(q.tensor("y"));
            return Answer.of("loss", Tensor.scalar(error.dot(error).times(0.5))).and("prediction", f);
        }
    };

    private PathSgd() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Layers<R> w = start(q);
        List<Layers<R>> ws = new ArrayList<>();
        List<Layers<R>> kappas = new ArrayList<>();
        for (int t = 0; t < q.tensor("x").size(0); t++) {
            Layers<R> dw = gradient(LOSS, q, w, t);
            Layers<R> kappa = PathNorm.kappa(w);
            w = w.zip(dw.zip(kappa, Tensor::dividedBy).map(step -> step.times(q.scalar("lr"))), Tensor::minus);
            kappas.add(kappa);
            ws.add(w);
        }
        Layers<R> all = Layers.stack(kappas);
        return answer(ws)
                .through("kappa_U", all.U())
                .through("kappa_V", all.V())
                .through("kappa_W", all.W());
    }

    /** The weights before the first step. */
    public static <R extends Real<R>> Layers<R> start(Question<R> q) {
        return new Layers<>(q.tensor("U0"), q.tensor("V0"), q.tensor("W0"));
    }

    /** The weights after every step, as outputs. */
    public static <R extends Real<R>> Answer<R> answer(List<Layers<R>> steps) {
        Layers<R> all = Layers.stack(steps);
        return Answer.of("U", all.U()).and("V", all.V()).and("W", all.W());
    }

    /** The gradient of a loss at a step, by the chain rule alone. */
    public static <R extends Real<R>> Layers<R> gradient(Definition loss, Question<R> q, Layers<R> w, int t) {
        R one = q.arithmetic().one();
        Answer<R> gradient =
                new Gradient(loss, List.of("U", "V", "W")).of(at(q, w, t).with("dloss", Tensor.scalar(one)));
        return new Layers<>(gradient.output("dU"), gradient.output("dV"), gradient.output("dW"));
    }

    /** f(x_t) of a net with these weights. */
    public static <R extends Real<R>> Tensor<R> prediction(Question<R> q, Layers<R> w, int t) {
        return LOSS.of(at(q, w, t)).output("prediction");
    }

    private static <R extends Real<R>> Question<R> at(Question<R> q, Layers<R> w, int t) {
        return q.with("U", w.U())
                .with("V", w.V())
                .with("W", w.W())
                .with("x", q.tensor("x").slice(t))
                .with("y", q.tensor("y").slice(t));
    }

    /** The matrix product of weights and x. */
    public static <R extends Real<R>> Tensor<R> layer(Tensor<R> weights, Tensor<R> x) {
        return weights.matmul(x.reshape(x.size(), 1)).reshape(weights.size(0));
    }
}
