package org.goldgrad.golden.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.Fields;

/** What Goldgrad writes, as an adapter reads it: {@link Message} backwards, and as strictly as the answers are read. */
sealed interface Request {
    /** Who are you? */
    record Greet() implements Request {}

    /** Give these back. */
    record Echo(int seq, Map<String, Array> tensors) implements Request {}

    /** What is the answer? */
    record Run(int seq, String operation, Inputs inputs, List<String> want) implements Request {}

    /** Enough. */
    record Stop() implements Request {}

    static Request read(String line) throws Fields.Malformed {
        Fields fields = Fields.parse(line);
        Request request = body(fields);
        fields.end();
        return request;
    }

    private static Request body(Fields line) throws Fields.Malformed {
        if (line.has("hello")) {
            return greet(line.object("hello"));
        }
        if (line.has("echo")) {
            return echo(line.object("echo"));
        }
        if (line.has("run")) {
            return run(line.object("run"));
        }
        if (line.has("stop")) {
            line.object("stop").end();
            return new Stop();
        }
        throw new Fields.Malformed("hello, echo, run or stop is missing");
    }

    private static Request greet(Fields hello) throws Fields.Malformed {
        int protocol = hello.integer("protocol");
        hello.end();
        if (protocol != Message.PROTOCOL) {
            throw new Fields.Malformed(
                    "Goldgrad speaks protocol " + protocol + ", this adapter speaks " + Message.PROTOCOL);
        }
        return new Greet();
    }

    private static Request echo(Fields echo) throws Fields.Malformed {
        Request request = new Echo(echo.integer("seq"), Tensors.read("tensors", echo.object("tensors")));
        echo.end();
        return request;
    }

    private static Request run(Fields run) throws Fields.Malformed {
        int seq = run.integer("seq");
        String operation = run.text("operation");
        Map<String, String> conventions = new LinkedHashMap<>();
        Fields choices = run.object("conventions");
        for (String name : choices.names()) {
            conventions.put(name, choices.text(name));
        }
        Map<String, Integer> integers = new LinkedHashMap<>();
        Fields numbers = run.object("integers");
        for (String name : numbers.names()) {
            integers.put(name, numbers.integer(name));
        }
        Map<String, Array> arrays = Tensors.read("inputs", run.object("inputs"));
        List<String> want = new ArrayList<>();
        for (JsonNode name : run.list("want")) {
            want.add(Fields.text(name, "want"));
        }
        if (run.has("case")) {
            run.text("case");
        }
        run.end();
        return new Run(seq, operation, new Inputs(arrays, integers, conventions), List.copyOf(want));
    }
}
