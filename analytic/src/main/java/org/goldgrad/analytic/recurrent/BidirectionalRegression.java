package org.goldgrad.analytic.recurrent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Affine;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * A bidirectional network without biases and from states of 0, and the sum of its squared errors.
 *
 * <pre>
 *   hf_t = σ(x_t Uf + hf_{t−1} Wf)     hb_t = σ(x_t Ub + hb_{t+1} Wb)     hf_0 = hb_{T+1} = 0     σ logistic
 *   y_t = hf_t Vf + hb_t Vb            loss = Σ_t ‖z_t − y_t‖²
 *   z, y  time×batch×outputs           Uf, Ub  features×hidden     Wf, Wb  hidden×hidden     Vf, Vb  hidden×outputs
 * </pre>
 *
 * The source calls the matrices on x W and those on h U.
 */
public record BidirectionalRegression(Definition layer) implements Definition {
    /** The network as defined above. */
    public static final BidirectionalRegression NETWORK = new BidirectionalRegression(VanillaRnn.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Question<R> logistic = q.withConvention("nonlinearity", "sigmoid");
        Tensor<R> hf = states(logistic, "f", q.tensor("x"));
        Tensor<R> hb = reversed(states(logistic, "b", reversed(q.tensor("x"))));
        List<Tensor<R>> y = new ArrayList<>();
        for (int t = 0; t < hf.size(0); t++) {
            y.add(Affine.of(hf.slice(t), q.tensor("Vf"))
                    .plus(hb.slice(t), q.tensor("Vb"))
                    .sum());
        }
        Tensor<R> error = q.tensor("z").minus(Tensor.stack(y));
        return Answer.of("y", Tensor.stack(y))
                .and("loss", error.dot(error))
                .through("hf", hf)
                .through("hb", hb);
    }

    private <R extends Real<R>> Tensor<R> states(Question<R> q, String side, Tensor<R> x) {
        Tensor<R> W = q.tensor("W" + side);
        R zero = q.arithmetic().zero();
        int[] state = {x.size(1), W.size(0)};
        return layer.of(q.with("x", x)
                        .with("h0", Tensor.of(q.arithmetic(), state, i -> zero))
                        .with("U", q.tensor("U" + side))
                        .with("W", W)
                        .with("b", W.slice(0).map(w -> zero)))
                .output("h");
    }

    private static <R extends Real<R>> Tensor<R> reversed(Tensor<R> steps) {
        List<Tensor<R>> parts = new ArrayList<>(steps.slices());
        Collections.reverse(parts);
        return Tensor.stack(parts);
    }
}
