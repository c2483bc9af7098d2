package org.goldgrad.properties.recurrent;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.TruncatedGradient;
import org.goldgrad.analytic.recurrent.Unrolling;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.recurrent.Activation;

/** {@code recurrent.truncated.gradient}: backpropagation through time, cut every few steps. */
public final class TruncatedOperation {
    private static final String SOURCE = "Williams and Peng 1990";
    private static final Definition RIGHT = new Tanh(TruncatedGradient.LAYER);

    /** The declaration. */
    public static final Operation GRADIENT = Operation.named(
                    "recurrent.truncated.gradient", "Truncated gradient of a recurrent layer")
            .formula("""
                    h_t = tanh(x_t U + h_{t-1} W + b)      L = Σ ⟨dh_t, h_t⟩
                    dx, dh0, dU, dW, db are ∂L/∂x and so on, with h_{t-1} taken for a constant in every step t > 1 for which
                    t - 1 is a multiple of window""")
            .source(SOURCE)
            .input("x", "time,batch,features", Domain.REAL)
            .input("h0", "batch,hidden", Domain.REAL)
            .input("U", "features,hidden", Domain.REAL)
            .input("W", "hidden,hidden", Domain.REAL)
            .input("b", "hidden", Domain.REAL)
            .input("dh", "time,batch,hidden", Domain.REAL)
            .count("window", 1, "time", 0)
            .intermediate("a", "time,batch,hidden")
            .intermediate("h", "time,batch,hidden")
            .backwards()
            .intermediate("da", "time,batch,hidden")
            .output("dx", "time,batch,features")
            .output("dh0", "batch,hidden")
            .output("dU", "features,hidden")
            .output("dW", "hidden,hidden")
            .output("db", "hidden")
            .size("time", 1, 5)
            .size("batch", 1, 2)
            .size("features", 1, 2)
            .size("hidden", 1, 3)
            .definition(RIGHT)
            .reference(TruncatedOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "window-of-all-is-exact",
                            "a window of all steps gives the whole gradient",
                            SOURCE,
                            TruncatedClaims::windowOfAll),
                    holds(
                            "windows-are-pieces",
                            "dU, dW and db are the sums of the whole gradients of the windows, each run from the state in "
                                    + "which the one before it ended",
                            SOURCE,
                            TruncatedClaims::pieces),
                    refuted(
                            "truncation-descends",
                            "a small step against the truncated gradient does not increase the loss: its inner product with "
                                    + "the whole gradient is not negative",
                            "folklore",
                            "it is the gradient of another loss; the missing paths through older windows may outweigh the "
                                    + "others",
                            TruncatedClaims::descends))
            .example("three sequences of six steps through a wide layer", VanillaOperation.WIDE)
            .exampleByDefault("fifty steps", VanillaOperation.FIFTY_STEPS)
            .declare();

    private TruncatedOperation() {}

    private static Outputs refer(Inputs in) {
        var d = org.goldgrad.reference.recurrent.TruncatedGradient.of(
                VanillaOperation.layer(in, Activation.TANH),
                in.integer("window"),
                Ejml.slices(in.array("x")),
                Ejml.matrix(in.array("h0")),
                Ejml.slices(in.array("dh")));
        return ByInput.of(in)
                .and("x", d.dx())
                .and("h0", d.dh0())
                .and("U", d.dU())
                .and("W", d.dW())
                .and("b", d.db())
                .outputs();
    }

    private static List<Mistake> mistakes() {
        List<Mistake> mistakes = new ArrayList<>(ArgumentMistakes.of(RIGHT, wrong -> wrong, "h0", "W", "b"));
        mistakes.addAll(List.of(
                mistake(
                                "not-truncated",
                                "carries the state over without detaching it, and so goes back to the beginning",
                                "the whole gradient, whatever the window",
                                cut((window, t) -> false))
                        .seenIn(
                                "a conversation on training a network of random and weak low-rank weights: its listing keeps h "
                                        + "from one window to the next, and PyTorch refuses the second backward pass"),
                mistake(
                        "cut-at-every-step",
                        "cuts the gradient at every step",
                        "a window of 1, whatever the window",
                        cut((window, t) -> t > 1)),
                mistake(
                        "window-one-longer",
                        "makes every window one step longer",
                        "t - 1 a multiple of window + 1",
                        cut((window, t) -> t > 1 && (t - 1) % (window + 1) == 0)),
                mistake(
                        "windows-begin-one-step-early",
                        "begins the windows one step early",
                        "t in place of t - 1 a multiple of window",
                        cut((window, t) -> t > 1 && t % window == 0)),
                mistake(
                        "initial-state-cut-off",
                        "takes the initial state for a constant, too",
                        "dh0 = 0",
                        cut((window, t) -> (t - 1) % window == 0)),
                mistake(
                        "windows-from-the-end",
                        "counts the windows from the last step back",
                        "T + 1 - t in place of t - 1 a multiple of window",
                        new FromEnd()),
                mistake(
                                "windows-begin-at-zero",
                                "begins every window with a state of 0",
                                "h_{t-1} = 0 in every step t > 1 for which t - 1 is a multiple of window",
                                new FromZero())
                        .seenIn("Deeplearning4j 1.0.0-M2.1, SimpleRnn in truncated backpropagation"),
                mistake(
                        "last-window-only",
                        "uses the upstream gradients of the last step and forgets those of the others",
                        "dh_t = 0 for t < T",
                        Twist.input(RIGHT, "dh", Twist.lastOnly())),
                mistake(
                        "input-gradient-in-reverse",
                        "returns dx in processing order, last step first",
                        "dx_{T+1-t} in place of dx_t",
                        Twist.output(RIGHT, "dx", Twist.reversed()))));
        return mistakes;
    }

    /** Whether the state that step t is fed is taken for a constant. */
    @FunctionalInterface
    private interface Cut {
        boolean before(int window, int t);
    }

    private static Definition cut(Cut cut) {
        return new Definition() {
            @Override
            public <R extends Real<R>> Answer<R> of(Question<R> q) {
                int window = q.integer("window");
                return gradient(t -> cut.before(window, t)).of(q);
            }
        };
    }

    private static Definition gradient(IntPredicate cut) {
        return gradient(new Detaching(cut));
    }

    private static Definition gradient(Unrolling unrolling) {
        return VanillaOperation.plainGradient(new Tanh(VanillaMistakes.unrolled(unrolling)));
    }

    private record Detaching(IntPredicate cut) implements Unrolling {
        @Override
        public <R extends Real<R>> Tensor<R> fed(List<Tensor<R>> states) {
            Tensor<R> previous = Unrolling.super.fed(states);
            return cut.test(states.size()) ? previous.map(R::detach) : previous;
        }
    }

    private record Restarting(int window) implements Unrolling {
        @Override
        public <R extends Real<R>> Tensor<R> fed(List<Tensor<R>> states) {
            Tensor<R> previous = Unrolling.super.fed(states);
            int t = states.size();
            return t > 1 && (t - 1) % window == 0
                    ? previous.map(h -> h.arithmetic().zero())
                    : previous;
        }
    }

    private record FromZero() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return gradient(new Restarting(q.integer("window"))).of(q);
        }
    }

    private record FromEnd() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int window = q.integer("window");
            int T = q.tensor("x").size(0);
            return gradient(t -> t > 1 && (T + 1 - t) % window == 0).of(q);
        }
    }
}
