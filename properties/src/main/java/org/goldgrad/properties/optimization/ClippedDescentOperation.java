package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.optimization.ClippedDescent;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.ClipByNorm.Scope;
import org.goldgrad.reference.optimization.ClippedDescent.Decay;
import org.goldgrad.reference.optimization.ClippedDescent.State;
import org.goldgrad.reference.optimization.Projection;

/** {@code optimization.clipped_descent}: the step that training loops are made of. */
public final class ClippedDescentOperation {
    private static final String SOURCE = ProjectToBallOperation.SOURCE;

    private static final Convention DECAY = Convention.of(
            "decay",
            "Whether weight decay is clipped",
            "PyTorch's clip_grad_norm_ before step(); Keras' regularizers and global_clipnorm",
            "after",
            "not: it is added to the clipped gradient (PyTorch's loop with SGD(weight_decay))",
            "before",
            "with the gradient, as part of the loss (Keras' kernel_regularizer with global_clipnorm)");

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "optimization.clipped_descent", "Descent along clipped gradients, with projection")
            .formula("""
                    decay=after    k_t = clip(g_t/S)              d_t = k_t + λθ_{t-1}
                    decay=before   k_t = clip(g_t/S + λθ_{t-1})   d_t = k_t
                    clip(x) = x c/max(n, c)                       n = ‖x‖ over all tensors, epsilon=added: ‖x‖ + 10^-6
                    θ_t = P(θ_{t-1} - α d_t)                      P(x) = x r/max(‖x‖, r), each tensor for itself
                    clipped is k; S, c, α, λ, r are scale, limit, lr, weight_decay, radius""")
            .source(SOURCE + "; Pascanu, Mikolov and Bengio 2013; Micikevicius et al. 2018, section 3.2")
            .input("theta0", "tensors,parameters", Domain.REAL)
            .input("g", "steps,tensors,parameters", Domain.SPREAD)
            .setting("scale", "", Domain.POSITIVE)
            .setting("limit", "", Domain.POSITIVE)
            .setting("lr", "", Domain.POSITIVE)
            .setting("weight_decay", "", Domain.NON_NEGATIVE)
            .setting("radius", "", Domain.POSITIVE)
            .output("clipped", "steps,tensors,parameters")
            .output("theta", "steps,tensors,parameters")
            .size("tensors", 1, 3)
            .convention(DECAY)
            .convention(Clipping.EPSILON)
            .definition(ClippedDescent::define)
            .reference(ClippedDescentOperation::refer)
            .mistakes(ClippedDescentMistakes.all())
            .claims(
                    holds(
                            "descent-loss-scale",
                            "(g, S) → (2^k g, 2^k S) changes nothing: the loss scale is not seen",
                            "Micikevicius et al. 2018, section 3.2",
                            ClippedDescentClaims::lossScale),
                    holds(
                            "descent-in-the-ball",
                            "the norm of every tensor of θ_t is at most r, t ≥ 1, and the norm of k_t at most c",
                            SOURCE,
                            ClippedDescentClaims::inTheBall),
                    holds(
                            "descent-step-bound",
                            "decay=after, λ = 0: ‖θ_t - θ_{t-1}‖ ≤ αc for t ≥ 2, and for t = 1 if no tensor of θ_0 is longer "
                                    + "than r",
                            "projections to convex sets move nothing further apart",
                            ClippedDescentClaims::stepBound),
                    refuted(
                            "descent-decay-before-is-after",
                            "it does not matter whether weight decay is clipped with the gradient or added afterwards",
                            "folklore",
                            "only where λ = 0, or nothing is longer than c",
                            ClippedDescentClaims::beforeIsAfter))
            .example("six steps of gradients from 2^-33 to 2^33, loss scale 1024", spread(0.25))
            .example("the same without weight decay", spread(0))
            .example("small gradients, so that clipping and projection come and go", small())
            .declare();

    private ClippedDescentOperation() {}

    private static Inputs spread(double decay) {
        return Inputs.empty()
                .with("theta0", Array.of(new int[] {2, 5}, 1, -2, 0.5, 3, -0.25, -1, 2, 4, -0.5, 1.5))
                .with("g", Gradients.spread(6, 2, 5))
                .with("scale", 1024)
                .with("limit", 1.5)
                .with("lr", 0.25)
                .with("weight_decay", decay)
                .with("radius", 2.25);
    }

    private static Inputs small() {
        double[] g = new double[5 * 3 * 4];
        for (int i = 0; i < g.length; i++) {
            g[i] = (i * 11 % 17 - 7) * Math.scalb(1.0, i / 12 % 2 == 0 ? 4 : -1);
        }
        return Inputs.empty()
                .with(
                        "theta0",
                        Array.of(new int[] {3, 4}, 0.5, -0.25, 0.125, 0, 1, -0.75, 0.5, 0.25, 0, 0.375, -1, 0.125))
                .with("g", Array.of(new int[] {5, 3, 4}, g))
                .with("scale", 64)
                .with("limit", 0.75)
                .with("lr", 0.5)
                .with("weight_decay", 0.125)
                .with("radius", 1.25);
    }

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.ClippedDescent(
                in.scalar("scale"),
                Clipping.rule(in, Scope.GLOBAL),
                in.scalar("lr"),
                in.scalar("weight_decay"),
                new Projection(in.scalar("radius")),
                DECAY.of(in, Decay.class));
        Array g = in.array("g");
        List<State> states = new ArrayList<>();
        State state = State.at(Ejml.matrix(in.array("theta0")));
        for (int t = 0; t < g.size(0); t++) {
            state = rule.step(state, Ejml.matrix(g.take(0, t), g.size(1), g.size(2)));
            states.add(state);
        }
        return Outputs.of(
                        "clipped",
                        Ejml.array(states.stream().map(State::clipped).toList(), g.shape()))
                .and("theta", Ejml.array(states.stream().map(State::theta).toList(), g.shape()));
    }
}
