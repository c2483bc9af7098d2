package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.recurrent.Squash;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.analytic.recurrent.VanillaRnn.Nodes;
import org.goldgrad.analytic.recurrent.VanillaRnn.Weights;
import org.goldgrad.properties.operation.Mistake;

/** What goes wrong in one step of a plain layer; made from the layer by its cell. */
final class CellMistakes {
    private CellMistakes() {}

    /** The value is wrong. */
    static List<Mistake> forward(Function<VanillaRnn.Cell, Definition> of) {
        return List.of(mistake(
                        "squashes-the-input-only",
                        "applies the nonlinearity to the input's part and adds the state's part outside",
                        "h_t = φ(x_t U) + h_{t-1} W + b",
                        of.apply(CellMistakes::squashedInput))
                .seenIn("https://github.com/lmjohns3/theanets/issues/109")
                .except("nonlinearity", "identity"));
    }

    /** The value is right and its gradient is not; made from the gradient. */
    static List<Mistake> backward(Function<VanillaRnn.Cell, Definition> of) {
        return List.of(
                mistake(
                                "slope-at-the-output",
                                "takes the slope of the nonlinearity at its output",
                                "δ_t = Γ_t ⊙ φ'(h_t) instead of Γ_t ⊙ φ'(a_t)",
                                of.apply(CellMistakes::slopeAtOutput))
                        .except("nonlinearity", "identity", "relu"),
                mistake(
                                "no-slope",
                                "forgets the slope of the nonlinearity",
                                "δ_t = Γ_t instead of Γ_t ⊙ φ'(a_t)",
                                of.apply(CellMistakes::withoutSlope))
                        .except("nonlinearity", "identity"),
                mistake(
                        "back-through-untransposed-weights",
                        "sends the gradient back through W instead of its transpose",
                        "Γ_{t-1} gets δ_t W instead of δ_t Wᵀ",
                        of.apply(CellMistakes::untransposed)));
    }

    private static <R extends Real<R>> Nodes<R> squashedInput(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        Tensor<R> sum = x.matmul(w.U()).map(phi::of).plus(h.matmul(w.W())).plus(w.b());
        return new Nodes<>(sum, sum);
    }

    private static <R extends Real<R>> Nodes<R> slopeAtOutput(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        return VanillaRnn.step(w, new Bent(phi), x, h);
    }

    private static <R extends Real<R>> Nodes<R> withoutSlope(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        return VanillaRnn.step(w, new Flat(phi), x, h);
    }

    /** h W in value; h Wᵀ, W held constant, in what h gets of the gradient; h held constant in what W gets. */
    private static <R extends Real<R>> Nodes<R> untransposed(Weights<R> w, Squash phi, Tensor<R> x, Tensor<R> h) {
        Tensor<R> through = h.matmul(w.W().map(R::detach).transpose());
        Tensor<R> nothing = through.minus(through.map(R::detach));
        Tensor<R> recurrent = h.map(R::detach).matmul(w.W()).plus(nothing);
        Tensor<R> a = x.matmul(w.U()).plus(recurrent).plus(w.b());
        return new Nodes<>(a, a.map(phi::of));
    }

    /** φ(a) in value, a in what a gets of the gradient. */
    private record Flat(Squash phi) implements Squash {
        @Override
        public <R extends Real<R>> R of(R a) {
            return phi.of(a).detach().plus(a.minus(a.detach()));
        }
    }

    /** φ(a) in value, φ'(φ(a)) a in what a gets of the gradient. */
    private record Bent(Squash phi) implements Squash {
        @Override
        public <R extends Real<R>> R of(R a) {
            R h = phi.of(a).detach();
            return h.plus(slope(phi, h).times(a.minus(a.detach())));
        }
    }

    /** φ' there. */
    static <R extends Real<R>> R slope(Squash phi, R at) {
        Tape<R> tape = new Tape<>(at.arithmetic());
        Variable<R> x = tape.variable(at);
        return tape.gradient(List.of(phi.of(x)), List.of(at.arithmetic().one()), List.of(x))
                .get(0);
    }
}
