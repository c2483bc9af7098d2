package org.goldgrad.properties.recurrent;

import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Law;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;
import org.goldgrad.properties.operation.Subject.Measured;

/** Laws of whatever runs over sequences of a batch: what an axis is follows from the signature. */
final class SequenceClaims {
    private SequenceClaims() {}

    /** Outputs h at steps before s depend on no x at or after s: on a prefix, and after a change at a drawn step. */
    static Law causality(Supplier<Operation> operation) {
        return (subject, draw) -> {
            Signature signature = operation.get().signature();
            Inputs in = operation.get().inputs(draw);
            Array x = in.array("x");
            int s = draw.choice(x.size(0));
            if (s == 0) {
                return Check.SKIPPED; // nothing comes before the first step
            }
            int[] before = IntStream.range(0, s).toArray();
            int first = x.size() / x.size(0) * s;
            Measured whole = subject.ask(operation.get(), in);
            double[] prefix = whole.array("h").take(0, before).elements();
            Measured alone = subject.ask(operation.get(), signature.take(in, "time", before));
            Measured changed = subject.ask(operation.get(), in.with("x", x.with(first, x.at(first) + 1)));
            Check check = Check.NOTHING_YET;
            for (int i = 0; i < prefix.length; i++) {
                double allowed = 2 * whole.allowed("h", i);
                check = check.near("h of the prefix", alone.at("h", i), prefix[i], allowed)
                        .near("h before the change", changed.at("h", i), prefix[i], allowed);
            }
            return check;
        };
    }

    /** Every output that has the axis batch is, for sequence k, what sequence k gives alone. */
    static Law batchIndependence(Supplier<Operation> operation) {
        return (subject, draw) -> {
            Signature signature = operation.get().signature();
            Inputs in = operation.get().inputs(draw);
            Measured whole = subject.ask(operation.get(), in);
            Check check = Check.NOTHING_YET;
            int batch = signature.sizesOf(in).getOrDefault("batch", 0);
            for (int k = 0; k < batch; k++) {
                Measured alone = subject.ask(operation.get(), signature.take(in, "batch", k));
                for (Argument output : signature.outputs()) {
                    String name = output.name();
                    if (output.dimensions().contains("batch")) {
                        Array part = signature.take(name, whole.array(name), "batch", k);
                        check = same(check, alone, name, part);
                    }
                }
            }
            return check;
        };
    }

    /** An output is this array, which another answer with the same budget gave. */
    static Check same(Check check, Measured answer, String output, Array expected) {
        Check result = check;
        for (int i = 0; i < expected.size(); i++) {
            result = result.near(
                    output + expected.index(i), answer.at(output, i), expected.at(i), 2 * answer.allowed(output, i));
        }
        return result;
    }
}
