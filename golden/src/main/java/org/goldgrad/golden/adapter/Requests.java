package org.goldgrad.golden.adapter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Operation;

/** Questions in a file, for whoever cannot be started from here: what an adapter would read, with the id of each case. */
public final class Requests {
    private Requests() {}

    /** Its lines: hello, and a question for every case. */
    public static List<String> lines(List<Operation> operations, Function<Operation, List<GoldenCase>> cases) {
        List<String> lines = new ArrayList<>(List.of(Message.hello()));
        for (Operation operation : operations) {
            for (GoldenCase golden : cases.apply(operation)) {
                lines.add(line(lines.size(), operation, golden));
            }
        }
        return lines;
    }

    static String line(int seq, Operation operation, GoldenCase golden) {
        var run = Message.run(seq, operation, golden.inputs());
        run.withObject("/run").put("case", golden.id());
        return run.toString();
    }
}
