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
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.analytic.recurrent.Lstm.Gates;
import org.goldgrad.analytic.recurrent.Lstm.State;
import org.goldgrad.analytic.recurrent.LstmInColumns;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in LSTM layers; every mistake of the layer is one of its gradient too. */
final class LstmMistakes {
    private static final List<String> INPUTS = List.of("x", "h0", "c0", "U", "W", "b");

    private LstmMistakes() {}

    static List<Mistake> ofLayer() {
        return of(UnaryOperator.identity());
    }

    static List<Mistake> ofGradient() {
        Gradient right = new Gradient(Lstm.LAYER, INPUTS);
        List<Mistake> mistakes = ofGradient(right, layer -> new Gradient(layer, INPUTS), List.of("U", "W", "b"));
        mistakes.add(mistake(
                "recurrent-gradient-transposed",
                "transposes dW within each gate",
                "dW = Σ δ_tᵀ h_{t-1} instead of Σ h_{t-1}ᵀ δ_t",
                Twist.output(right, "dW", Twist.transposed(2, 1, 0))));
        return mistakes;
    }

    /**
     * Those of the gradient of any such layer.
     *
     * @param right the gradient
     * @param from makes the gradient of a layer that is a wrong {@link Lstm}
     */
    static List<Mistake> ofGradient(Gradient right, UnaryOperator<Definition> from, List<String> weights) {
        List<Mistake> mistakes = new ArrayList<>(of(from));
        mistakes.addAll(GradientMistakes.of(right, weights));
        mistakes.add(GradientMistakes.lastUpstreamOnly(right));
        mistakes.add(mistake(
                        "bias-gradients-copied-from-the-forget-gate",
                        "copies the forget gate's bias gradient to the input and output gates",
                        "db^i = db^o = Σ δ^f instead of Σ δ^i and Σ δ^o",
                        new CopiedBias(right))
                .seenIn("https://github.com/hanbt/learn_dl/issues/53"));
        mistakes.add(
                mistake("forgets-dc0", "gives no gradient to c0", "dc0 = 0", Twist.output(right, "dc0", Twist.zero())));
        mistakes.add(mistake(
                        "no-gradient-through-h",
                        "cuts the gradient that flows from step to step through h",
                        "∂h_t/∂h_{t-1} taken as 0",
                        from.apply(new CutAtH()))
                .seenIn("https://github.com/mlpack/mlpack/pull/3859"));
        mistakes.add(mistake(
                "no-gradient-through-c",
                "cuts the gradient that flows from step to step through the cell",
                "∂C_t/∂C_{t-1} taken as 0",
                from.apply(new Lstm(LstmMistakes::detachedCell))));
        mistakes.add(mistake(
                "ignores-upstream-of-the-cell",
                "ignores the upstream gradient of the final cell state",
                "dc taken as 0",
                Twist.input(right, "dc", Twist.zero())));
        return mistakes;
    }

