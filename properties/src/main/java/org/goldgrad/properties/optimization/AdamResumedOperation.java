package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.AdamResumed;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;

/** {@code optimization.adam_resumed}: AdamW from a checkpoint, where some groups have no gradient at some steps. */
public final class AdamResumedOperation {
    private static final String SOURCE = "Kingma and Ba 2015, Algorithm 1; Loshchilov and Hutter 2019";

    private static final Convention COUNTER = Convention.of(
            "counter",
            "Who counts the steps",
            "PyTorch's state['step']; Keras's optimizer.iterations",
            "own",
            "every group, those at which it has a gradient: PyTorch",
            "global",
            "the optimizer, all: Keras");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.adam_resumed", "Adam from a checkpoint", AdamResumed.RULE, AdamResumed.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("beta1", Domain.DECAY, 0.875, 0.75)
            .setting("beta2", Domain.DECAY, 1 - 0x1p-7, 1 - 0x1p-5)
            .setting("eps", Domain.EPSILON, 0x1p-17, 0x1p-10)
            .setting("weight_decay", Domain.NON_NEGATIVE, 0.5, 0.125)
            .convention(COUNTER);

    private static final Inputs EXAMPLE = RULE.example()
            .with("m0", Array.of(new int[] {2, 5}, 1, -2, 0.25, 0, 3, -1, 0.5, 0.125, -4, 2))
            .with("v0", Array.of(new int[] {2, 5}, 2, 4, 0.125, 0.5, 1, 3, 0.25, 1.5, 0.75, 0.0625))
            .with("t0", 3)
            .with("present", Array.of(new int[] {9, 2}, 1, 1, 0, 1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 1));

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    EXAMPLE,
                    mistake(
                            "counter-lost",
                            "starts counting anew",
                            "t0 = 0, whatever was saved",
                            Twist.input(AdamResumed.DEFINITION, "t0", Twist.zero())),
                    mistake(
                            "first-moment-lost",
                            "starts from an empty first moment",
                            "m0 = 0, whatever was saved",
                            Twist.input(AdamResumed.DEFINITION, "m0", Twist.zero())),
                    mistake(
                            "second-moment-lost",
                            "starts from an empty second moment",
                            "v0 = 0, whatever was saved",
                            Twist.input(AdamResumed.DEFINITION, "v0", Twist.zero())),
                    mistake(
                            "moments-exchanged",
                            "loads each moment as the other",
                            "m0 = v0 and v0 = m0",
                            Twist.swapped(AdamResumed.DEFINITION, "m0", "v0")),
                    mistake(
                            "missing-gradient-taken",
                            "steps along what stands in the gradient's memory where there is no gradient",
                            "present = 1 everywhere",
                            Twist.input(AdamResumed.DEFINITION, "present", Twist.constant(1))),
                    mistake(
                            "missing-gradient-is-zero",
                            "steps along a gradient of 0 where there is none, so that moments and parameters decay",
                            "g = 0 where present = 0",
                            new ZeroForMissing()))
            .input("m0", "groups,parameters", Domain.REAL)
            .input("v0", "groups,parameters", Domain.NON_NEGATIVE)
            .input("t0", "", Domain.STEPS)
            .input("present", "steps,groups", Domain.FLAG)
            .source(SOURCE)
            .reference(References::adamResumed)
            .claims(
                    holds(
                            "resuming-is-continuing",
                            "every gradient present, t0 = 0, m0 = v0 = 0: it is optimization.adam, and taken up again from any "
                                    + "step's m, v and t it gives the remaining steps",
                            SOURCE,
                            AdamResumedClaims::continues),
                    holds(
                            "missing-steps-vanish",
                            "counter own: steps without a gradient leave a group as it would be without them",
                            SOURCE,
                            AdamResumedClaims::vanish),
                    GroupClaims.independent("adam-resumed-", () -> AdamResumedOperation.OPERATION))
            .example(
                    "counters in the thousands",
                    EXAMPLE.with("t0", 5000).with("beta1", 0.25, 0.5).with("beta2", 0.75, 1 - 0x1p-8))
            .example("without weight decay", EXAMPLE.with("weight_decay", 0, 0))
            .declare();

    private AdamResumedOperation() {}

    private record ZeroForMissing() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> g = q.tensor("g");
            Tensor<R> present = q.tensor("present");
            int parameters = g.size(2);
            Tensor<R> filled = Tensor.of(q.arithmetic(), g.shape(), i -> g.at(i).times(present.at(i / parameters)));
            return AdamResumed.DEFINITION.of(
                    q.with("g", filled).with("present", Twist.constant(1).of(present)));
        }
    }
}
