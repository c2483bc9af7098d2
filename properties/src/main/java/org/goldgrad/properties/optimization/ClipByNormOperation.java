package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.ClipByNorm;
import org.goldgrad.analytic.optimization.Norm;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.ClipByNorm.Scope;

/** {@code optimization.clip_by_norm} and its gradient: gradients shortened to a limit. */
public final class ClipByNormOperation {
    private static final String SOURCE = "Pascanu, Mikolov and Bengio 2013, Algorithm 1";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.clip_by_norm", "Clipping by norm")
            .formula("""
                    clipped = g c/max(n, c)      c = limit > 0
                    epsilon=none    n = ‖g‖      epsilon=added   n = ‖g‖ + 10^-6
                    scope=global    ‖g‖ = norm = √Σg² over all tensors
                    scope=tensor    ‖g_i‖ = norms_i = √Σg_i², one for each tensor""")
            .source(SOURCE)
            .input("g", "tensors,parameters", Domain.SPREAD)
            .setting("limit", "", Domain.POSITIVE)
            .intermediate("norm", "")
            .intermediate("norms", "tensors")
            .output("clipped", "tensors,parameters")
            .convention(Clipping.SCOPE)
            .convention(Clipping.EPSILON)
            .definition(ClipByNorm::define)
            .reference(in -> Outputs.of("clipped", array(in, rule(in).clip(Ejml.matrix(in.array("g"))))))
            .mistakes(ClipByNormMistakes.ofClipping())
            .claims(
                    holds(
                            "clip-norm",
                            "ε none, one norm over all tensors: the norm of the result is min(‖g‖, c), its direction that of g; "
                                    + "clipping again changes nothing, nor does clipping what is no longer than c; 0 stays 0",
                            SOURCE,
                            ClipByNormClaims::norm),
                    holds(
                            "clip-norm-of-each-tensor",
                            "ε none, a norm for each tensor: clipping all is clipping each alone, and the norm of the "
                                    + "result is at most c√tensors",
                            "the definition",
                            ClipByNormClaims::ofEach),
                    holds(
                            "clip-norm-twice",
                            "ε none, one norm: clipping at a and then at b is clipping at min(a, b)",
                            "two projections to balls around 0",
                            ClipByNormClaims::twice),
                    holds(
                            "clip-norm-scaled",
                            "ε none, one norm, s > 0: clipping sg at c is s times clipping g at c/s; so scaling before "
                                    + "clipping keeps the direction",
                            "‖sg‖ = s‖g‖",
                            ClipByNormClaims::scaled),
                    refuted(
                            "clip-norm-then-unscale",
                            "clipping the gradients Sg of a scaled loss at c and unscaling them is clipping g at c",
                            "loops that clip before they unscale",
                            "it is clipping g at c/S: unscale first, or clip at cS",
                            ClipByNormClaims::unscaledAfterwards),
                    refuted(
                            "clip-norm-of-each-tensor-keeps-the-direction",
                            "clipping each tensor for itself keeps the direction of the whole gradient",
                            "folklore",
                            "only where all tensors get one factor, as where none is longer than c, or with one norm over all",
                            ClipByNormClaims::eachKeepsTheDirection),
                    refuted(
                            "clip-norm-added-idempotent",
                            "with 10^-6 added to the norm, clipping again changes nothing",
                            "PyTorch's clip_grad_norm_",
                            "where ‖g‖ + 10^-6 > c it shortens again: the clipped norm n is below c, but n + 10^-6 is above it",
                            ClipByNormClaims::addedAgain))
            .example(
                    "three tensors of gradients from 2^-33 to 2^33",
                    Inputs.empty().with("g", Gradients.spread(3, 7)).with("limit", 0.75))
            .example("a norm of exactly the limit", of(5, 2, 3, 0, 0, 0, -4, 0))
            .example("tensors that are longer than the limit, each in its own way", of(1, 2, 3, 0, 0, 4))
            .example("zero gradients", of(0.5, 2, 0, 0, 0, 0, 0, 0))
            .example("one tensor of zeros", of(0.5, 2, 0, 0, 0, 1, -2, 2))
            .example("a norm between the limit and its root", of(0.25, 2, 0.3125, 0.125, -0.0625, 0.3125))
            .example("norms around 10^-6", of(0x1p-21, 3, 0x1p-20, -0x3p-22, 0, 0x5p-22, 0x1p-30, -0x1p-23))
            .example("squares beyond binary32: near 2^80", of(0.75, 2, 0x1p80, -0x3p78, 0x5p77, 0, 0x7p78, -0x1p79))
            .example(
                    "squares below binary32: near 2^-80",
                    of(0x3p-82, 2, 0x1p-80, -0x3p-82, 0x5p-83, 0, 0x7p-82, -0x1p-81))
            .declare();