    /** The layer's mistakes, each made by a definition derived from the wrong layer. */
    static List<Mistake> of(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(gateOrders(from));
        Definition right = Lstm.LAYER;
        mistakes.add(mistake(
                        "adds-gate-and-candidate",
                        "adds the input gate to the candidate instead of multiplying",
                        "C_t = f ⊙ C_{t-1} + i + g",
                        from.apply(new Lstm(LstmMistakes::added)))
                .seenIn("https://github.com/MartinuzziFrancesco/torchrecurrent/issues/22"));
        mistakes.add(mistake(
                        "outputs-the-old-cell",
                        "computes the output from the cell state before the update",
                        "h_t = tanh(C_{t-1}) ⊙ o",
                        from.apply(new Lstm(LstmMistakes::oldCell)))
                .seenIn("https://github.com/MartinuzziFrancesco/RecurrentLayers.jl/issues/130"));
        mistakes.add(mistake(
                "no-tanh-on-the-output",
                "forgets the tanh of the cell state",
                "h_t = C_t ⊙ o",
                from.apply(new Lstm(LstmMistakes::linearOutput))));
        mistakes.add(mistake(
                "no-forget-gate",
                "has no forget gate",
                "C_t = C_{t-1} + i ⊙ g",
                from.apply(new Lstm(LstmMistakes::remembersAll))));
        mistakes.add(mistake(
                "forget-gate-inverted",
                "forgets what the gate says to keep",
                "C_t = (1 − f) ⊙ C_{t-1} + i ⊙ g",
                from.apply(new Lstm(LstmMistakes::inverted))));
        mistakes.add(mistake(
                "coupled-gates",
                "couples the forget gate to the input gate",
                "C_t = (1 − i) ⊙ C_{t-1} + i ⊙ g",
                from.apply(new Lstm(LstmMistakes::coupled))));
        mistakes.add(mistake(
                        "plain-cell",
                        "is a plain recurrent layer with the candidate's weights",
                        "h_t = tanh(x_t U^g + h_{t-1} W^g + b^g), and C_t = C_{t-1}",
                        from.apply(new Lstm(LstmMistakes::plain)))
                .seenIn("https://github.com/BrainJS/brain.js/issues/426"));
        mistakes.add(mistake(
                        "state-not-fed-back",
                        "starts every step from the initial state",
                        "h_0, C_0 in place of h_{t-1}, C_{t-1}",
                        from.apply(new NotFedBack()))
                .seenIn("https://github.com/tracel-ai/burn/issues/2701"));
        mistakes.add(mistake(
                "stale-state-across-the-batch",
                "starts each sequence where the one before it ended",
                "h_0, C_0 of sequence k are h_T, C_T of sequence k − 1",
                from.apply(new Stale())));
        mistakes.add(mistake(
                        "swaps-initial-states",
                        "takes h0 for c0 and c0 for h0",
                        "h_0 = c0, C_0 = h0",
                        from.apply(Twist.swapped(right, "h0", "c0")))
                .seenIn("ND4J 1.0.0-M2.1, SameDiff rnn().lstmLayer with initial states"));
        mistakes.add(
                mistake("ignores-h0", "ignores h0", "h_0 = 0", from.apply(Twist.input(right, "h0", Twist.zero()))));
        mistakes.add(
                mistake("ignores-c0", "ignores c0", "C_0 = 0", from.apply(Twist.input(right, "c0", Twist.zero()))));
        mistakes.add(
                mistake("no-bias", "leaves out the bias", "b = 0", from.apply(Twist.input(right, "b", Twist.zero()))));
        mistakes.add(mistake(
                "bias-twice",
                "adds the bias twice, once for the input and once for the state",
                "z = x U + h W + 2b",
                from.apply(Twist.input(right, "b", Twist.scaled(2)))));
        mistakes.add(mistake(
                        "forget-bias-added",
                        "adds a forget bias of 1 that the weights already contain",
                        "f = sigmoid(z^f + 1)",
                        from.apply(new ForgetBias()))
                .seenIn("https://github.com/Lasagne/Lasagne/issues/368"));
        mistakes.add(InaccurateTanh.mistake(from.apply(InaccurateTanh.LSTM)));
        mistakes.add(mistake(
                "recurrent-weights-transposed",
                "multiplies by the transposed recurrent weights",
                "z = x U + h Wᵀ + b",
                from.apply(Twist.input(right, "W", Twist.transposed(2, 1, 0)))));
        mistakes.add(mistake(
                "sequence-in-reverse",
                "runs through the sequence backwards",
                "x_{T+1-t} in place of x_t",
                from.apply(Twist.input(right, "x", Twist.reversed()))));
        return mistakes;
    }

    /** All orders of the gates but those that are conventions. */
    private static List<Mistake> gateOrders(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>();
        for (String order : permutations(Lstm.GATES)) {
            if (!LstmOperation.GATE_ORDER.choices().containsKey(order)) {
                mistakes.add(mistake(
                                "gate-order-" + order,
                                "reads the gates in the order " + order,
                                "the four blocks of U, W and b are taken for " + String.join(", ", order.split("")),
                                from.apply(Twist.convention(Lstm.LAYER, "gate_order", order)))
                        .seenIn("https://github.com/CrispStrobe/CrispASR/pull/106"));
            }
        }
        return mistakes;
    }

    static List<String> permutations(String letters) {
        if (letters.isEmpty()) {
            return List.of("");
        }
        List<String> all = new ArrayList<>();
        for (int i = 0; i < letters.length(); i++) {
            for (String rest : permutations(letters.substring(0, i) + letters.substring(i + 1))) {
                all.add(letters.charAt(i) + rest);
            }
        }
        return all;
    }

    private static <R extends Real<R>> State<R> added(Gates<R> gates, State<R> previous) {
        return read(gates, gates.f().times(previous.c()).plus(gates.i()).plus(gates.g()));
    }

