package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.recurrent.TruncatedGradient;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Mistake;

/** What goes wrong where a recurrence is unrolled, whichever it is: made from the recurrence by its unrolling. */
final class TimeMistakes {
    private TimeMistakes() {}

    /** The values are wrong. */
    static List<Mistake> forward(Function<Unrolling, Definition> of) {
        return List.of(
                mistake(
                                "state-not-fed-back",
                                "starts every step from the initial state",
                                "h_0 in place of h_{t-1}",
                                of.apply(Slip.FROM_THE_START))
                        .seenIn("https://github.com/tracel-ai/burn/issues/2701"),
                mistake(
                        "older-state",
                        "feeds each step the state before the last",
                        "h_{t-2} in place of h_{t-1}",
                        of.apply(Slip.OLDER)));
    }

    /** The values are right and their gradient is not; made from the gradient. */
    static List<Mistake> backward(Function<Unrolling, Definition> of) {
        return List.of(
                mistake(
                                "no-gradient-through-time",
                                "cuts the gradient at every step",
                                "∂h_t/∂h_{t-1} taken as 0 for t > 1",
                                of.apply(new TruncatedGradient.Windows(1)))
                        .seenIn("https://github.com/mlpack/mlpack/pull/3859"),
                mistake(
                        "gradient-cut-every-other-step",
                        "cuts the gradient at every other step",
                        "∂h_t/∂h_{t-1} taken as 0 for t = 3, 5, 7, …",
                        of.apply(new TruncatedGradient.Windows(2))),
                mistake(
                        "weights-of-the-last-step-only",
                        "returns the last step's contribution to the weight gradients",
                        "δ_T alone in place of Σ_t",
                        of.apply(Slip.LAST_STEP_ONLY)),
                mistake(
                        "first-step-missing",
                        "leaves the first step out of the weight gradients",
                        "Σ_{t>1} in place of Σ_t",
                        of.apply(Slip.FIRST_STEP_MISSING)),
                mistake(
                                "counts-the-last-step-twice",
                                "adds the last step's contribution to the weight gradients twice",
                                "Σ_t + δ_T in place of Σ_t",
                                of.apply(Slip.LAST_STEP_TWICE))
                        .seenIn("https://github.com/BrainJS/brain.js/issues/701"));
    }

    private enum Slip implements Unrolling {
        FROM_THE_START {
            @Override
            public <R extends Real<R>> Tensor<R> fed(List<Tensor<R>> states) {
                return states.get(0);
            }
        },
        OLDER {
            @Override
            public <R extends Real<R>> Tensor<R> fed(List<Tensor<R>> states) {
                return states.get(Math.max(0, states.size() - 2));
            }
        },
        LAST_STEP_ONLY {
            @Override
            public <R extends Real<R>> Tensor<R> copy(Tensor<R> weight, int t, int T) {
                return t < T ? weight.map(R::detach) : weight;
            }
        },
        FIRST_STEP_MISSING {
            @Override
            public <R extends Real<R>> Tensor<R> copy(Tensor<R> weight, int t, int T) {
                return t == 1 ? weight.map(R::detach) : weight;
            }
        },
        LAST_STEP_TWICE {
            @Override
            public <R extends Real<R>> Tensor<R> copy(Tensor<R> weight, int t, int T) {
                return t < T ? weight : weight.map(w -> w.plus(w.minus(w.detach())));
            }
        }
    }
}
