package org.goldgrad.analytic.recurrent;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;

/**
 * Two layers over the same sequences, one from the first step on and one from the last (Schuster and Paliwal 1997).
 *
 * <pre>
 *   hf_t = φ(x_t Uf + hf_{t−1} Wf + bf)       hf_0 given
 *   hb_t = φ(x_t Ub + hb_{t+1} Wb + bb)       hb_{n+1} = hb0, n the sequence's own length
 *   merged_t = hf_t + hb_t, or half of that, or hf_t ⊙ hb_t       all are 0 where t > n
 *   hf, hb, merged  time×batch×hidden       which merger  the convention "merge"
 * </pre>
 */
public record Bidirectional(Definition forwards, Definition backwards) implements Definition {
    /** The layer as defined above. */
    public static final Bidirectional LAYER = new Bidirectional(VariableLength.LAYER, Backwards.LAYER);

    @Override
    public <R extends Real<R>> Answer<R> of(Question<R> q) {
        Tensor<R> hf = forwards.of(direction(q, "f")).output("h");
        Tensor<R> hb = backwards.of(direction(q, "b")).output("h");
        return Answer.of("hf", hf).and("hb", hb).and("merged", merged(q.convention("merge"), hf, hb));
    }

    /** The question to one of the two layers. */
    public static <R extends Real<R>> Question<R> direction(Question<R> q, String side) {
        return q.with("h0", q.tensor("h" + side + "0"))
                .with("U", q.tensor("U" + side))
                .with("W", q.tensor("W" + side))
                .with("b", q.tensor("b" + side));
    }

    private static <R extends Real<R>> Tensor<R> merged(String how, Tensor<R> hf, Tensor<R> hb) {
        return switch (how) {
            case "product" -> hf.times(hb);
            case "mean" -> hf.plus(hb).map(h -> h.dividedBy(2));
            default -> hf.plus(hb);
        };
    }
}
