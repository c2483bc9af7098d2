package org.goldgrad.properties.recurrent;

import java.util.List;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of truncated gradients. */
final class TruncatedClaims {
    private static final Operation TRUNCATED = TruncatedOperation.GRADIENT;
    private static final List<String> WEIGHTS = List.of("dU", "dW", "db");

    private TruncatedClaims() {}

    static Check windowOfAll(Subject subject, Draw draw) {
        Inputs drawn = TRUNCATED.inputs(draw);
        Inputs in = drawn.withInteger("window", drawn.array("x").size(0));
        Measured truncated = subject.ask(TRUNCATED, in);
        Measured whole = subject.ask(VanillaOperation.GRADIENT, whole(in));
        Check check = Check.NOTHING_YET;
        for (String output : List.of("dx", "dh0", "dU", "dW", "db")) {
            check = truncated.agrees(check, output, whole, output);
        }
        return check;
    }

    /** The states between windows are the subject's own, so both routes may be off by what the truncated one is allowed. */
    static Check pieces(Subject subject, Draw draw) {
        Inputs in = TRUNCATED.inputs(draw);
        int window = in.integer("window");
        int T = in.array("x").size(0);
        Measured truncated = subject.ask(TRUNCATED, in);
        double[][] sums = WEIGHTS.stream()
                .map(name -> new double[truncated.array(name).size()])
                .toArray(double[][]::new);
        Inputs rest = in;
        for (int from = 0; from < T; from += window) {
            int[] steps = IntStream.range(from, Math.min(T, from + window)).toArray();
            Inputs piece = whole(TRUNCATED.signature().take(in, "time", steps)).with("h0", rest.array("h0"));
            Measured gradient = subject.ask(VanillaOperation.GRADIENT, piece);
            for (int k = 0; k < sums.length; k++) {
                for (int i = 0; i < sums[k].length; i++) {
                    sums[k][i] += gradient.at(WEIGHTS.get(k), i);
                }
            }
            rest = rest.with("h0", last(subject, piece));
        }
        Check check = Check.NOTHING_YET;
        for (int k = 0; k < sums.length; k++) {
            Array shape = truncated.array(WEIGHTS.get(k));
            check = SequenceClaims.same(check, truncated, WEIGHTS.get(k), Array.of(shape.shape(), sums[k]));
        }
        return check;
    }

    /** The state in which a piece ends. */
    private static Array last(Subject subject, Inputs piece) {
        Array h = subject.ask(VanillaOperation.OPERATION, forward(piece)).array("h");
        return Array.of(piece.array("h0").shape(), h.take(0, h.size(0) - 1).elements());
    }

    /** The question of which it is the gradient. */
    private static Inputs forward(Inputs gradient) {
        Inputs question = Inputs.empty().withConvention("nonlinearity", "tanh");
        for (String name : List.of("x", "h0", "U", "W", "b")) {
            question = question.with(name, gradient.array(name));
        }
        return question;
    }

    /** The same question without a window. */
    private static Inputs whole(Inputs in) {
        return forward(in).with("dh", in.array("dh"));
    }

    static Check descends(Subject subject, Draw draw) {
        Inputs in = TRUNCATED.inputs(draw);
        Measured truncated = subject.ask(TRUNCATED, in);
        Measured whole = subject.ask(VanillaOperation.GRADIENT, whole(in));
        double inner = 0;
        double allowed = 0;
        for (String output : WEIGHTS) {
            for (int i = 0; i < truncated.array(output).size(); i++) {
                double d = truncated.at(output, i);
                double g = whole.at(output, i);
                inner += d * g;
                allowed += Math.abs(d) * whole.allowed(output, i)
                        + Math.abs(g) * truncated.allowed(output, i)
                        + Math.ulp(d * g);
            }
        }
        return Check.NOTHING_YET.atMost("minus the inner product", -inner, 0, allowed);
    }
}
