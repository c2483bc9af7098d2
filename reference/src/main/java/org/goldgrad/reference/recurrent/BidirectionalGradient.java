package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * Backpropagation for {@link BidirectionalRnn}: each direction against its own course, both into the same inputs.
 *
 * <p>Given dhf_t, dhb_t and dmerged_t, the gradients by the three outputs (direct parts), with m the merging function:
 *
 * <pre>
 *   εf_t = dhf_t + dmerged_t ⊙ ∂m/∂hf     εb_t = dhb_t + dmerged_t ⊙ ∂m/∂hb
 *
 *   Γf_t = εf_t + δf_{t+1} Wfᵀ            t = ℓ … 1        δf_{ℓ+1} = 0
 *   Γb_t = εb_t + δb_{t−1} Wbᵀ            t = 1 … ℓ        δb_0 = 0, as the backward direction ends at t = 1
 *   dx_t = δf_t Ufᵀ + δb_t Ubᵀ
 *   all else as in {@link VariableLengthRnnGradient}, the backward direction in reversed order
 * </pre>
 *
 * Every gradient has the shape of what it is the gradient of.
 *
 * @param dx ∂L/∂x_t for every time step, batch×features each, 0 where the sequence has ended
 * @param dhf0 ∂L/∂hf_0, batch×hidden
 * @param dhb0 ∂L/∂hb_{ℓ+1}, batch×hidden
 * @param dUf ∂L/∂Uf, features×hidden
 * @param dWf ∂L/∂Wf, hidden×hidden
 * @param dbf ∂L/∂bf, 1×hidden
 * @param dUb ∂L/∂Ub, features×hidden
 * @param dWb ∂L/∂Wb, hidden×hidden
 * @param dbb ∂L/∂bb, 1×hidden
 */
public record BidirectionalGradient(
        List<SimpleMatrix> dx,
        SimpleMatrix dhf0,
        SimpleMatrix dhb0,
        SimpleMatrix dUf,
        SimpleMatrix dWf,
        SimpleMatrix dbf,
        SimpleMatrix dUb,
        SimpleMatrix dWb,
        SimpleMatrix dbb) {

    /** Runs over x from hf0 and hb0, then back from dhf, dhb and dmerged (T matrices each, batch×hidden). */
    public static BidirectionalGradient of(
            BidirectionalRnn rnn,
            List<SimpleMatrix> x,
            List<Integer> lengths,
            SimpleMatrix hf0,
            SimpleMatrix hb0,
            List<SimpleMatrix> dhf,
            List<SimpleMatrix> dhb,
            List<SimpleMatrix> dmerged) {
        BidirectionalRnn.Output output = rnn.forward(x, lengths, hf0, hb0);
        Lengths ends = rnn.ends(x, lengths, hf0, hb0);
        Shape state = Shape.of(hf0);
        Sequence.requireLikeX(x.size(), "dhf", "batch×hidden", state, dhf);
        Sequence.requireLikeX(x.size(), "dhb", "batch×hidden", state, dhb);
        Sequence.requireLikeX(x.size(), "dmerged", "batch×hidden", state, dmerged);
        List<SimpleMatrix> epsilonF = new ArrayList<>();
        List<SimpleMatrix> epsilonB = new ArrayList<>();
        for (int t = 0; t < x.size(); t++) {
            SimpleMatrix hf = output.hf().get(t);
            SimpleMatrix hb = output.hb().get(t);
            epsilonF.add(dhf.get(t).plus(rnn.merge.gradient(dmerged.get(t), hb)));
            epsilonB.add(dhb.get(t).plus(rnn.merge.gradient(dmerged.get(t), hf)));
        }
        SimpleMatrix dlast = hf0.createLike(); // the last states are no outputs of their own
        VariableLengthRnnGradient f = VariableLengthRnnGradient.of(rnn.forwards, x, lengths, hf0, epsilonF, dlast);
        VariableLengthRnnGradient b = VariableLengthRnnGradient.of(
                rnn.backwards, ends.reversed(x), lengths, hb0, ends.reversed(epsilonB), dlast);
        return new BidirectionalGradient(
                Sequence.plus(f.dx(), ends.reversed(b.dx())),
                f.dh0(),
                b.dh0(),
                f.dU(),
                f.dW(),
                f.db(),
                b.dU(),
                b.dW(),
                b.db());
    }
}
