package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.recurrent.Residual;
import org.goldgrad.analytic.recurrent.Residual.Nodes;
import org.goldgrad.analytic.recurrent.Squash;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.recurrent.ResidualGradient;
import org.goldgrad.reference.recurrent.ResidualNetwork;

/** {@code recurrent.residual} and its gradient: blocks that add to what they are given. */
public final class ResidualOperation {
    private static final String SOURCE = VanillaOperation.SOURCE + "(j)";
    private static final Map<String, Integer> WIDE = Map.of("steps", 6, "batch", 3, "hidden", 5);

    /** The declaration of the network. */
    public static final Operation OPERATION = Operation.named("recurrent.residual", "Residual blocks")
            .formula("""
                    h_t = φ(h_{t-1} W_t + b_t) + h_{t-1}      h_0 = h0      t = 1 … steps
                    φ is the convention nonlinearity""")
            .source(SOURCE + "; He et al. 2016")
            .input("h0", "batch,hidden", Domain.REAL)
            .input("W", "steps,hidden,hidden", Domain.REAL)
            .input("b", "steps,hidden", Domain.REAL)
            .intermediate("a", "steps,batch,hidden")
            .output("h", "steps,batch,hidden")
            .size("steps", 1, 4)
            .size("batch", 1, 3)
            .size("hidden", 1, 3)
            .convention(VanillaOperation.NONLINEARITY)
            .definition(Residual.NETWORK)
            .wellPosed(VanillaOperation.smooth(Residual.NETWORK))
            .reference(ResidualOperation::refer)
            .mistakes(mistakes(UnaryOperator.identity()))
            .claims(holds("residual-identity", "W = 0, b = 0: h_t = h_0 + t φ(0)", SOURCE, ResidualClaims::identity))
            .example("three states through six wide blocks", WIDE)
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("h0", "W", "b")
            .reference(ResidualOperation::referGradient)
            .mistakes(gradientMistakes())
            .claims(
                    holds(
                            "residual-jacobian",
                            "∂h_t/∂h_{t-1} = I + diag(φ') W_tᵀ: where γ‖W_t‖₂ < 1 for every t, "
                                    + "‖∂L/∂h_0‖ ≥ Π (1 - γ‖W_t‖₂) ‖∂L/∂h_T‖ for every loss of h_T",
                            SOURCE,
                            ResidualClaims::jacobian),
                    holds(
                            "residual-passes-gradient",
                            "W = 0: dh0 = Σ dh_t, unchanged by any block",
                            SOURCE,
                            ResidualClaims::passesGradient))
            .example("three states through six wide blocks", WIDE)
            .exampleByDefault("fifty blocks", VanillaOperation.FIFTY_STEPS)
            .declare();

    private ResidualOperation() {}

    private static ResidualNetwork network(Inputs in) {
        return ResidualNetwork.of(
                Ejml.slices(in.array("W")), Ejml.rows(in.array("b")), VanillaOperation.activation(in));
    }

    private static Outputs refer(Inputs in) {
        int steps = in.array("W").size(0);
        int batch = in.array("h0").size(0);
        var h = network(in).forward(Ejml.matrix(in.array("h0")));
        return Outputs.of("h", Ejml.array(h, steps, batch, in.array("h0").size(1)));
    }

    private static Outputs referGradient(Inputs in) {
        ResidualGradient d = ResidualGradient.of(network(in), Ejml.matrix(in.array("h0")), Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("h0", d.dh0())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs();
    }

    /** The network's mistakes, each made by a definition derived from the wrong network. */
    private static List<Mistake> mistakes(UnaryOperator<Definition> from) {
        List<Mistake> mistakes =
                new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(new Residual(Residual::step, unrolling))));
        mistakes.addAll(ArgumentMistakes.of(Residual.NETWORK, from, "h0", "b"));
        mistakes.addAll(List.of(
                mistake(
                        "no-skip",
                        "forgets to add the state",
                        "h_t = φ(h_{t-1} W_t + b_t)",
                        from.apply(made(ResidualOperation::withoutSkip))),
                mistake(
                                "skip-inside",
                                "adds the state before the nonlinearity",
                                "h_t = φ(h_{t-1} W_t + b_t + h_{t-1})",
                                from.apply(made(ResidualOperation::skipInside)))
                        .except("nonlinearity", "identity"),
                mistake(
                        "averages-the-skip",
                        "averages the block's output and the state",
                        "h_t = (φ(h_{t-1} W_t + b_t) + h_{t-1})/2",
                        from.apply(made(ResidualOperation::averaged))),
                mistake(
                        "blocks-in-reverse",
                        "runs through the blocks backwards",
                        "W_{T+1-t} in place of W_t",
                        from.apply(Twist.input(Residual.NETWORK, "W", Twist.reversed()))),
                mistake(
                        "recurrent-weights-transposed",
                        "multiplies by the transposed weights",
                        "h_{t-1} W_tᵀ in place of h_{t-1} W_t",
                        from.apply(Twist.input(Residual.NETWORK, "W", Twist.transposed(0, 2, 1))))));
        return mistakes;
    }

    private static List<Mistake> gradientMistakes() {
        Gradient right = gradient(Residual.NETWORK);
        List<Mistake> mistakes = new ArrayList<>(mistakes(ResidualOperation::gradient));
        mistakes.addAll(GradientMistakes.of(right, List.of("W", "b")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.addAll(List.of(
                mistake(
                        "no-gradient-through-the-skip",
                        "sends the gradient back through the blocks only",
                        "∂h_t/∂h_{t-1} without the identity",
                        gradient(made(ResidualOperation::skipDetached))),
                mistake(
                        "no-gradient-through-the-blocks",
                        "sends the gradient back along the skips only",
                        "∂h_t/∂h_{t-1} taken as the identity",
                        gradient(made(ResidualOperation::blockDetached))),
                mistake(
                        "recurrent-gradient-transposed",
                        "transposes the gradient of the weights",
                        "dW_t = δ_tᵀ h_{t-1} instead of h_{t-1}ᵀ δ_t",
                        Twist.output(right, "dW", Twist.transposed(0, 2, 1)))));
        return mistakes;
    }

    private static Gradient gradient(Definition network) {
        return new Gradient(network, List.of("h0", "W", "b"));
    }

    private static Residual made(Residual.Block block) {
        return new Residual(block, Unrolling.PLAIN);
    }

    private static <R extends Real<R>> Nodes<R> withoutSkip(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h) {
        Tensor<R> a = h.matmul(W).plus(b);
        return new Nodes<>(a, a.map(phi::of));
    }

    private static <R extends Real<R>> Nodes<R> skipInside(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h) {
        Tensor<R> a = h.matmul(W).plus(b).plus(h);
        return new Nodes<>(a, a.map(phi::of));
    }

    private static <R extends Real<R>> Nodes<R> averaged(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h) {
        Nodes<R> right = Residual.step(W, b, phi, h);
        return new Nodes<>(right.a(), right.h().map(x -> x.dividedBy(2)));
    }

    private static <R extends Real<R>> Nodes<R> skipDetached(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h) {
        Tensor<R> a = h.matmul(W).plus(b);
        return new Nodes<>(a, a.map(phi::of).plus(h.map(R::detach)));
    }

    private static <R extends Real<R>> Nodes<R> blockDetached(Tensor<R> W, Tensor<R> b, Squash phi, Tensor<R> h) {
        Tensor<R> a = h.map(R::detach).matmul(W).plus(b);
        return new Nodes<>(a, a.map(phi::of).plus(h));
    }
}
