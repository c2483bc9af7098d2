package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Gru;
import org.goldgrad.analytic.recurrent.Gru.Drives;
import org.goldgrad.analytic.recurrent.Gru.Nodes;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in layers of gated recurrent units; every mistake of the layer is one of its gradient too. */
final class GruMistakes {
    private GruMistakes() {}

    static List<Mistake> ofLayer() {
        return of(UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        Gradient right = gradient(Gru.LAYER);
        List<Mistake> mistakes = new ArrayList<>(of(GruMistakes::gradient));
        mistakes.addAll(TimeMistakes.backward(unrolling -> gradient(new Gru(Gru::step, unrolling))));
        mistakes.addAll(GradientMistakes.of(right, List.of("U", "W", "b", "d")));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(mistake(
                        "one-bias-gradient-for-both",
                        "returns the gradient of the first bias for the second",
                        "dd = db, which is wrong for the candidate: its second bias is reset",
                        new SameBias())
                .under("reset", "after"));
        mistakes.add(mistake(
                "recurrent-gradient-transposed",
                "transposes dW within each gate",
                "dW = Σ δ_tᵀ h_{t-1} instead of Σ h_{t-1}ᵀ δ_t",
                Twist.output(right, "dW", Twist.transposed(2, 1, 0))));
        mistakes.add(mistake(
                "no-gradient-through-the-gates",
                "treats the gates as constants",
                "∂r/∂h and ∂z/∂h taken as 0, and those by their weights",
                made(GruMistakes::constantGates, GruMistakes::gradient)));
        return mistakes;
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        Gru right = Gru.LAYER;
        List<Mistake> mistakes =
                new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(new Gru(Gru::step, unrolling))));
        mistakes.addAll(gateOrders(from));
        mistakes.addAll(ArgumentMistakes.of(right, from, "x", "h0", "b"));
        mistakes.add(StaleState.mistake(right, from));
        mistakes.add(mistake(
                "no-second-bias",
                "leaves out the second bias",
                "d = 0",
                from.apply(Twist.input(right, "d", Twist.zero()))));
        mistakes.add(mistake(
                        "second-bias-outside-the-reset",
                        "adds the candidate's second bias after the reset",
                        "n = tanh(x U^n + b^n + d^n + r ⊙ (h W^n))",
                        made(GruMistakes::biasOutside, from))
                .under("reset", "after"));
        mistakes.add(mistake(
                        "stale-buffer",
                        "adds the candidate's recurrent part to what the buffer held from the steps before",
                        "r ⊙ Σ_{s≤t} (h_{s-1} W^n + d^n) in place of r ⊙ (h_{t-1} W^n + d^n)",
                        from.apply(new StaleBuffer()))
                .under("reset", "after")
                .seenIn(
                        "https://github.com/microsoft/onnxruntime/pull/3893",
                        "https://github.com/microsoft/onnxruntime/pull/3797"));
        mistakes.add(mistake(
                        "reset-unused",
                        "computes the reset gate and does not use it",
                        "n = tanh(x U^n + b^n + h W^n + d^n)",
                        made(GruMistakes::withoutReset, from))
                .seenIn("https://github.com/zhiyongc/GRU-D/issues/2"));
        mistakes.add(mistake(
                "no-update-gate",
                "replaces the state by the candidate",
                "h_t = n",
                made(GruMistakes::candidateOnly, from)));
        mistakes.add(mistake(
                "sigmoid-candidate",
                "squashes the candidate as a gate",
                "n = sigmoid(…) in place of tanh(…)",
                made(GruMistakes::squashedCandidate, from)));
        mistakes.add(mistake(
                        "plain-cell",
                        "is a plain recurrent layer with the candidate's weights",
                        "h_t = tanh(x U^n + b^n + h W^n + d^n)",
                        made(GruMistakes::plain, from))
                .seenIn("https://github.com/BrainJS/brain.js/issues/426"));
        mistakes.add(mistake(
                "recurrent-weights-transposed",
                "multiplies by the transposed recurrent weights",
                "h W^• with each W^• transposed",
                from.apply(Twist.input(right, "W", Twist.transposed(2, 1, 0)))));
        return mistakes;
    }

    /** All orders of the gates but those that are conventions. */
    private static List<Mistake> gateOrders(UnaryOperator<Definition> from) {
        return LstmMistakes.permutations(Gru.GATES).stream()
                .filter(order -> !GruOperation.GATE_ORDER.choices().containsKey(order))
                .map(order -> mistake(
                        "gate-order-" + order,
                        "reads the gates in the order " + order,
                        "the three blocks of U, W, b and d are taken for " + String.join(", ", order.split("")),
                        from.apply(Twist.convention(Gru.LAYER, "gate_order", order))))
                .toList();
    }

    private static Gradient gradient(Definition layer) {
        return new Gradient(layer, List.of("x", "h0", "U", "W", "b", "d"));
    }

    private static Definition made(Gru.Cell cell, UnaryOperator<Definition> from) {
        return from.apply(new Gru(cell, Unrolling.PLAIN));
    }

    private static <R extends Real<R>> Nodes<R> biasOutside(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Tensor<R> r = Gru.gate('r', drives, h);
        Tensor<R> z = Gru.gate('z', drives, h);
        Tensor<R> d = drives.state('n', h.map(x -> x.times(0))).sum();
        Tensor<R> n = drives.input('n')
                .plus(d)
                .plusElements(r, drives.state('n', h).sum().minus(d))
                .sum()
                .map(R::tanh);
        return new Nodes<>(r, z, n, Gru.updated(q, z, n, h));
    }

    private static <R extends Real<R>> Nodes<R> withoutReset(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Tensor<R> z = Gru.gate('z', drives, h);
        Tensor<R> n = drives.input('n').plus(drives.state('n', h)).sum().map(R::tanh);
        return new Nodes<>(Gru.gate('r', drives, h), z, n, Gru.updated(q, z, n, h));
    }

    private static <R extends Real<R>> Nodes<R> candidateOnly(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Nodes<R> right = Gru.step(q, drives, h);
        return new Nodes<>(right.r(), right.z(), right.n(), right.n());
    }

    private static <R extends Real<R>> Nodes<R> squashedCandidate(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Tensor<R> r = Gru.gate('r', drives, h);
        Tensor<R> z = Gru.gate('z', drives, h);
        Tensor<R> n = Gru.beforeTanh(q, drives, r, h).map(R::sigmoid);
        return new Nodes<>(r, z, n, Gru.updated(q, z, n, h));
    }

    private static <R extends Real<R>> Nodes<R> plain(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Nodes<R> unreset = withoutReset(q, drives, h);
        return new Nodes<>(unreset.r(), unreset.z(), unreset.n(), unreset.n());
    }

    private static <R extends Real<R>> Nodes<R> constantGates(Question<R> q, Drives<R> drives, Tensor<R> h) {
        Tensor<R> r = Gru.gate('r', drives, h).map(R::detach);
        Tensor<R> z = Gru.gate('z', drives, h).map(R::detach);
        Tensor<R> n = Gru.candidate(q, drives, r, h);
        return new Nodes<>(r, z, n, Gru.updated(q, z, n, h));
    }

    private record SameBias() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> right = gradient(Gru.LAYER).of(q);
            return right.and("dd", right.output("db"));
        }
    }

    private record StaleBuffer() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            List<Tensor<R>> h = new ArrayList<>(List.of(q.tensor("h0")));
            Tensor<R> buffer = q.tensor("h0").map(x -> q.arithmetic().zero());
            for (int t = 1; t <= q.tensor("x").size(0); t++) {
                Drives<R> drives = Gru.LAYER.drives(q, t);
                Tensor<R> before = h.get(t - 1);
                buffer = buffer.plus(drives.state('n', before).sum());
                Tensor<R> r = Gru.gate('r', drives, before);
                Tensor<R> n = drives.input('n').plusElements(r, buffer).sum().map(R::tanh);
                h.add(Gru.updated(q, Gru.gate('z', drives, before), n, before));
            }
            return Answer.of("h", Tensor.stack(h.subList(1, h.size())));
        }
    }
}
