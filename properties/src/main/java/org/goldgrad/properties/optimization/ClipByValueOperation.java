package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ClipByValue;
import org.goldgrad.analytic.optimization.Norm;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;

/** {@code optimization.clip_by_value}: gradients clipped element by element. */
public final class ClipByValueOperation {
    private static final String SOURCE = "Graves 2013, section 2; PyTorch's clip_grad_value_, Keras' clipvalue";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.clip_by_value", "Clipping by value")
            .formula("clipped = min(max(g, -c), c)      c = limit > 0")
            .source(SOURCE)
            .input("g", "tensors,parameters", Domain.SPREAD)
            .setting("limit", "", Domain.POSITIVE)
            .output("clipped", "tensors,parameters")
            .definition(ClipByValue::define)
            .reference(ClipByValueOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "clip-value",
                            "every element keeps its sign and its magnitude up to c, no magnitude is more than c; clipping "
                                    + "again changes nothing, and no two gradients get further apart in any element",
                            SOURCE,
                            ClipByValueClaims::value),
                    holds(
                            "clip-value-after-norm",
                            "ε none: clipping by norm at b and then by value at a ≥ b is clipping by norm at b",
                            "|g_i| ≤ ‖g‖",
                            ClipByValueClaims::afterNorm),
                    refuted(
                            "clip-value-keeps-the-direction",
                            "clipping by value keeps the direction of the gradient",
                            "folklore",
                            "only where no magnitude is more than c, or all that are not 0 are the same",
                            ClipByValueClaims::keepsTheDirection),
                    refuted(
                            "clip-value-and-norm-commute",
                            "clipping by value at a and by norm at b, ε none, may be done in either order",
                            "folklore",
                            "where no |g_i| is more than a, or ‖g‖ ≤ b; elsewhere clipping by value first turns the direction, "
                                    + "and the norm that is compared is another one",
                            ClipByValueClaims::commutesWithNorm))
            .example(
                    "three tensors of gradients from 2^-33 to 2^33",
                    Inputs.empty().with("g", Gradients.spread(3, 7)).with("limit", 0.75))
            .example(
                    "elements that are exactly the limit",
                    Inputs.empty()
                            .with("g", Array.of(new int[] {2, 5}, 1.25, -1.25, 1, -1, 0, 2, -2, 0.5, -0x1p-30, 3))
                            .with("limit", 1.25))
            .declare();

    private ClipByValueOperation() {}

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.ClipByValue(in.scalar("limit"));
        Array g = in.array("g");
        return Outputs.of("clipped", Ejml.array(rule.clip(Ejml.matrix(g)), g.shape()));
    }

    private static List<Mistake> mistakes() {
        Definition right = ClipByValue::define;
        return List.of(
                wrong("upper-limit-only", "clips from above only", "min(g, c)", Slip.ABOVE),
                wrong("lower-limit-only", "clips from below only", "max(g, -c)", Slip.BELOW),
                wrong("lower-limit-zero", "clips to 0 … c", "min(max(g, 0), c)", Slip.FROM_ZERO),
                wrong(
                        "limits-swapped",
                        "takes c for the lower and -c for the upper limit",
                        "min(max(g, c), -c) = -c",
                        Slip.SWAPPED),
                wrong("zero-beyond-the-limit", "drops what is beyond the limit", "0 for c where |g| > c", Slip.DROPPED),
                wrong("scaled-by-the-largest", "scales all elements alike", "g c/max(max |g|, c)", Slip.BY_LARGEST),
                wrong("clipped-by-norm", "shortens each tensor by its norm", "g_i c/max(‖g_i‖, c)", Slip.BY_NORM),
                wrong("signs-only", "takes the sign of every element", "c sign(g)", Slip.SIGNS),
                wrong("squashed", "clips smoothly", "c tanh(g/c)", Slip.SQUASHED),
                mistake("never-clipped", "leaves the gradient as it is", "g", new Wrong(Slip.NEVER)),
                mistake(
                        "limit-ignored",
                        "takes 1 for the limit",
                        "c = 1",
                        Twist.input(right, "limit", Twist.constant(1))),
                mistake("sign-lost", "clips magnitudes", "min(|g|, c)", Twist.input(right, "g", Magnitudes.CHANGE)));
    }

    private static Mistake wrong(String id, String did, String formula, Slip slip) {
        return mistake(id, did, formula, new Wrong(slip));
    }

    private enum Slip {
        ABOVE,
        BELOW,
        FROM_ZERO,
        SWAPPED,
        DROPPED,
        BY_LARGEST,
        BY_NORM,
        SIGNS,
        SQUASHED,
        NEVER;

        <R extends Real<R>> Tensor<R> of(Tensor<R> g, R c) {
            return switch (this) {
                case ABOVE -> g.map(x -> least(x, c));
                case BELOW -> g.map(x -> x.max(c.negate()));
                case FROM_ZERO -> g.map(x -> least(x.relu(), c));
                case SWAPPED -> g.map(x -> least(x.max(c), c.negate()));
                case DROPPED ->
                    g.map(x ->
                            x.times(x.arithmetic().one().minus(x.abs().minus(c).positive())));
                case BY_LARGEST -> Norm.shortened(g, Size.LARGEST.of(g), c);
                case BY_NORM ->
                    Tensor.stack(g.slices().stream()
                            .map(x -> Norm.shortened(x, Norm.of(x), c))
                            .toList());
                case SIGNS -> g.map(x -> c.times(x.positive().minus(x.negate().positive())));
                case SQUASHED -> g.map(x -> c.times(x.dividedBy(c).tanh()));
                case NEVER -> g;
            };
        }

        private static <R extends Real<R>> R least(R x, R c) {
            return x.negate().max(c.negate()).negate();
        }
    }

    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return Answer.of("clipped", slip.of(q.tensor("g"), q.scalar("limit")));
        }
    }
}