    private static <R extends Real<R>> State<R> oldCell(Gates<R> gates, State<R> previous) {
        return new State<>(
                previous.c().map(R::tanh).times(gates.o()),
                Lstm.step(gates, previous).c());
    }

    private static <R extends Real<R>> State<R> linearOutput(Gates<R> gates, State<R> previous) {
        Tensor<R> C = Lstm.step(gates, previous).c();
        return new State<>(C.times(gates.o()), C);
    }

    private static <R extends Real<R>> State<R> remembersAll(Gates<R> gates, State<R> previous) {
        return read(gates, previous.c().plus(gates.i().times(gates.g())));
    }

    private static <R extends Real<R>> State<R> inverted(Gates<R> gates, State<R> previous) {
        Tensor<R> kept = Twist.complement().of(gates.f()).times(previous.c());
        return read(gates, kept.plus(gates.i().times(gates.g())));
    }

    private static <R extends Real<R>> State<R> coupled(Gates<R> gates, State<R> previous) {
        Tensor<R> kept = Twist.complement().of(gates.i()).times(previous.c());
        return read(gates, kept.plus(gates.i().times(gates.g())));
    }

    private static <R extends Real<R>> State<R> plain(Gates<R> gates, State<R> previous) {
        return new State<>(gates.g(), previous.c());
    }

    private static <R extends Real<R>> State<R> detachedCell(Gates<R> gates, State<R> previous) {
        return Lstm.step(gates, new State<>(previous.h(), previous.c().map(R::detach)));
    }

    private static <R extends Real<R>> State<R> read(Gates<R> gates, Tensor<R> C) {
        return new State<>(C.map(R::tanh).times(gates.o()), C);
    }

    /** The layer run one step at a time, each fed an h that no gradient flows through. */
    private record CutAtH() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            List<Tensor<R>> h = new ArrayList<>();
            Question<R> rest = q;
            for (Tensor<R> x : q.tensor("x").slices()) {
                Answer<R> step = Lstm.LAYER.of(rest.with("x", Tensor.stack(List.of(x))));
                Tensor<R> last = step.output("h").slice(0);
                h.add(last);
                rest = rest.with("h0", last.map(R::detach)).with("c0", step.output("c"));
            }
            return Answer.of("h", Tensor.stack(h)).and("c", rest.tensor("c0"));
        }
    }

    /** Every step from the initial state. */
    private record NotFedBack() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            List<Tensor<R>> h = new ArrayList<>();
            Tensor<R> c = q.tensor("c0");
            for (Tensor<R> x : q.tensor("x").slices()) {
                Answer<R> step = Lstm.LAYER.of(q.with("x", Tensor.stack(List.of(x))));
                h.add(step.output("h").slice(0));
                c = step.output("c");
            }
            return Answer.of("h", Tensor.stack(h)).and("c", c);
        }
    }

    /** The sequences of a batch one after another, each from the state in which the one before it ended. */
    private record Stale() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> x = q.tensor("x").transpose(1, 0, 2);
            List<Tensor<R>> h = new ArrayList<>();
            List<Tensor<R>> c = new ArrayList<>();
            Tensor<R> h0 = Tensor.stack(List.of(q.tensor("h0").slice(0)));
            Tensor<R> c0 = Tensor.stack(List.of(q.tensor("c0").slice(0)));
            for (Tensor<R> sequence : x.slices()) {
                int time = sequence.size(0);
                Answer<R> answer = Lstm.LAYER.of(q.with("x", sequence.reshape(time, 1, sequence.size(1)))
                        .with("h0", h0)
                        .with("c0", c0));
                Tensor<R> steps = answer.output("h");
                h.add(steps.reshape(time, steps.size(2)));
                h0 = steps.slice(time - 1);
                c0 = answer.output("c");
                c.add(c0.slice(0));
            }
            return Answer.of("h", Tensor.stack(h).transpose(1, 0, 2)).and("c", Tensor.stack(c));
        }
    }

    /** A forget bias of 1 on top of the stored one. */
    record ForgetBias() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return Lstm.LAYER.of(LstmInColumns.remembering(q));
        }
    }

    private record CopiedBias(Definition right) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            String order = q.convention("gate_order");
            return right.of(q).changing("db", db -> {
                List<Tensor<R>> gates = new ArrayList<>(db.slices());
                gates.set(order.indexOf('i'), gates.get(order.indexOf('f')));
                gates.set(order.indexOf('o'), gates.get(order.indexOf('f')));
                return Tensor.stack(gates);
            });
        }
    }
}
