package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.BidirectionalRegression;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong in the bidirectional regression; every mistake of the network is one of its gradient too. */
final class BidirectionalRegressionMistakes {
    private static final Definition NETWORK = BidirectionalRegression.NETWORK;

    private BidirectionalRegressionMistakes() {}

    static List<Mistake> ofNetwork() {
        return of(UnaryOperator.identity());
    }

    /** The network's mistakes, each made by a definition derived from the wrong network. */
    private static List<Mistake> of(UnaryOperator<Definition> from) {
        List<Mistake> mistakes = new ArrayList<>(TimeMistakes.forward(unrolling -> from.apply(unrolled(unrolling))));
        mistakes.addAll(List.of(
                mistake(
                        "averages-the-errors",
                        "averages the squared errors instead of adding them",
                        "loss = (1/(T · batch · outputs)) Σ (z - y)²",
                        from.apply(new MeanError())),
                mistake(
                        "halves-the-loss",
                        "halves the loss, or forgets the 2 of the square's derivative",
                        "loss = ½ Σ_t ‖z_t - y_t‖²",
                        from.apply(Twist.output(NETWORK, "loss", Twist.scaled(0.5)))),
                mistake(
                        "output-weights-swapped",
                        "multiplies each direction by the other's output weights",
                        "y_t = hf_t Vb + hb_t Vf",
                        from.apply(Twist.swapped(NETWORK, "Vf", "Vb"))),
                mistake(
                        "recurrent-weights-swapped",
                        "gives each direction the recurrent weights of the other",
                        "Wf and Wb exchanged",
                        from.apply(Twist.swapped(NETWORK, "Wf", "Wb"))),
                mistake(
                        "backward-weights-transposed",
                        "multiplies by the transposed recurrent weights backwards",
                        "hb_{t+1} Wbᵀ in place of hb_{t+1} Wb",
                        from.apply(Twist.input(NETWORK, "Wb", Twist.transposed()))),
                mistake(
                        "no-backward-direction",
                        "leaves out the direction backwards",
                        "y_t = hf_t Vf",
                        from.apply(Twist.input(NETWORK, "Vb", Twist.zero())))));
        return mistakes;
    }

    static List<Mistake> ofGradient() {
        Gradient right = gradient(NETWORK);
        List<Mistake> mistakes = new ArrayList<>(of(BidirectionalRegressionMistakes::gradient));
        mistakes.addAll(TimeMistakes.backward(unrolling -> gradient(unrolled(unrolling))));
        mistakes.add(GradientMistakes.lossUpstreamIgnored(right));
        mistakes.add(mistake(
                "error-with-the-wrong-sign",
                "subtracts the wrong way round",
                "2(z - y) in place of 2(y - z)",
                Twist.input(right, "dloss", Twist.scaled(-1))));
        mistakes.add(mistake(
                "backward-steps-paired-with-their-own-states",
                "pairs each step backwards with the state that it made",
                "dWb = Σ (hb_t)ᵀ δ_t in place of Σ (hb_{t+1})ᵀ δ_t",
                new OwnState()));
        return mistakes;
    }

    private static Gradient gradient(Definition network) {
        return new Gradient(network, List.of("x", "Uf", "Wf", "Ub", "Wb", "Vf", "Vb"));
    }

    private static Definition unrolled(Unrolling unrolling) {
        return new BidirectionalRegression(VanillaMistakes.unrolled(unrolling));
    }

    private record MeanError() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int N = q.tensor("z").size();
            return NETWORK.of(q).changing("loss", loss -> loss.map(x -> x.dividedBy(N)));
        }
    }

    private record OwnState() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> hb = NETWORK.of(q).intermediate("hb");
            Tensor<R> Gamma = new Gradient(NETWORK, List.of(), Map.of("Gamma", "hb"))
                    .of(q)
                    .output("Gamma");
            Tensor<R> delta = Gamma.times(hb).times(Twist.complement().of(hb));
            int hidden = hb.size(2);
            int rows = hb.size() / hidden;
            Tensor<R> dWb = hb.reshape(rows, hidden).transpose().matmul(delta.reshape(rows, hidden));
            return gradient(NETWORK).of(q).and("dWb", dWb);
        }
    }
}
