package org.goldgrad.properties.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of the recurrent regression. */
final class RegressionClaims {
    private RegressionClaims() {}

    static Check prefixes(Subject subject, Draw draw) {
        Inputs in = RegressionOperation.OPERATION.inputs(draw);
        return meanOfPrefixes(RegressionOperation.OPERATION, subject, in, "loss");
    }

    static Check gradientOfPrefixes(Subject subject, Draw draw) {
        Inputs drawn = RegressionOperation.GRADIENT.inputs(draw);
        Inputs in = drawn.with("dprediction", drawn.array("dprediction").map(d -> 0));
        return meanOfPrefixes(RegressionOperation.GRADIENT, subject, in, "dU", "dW", "db", "dF", "df");
    }

    private static Check meanOfPrefixes(Operation operation, Subject subject, Inputs in, String... outputs) {
        int T = in.array("x").size(0);
        Measured whole = subject.ask(operation, in.withConvention("targets", "all"));
        List<Measured> prefixes = new ArrayList<>();
        for (int t = 1; t <= T; t++) {
            int[] steps = IntStream.range(0, t).toArray();
            Inputs prefix = operation.signature().take(in, "time", steps);
            prefixes.add(subject.ask(operation, prefix.withConvention("targets", "last")));
        }
        Check check = Check.NOTHING_YET;
        for (String output : outputs) {
            for (int i = 0; i < whole.array(output).size(); i++) {
                double sum = 0;
                double allowed = whole.allowed(output, i);
                for (Measured prefix : prefixes) {
                    sum += prefix.at(output, i);
                    allowed += prefix.allowed(output, i) / T + Math.ulp(prefix.at(output, i));
                }
                String what = output + whole.array(output).index(i);
                check = check.near(what, whole.at(output, i), sum / T, allowed);
            }
        }
        return check;
    }
}