    /** The declaration of its gradient. */
    public static final Operation GRADIENT = OPERATION
            .gradient("g")
            .wellPosed(ClipByNormOperation::awayFromTheLimit)
            .reference(ClipByNormOperation::referGradient)
            .mistakes(ClipByNormMistakes.ofGradient())
            .claims(
                    holds(
                            "clip-norm-identity-at-zero",
                            "ε none: where ‖g‖ < c, and at g = 0 too, dg = dclipped",
                            "https://github.com/tensorflow/tensorflow/issues/22048",
                            ClipByNormClaims::identityBelow),
                    holds(
                            "clip-norm-gradient-is-tangential",
                            "ε none, one norm, ‖g‖ > c: ⟨dg, g⟩ = 0, as the norm of the result does not change",
                            "Euler's theorem on homogeneous functions",
                            ClipByNormClaims::tangential))
            .example(
                    "three tensors of gradients from 2^-33 to 2^33",
                    back(Inputs.empty().with("g", Gradients.spread(3, 7)).with("limit", 0.75)))
            .example("zero gradients", back(of(0.5, 2, 0, 0, 0, 0, 0, 0)))
            .example("one tensor of zeros", back(of(0.5, 2, 0, 0, 0, 1, -2, 2)))
            .example("a norm between the limit and its root", back(of(0.25, 2, 0.3125, 0.125, -0.0625, 0.3125)))
            .example("norms around 10^-6", back(of(0x1p-21, 3, 0x1p-20, -0x3p-22, 0, 0x5p-22, 0x1p-30, -0x1p-23)))
            .example(
                    "squares beyond binary32: near 2^80",
                    back(of(0x1p79, 2, 0x1p80, -0x3p78, 0x5p77, 0, 0x7p78, -0x1p79)))
            .declare();

    private ClipByNormOperation() {}

    /** A question of gradients in this many tensors. */
    private static Inputs of(double limit, int tensors, double... g) {
        return Inputs.empty()
                .with("g", Array.of(new int[] {tensors, g.length / tensors}, g))
                .with("limit", limit);
    }

    /** The same, with a gradient that comes back: 1, −1/2, 1/3 … in tidy steps. */
    private static Inputs back(Inputs in) {
        Array dy = in.array("g");
        for (int i = 0; i < dy.size(); i++) {
            dy = dy.with(i, (i * 7 % 16 - 5) / 8.0);
        }
        return in.with("dclipped", dy);
    }

    private static org.goldgrad.reference.optimization.ClipByNorm rule(Inputs in) {
        return Clipping.rule(in, Clipping.SCOPE.of(in, Scope.class));
    }

    private static Array array(Inputs in, org.ejml.simple.SimpleMatrix matrix) {
        return Ejml.array(matrix, in.array("g").shape());
    }

    private static Outputs referGradient(Inputs in) {
        return Outputs.of(
                "dg", array(in, rule(in).gradient(Ejml.matrix(in.array("g")), Ejml.matrix(in.array("dclipped")))));
    }

    /** No norm within an eighth of the limit: there the slope jumps, and a coarse format may be on the other side. */
    private static boolean awayFromTheLimit(Inputs in) {
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> g = q.tensor("g");
        double limit = in.scalar("limit");
        List<Tensor<DoubleDouble>> parts = in.convention("scope").equals("global") ? List.of(g) : g.slices();
        return parts.stream()
                .map(part -> ClipByNorm.compared(q, Norm.of(part)).doubleValue())
                .noneMatch(norm -> Math.abs(norm - limit) < limit / 8);
    }
}
