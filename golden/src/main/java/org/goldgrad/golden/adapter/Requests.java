package org.goldgrad.golden.adapter;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.sampling.Series;
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
                questions(operation, golden)
                        .forEach((id, inputs) -> lines.add(line(lines.size(), operation, id, inputs)));
            }
        }
        return lines;
    }

    static String line(int seq, Operation operation, String id, Inputs inputs) {
        var run = Message.run(seq, operation, inputs);
        run.withObject("/run").put("case", id);
        return run.toString();
    }

    /** The case that a question belongs to. */
    static String caseOf(String id) {
        int plus = id.indexOf('+');
        return plus < 0 ? id : id.substring(0, plus);
    }

    /** What a case asks, by id: itself, and {@code id+1}, {@code id+2}, … where a sample takes several answers. */
    static Map<String, Inputs> questions(Operation operation, GoldenCase golden) {
        Map<String, Inputs> questions = new LinkedHashMap<>();
        if (!operation.sampled()) {
            questions.put(golden.id(), golden.inputs());
            return questions;
        }
        Stream.of(Series.first(golden.inputs()), Series.second(golden.inputs()))
                .flatMap(List::stream)
                .forEach(inputs -> questions.put(
                        questions.isEmpty() ? golden.id() : golden.id() + "+" + questions.size(), inputs));
        return questions;
    }
}
