package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Two vanilla layers over the same padded batch, one from the beginning of each sequence, one from its end.
 *
 * <pre>
 *   hf_t = φ(x_t Uf + hf_{t−1} Wf + bf)   t = 1 … ℓ        from hf_0
 *   hb_t = φ(x_t Ub + hb_{t+1} Wb + bb)   t = ℓ … 1        from hb_{ℓ+1} = hb0
 *   merged_t = hf_t + hb_t, or (hf_t + hb_t)/2, or hf_t ⊙ hb_t              all three 0 for t = ℓ+1 … T
 *
 *   in each of the batch's rows with its own length ℓ      shapes as in {@link VanillaRnn}
 * </pre>
 *
 * The backward direction is a forward one over the reversed sequence, its states reversed again. Schuster and Paliwal
 * 1997; IFT6135, assignment 2, question 6.
 */
public final class BidirectionalRnn {
    final VariableLengthRnn forwards;
    final VariableLengthRnn backwards;
    final Merge merge;

    private BidirectionalRnn(VanillaRnn forwards, VanillaRnn backwards, Merge merge) {
        this.forwards = VariableLengthRnn.of(forwards);
        this.backwards = VariableLengthRnn.of(backwards);
        this.merge = merge;
    }

    /** A layer for each direction, of the same shapes. */
    public static BidirectionalRnn of(VanillaRnn forwards, VanillaRnn backwards, Merge merge) {
        Shape.of(forwards.U).require("Ub", "features×hidden", backwards.U);
        return new BidirectionalRnn(forwards, backwards, merge);
    }

    /**
     * What the layers return, each 0 where the sequence has ended.
     *
     * @param hf the states of the forward direction at all T time steps, batch×hidden each
     * @param hb the states of the backward direction, in the order of time
     * @param merged both in one
     */
    public record Output(List<SimpleMatrix> hf, List<SimpleMatrix> hb, List<SimpleMatrix> merged) {}

    /** Runs over x (T ≥ 1 matrices, batch×features), each row of its length, from hf0 and hb0 (batch×hidden). */
    public Output forward(List<SimpleMatrix> x, List<Integer> lengths, SimpleMatrix hf0, SimpleMatrix hb0) {
        Lengths ends = ends(x, lengths, hf0, hb0);
        List<SimpleMatrix> hf = forwards.forward(x, lengths, hf0).h();
        List<SimpleMatrix> hb =
                ends.reversed(backwards.forward(ends.reversed(x), lengths, hb0).h());
        List<SimpleMatrix> merged = new ArrayList<>();
        for (int t = 0; t < x.size(); t++) {
            merged.add(merge.of(hf.get(t), hb.get(t)));
        }
        return new Output(hf, hb, List.copyOf(merged));
    }

    /** The lengths, once all arguments have been found to fit. */
    Lengths ends(List<SimpleMatrix> x, List<Integer> lengths, SimpleMatrix hf0, SimpleMatrix hb0) {
        new Shape(hf0.getNumRows(), forwards.rnn.hidden).require("hf0", "batch×hidden", hf0);
        Shape.of(hf0).require("hb0", "batch×hidden", hb0);
        return forwards.ends(x, lengths, hf0);
    }
}
