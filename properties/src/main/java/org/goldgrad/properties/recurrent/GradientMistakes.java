package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong on the way out of a backward pass, seen in what it returns. */
final class GradientMistakes {
    private GradientMistakes() {}

    /** Those of gradients by x, h0 and weights: of the sum over the batch, and of whole results. */
    static List<Mistake> of(Gradient right, List<String> weights) {
        List<Mistake> mistakes = new ArrayList<>(List.of(mistake(
                "averages-over-the-batch",
                "averages weight gradients over the batch instead of adding them",
                "every weight gradient divided by the batch size",
                new Averaged(right, weights))));
        if (right.inputs().contains("x")) {
            mistakes.add(mistake(
                    "input-gradient-in-reverse",
                    "returns dx in processing order, last step first",
                    "dx_{T+1-t} in place of dx_t",
                    Twist.output(right, "dx", Twist.reversed())));
        }
        if (right.inputs().contains("h0")) {
            mistakes.add(mistake(
                    "forgets-dh0",
                    "gives no gradient to the initial state",
                    "dh0 = 0",
                    Twist.output(right, "dh0", Twist.zero())));
        }
        if (weights.contains("b")) {
            mistakes.add(mistake(
                            "no-bias-gradient",
                            "gives no gradient to the bias",
                            "db = 0 instead of Σ_t Σ_batch δ_t",
                            Twist.output(right, "db", Twist.zero()))
                    .seenIn("https://github.com/tracel-ai/burn/pull/5235"));
        }
        return mistakes;
    }

    /** The upstream gradients of all steps but the last are forgotten. */
    static Mistake lastUpstreamOnly(Definition right) {
        return mistake(
                "upstream-of-last-step-only",
                "uses the upstream gradient of the last step and forgets those of the others",
                "dh_t = 0 for t < T",
                Twist.input(right, "dh", Twist.lastOnly()));
    }

    /** What comes after the loss is forgotten. */
    static Mistake lossUpstreamIgnored(Definition right) {
        return mistake(
                        "ignores-upstream-of-the-loss",
                        "takes the upstream gradient of the loss for 1",
                        "dloss = 1",
                        Twist.input(right, "dloss", Twist.constant(1)))
                .seenIn("ND4J 1.0.0-M2.1, meanSquaredError and sparseSoftmaxCrossEntropy of SameDiff");
    }

    /** The gradient by the square matrix W of a plain layer is transposed. */
    static Mistake recurrentTransposed(Definition right) {
        return mistake(
                "recurrent-gradient-transposed",
                "transposes the gradient of the recurrent weights",
                "dW = Σ δ_tᵀ h_{t-1} instead of Σ h_{t-1}ᵀ δ_t",
                Twist.output(right, "dW", Twist.transposed()));
    }

    /** Some outputs divided by the size of the batch, which is the second axis of x or the first of h0. */
    private record Averaged(Gradient right, List<String> weights) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            double batch = q.tensors().containsKey("x")
                    ? q.tensor("x").size(1)
                    : q.tensor("h0").size(0);
            Answer<R> answer = right.of(q);
            for (String weight : weights) {
                answer = answer.changing(Gradient.nameFor(weight), sum -> divided(sum, batch));
            }
            return answer;
        }

        private static <R extends Real<R>> Tensor<R> divided(Tensor<R> sum, double batch) {
            return sum.map(x -> x.dividedBy(batch));
        }
    }
}
