package org.goldgrad.golden.adapter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Operation;

/** What Goldgrad writes: one object a line (golden/adapters/README.md). */
final class Message {
    static final int PROTOCOL = 1;

    private Message() {}

    private static ObjectNode of(String name, ObjectNode body) {
        return JsonNodeFactory.instance.objectNode().set(name, body);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String hello() {
        return of("hello", object().put("protocol", PROTOCOL)).toString();
    }

    static String echo(int seq, Map<String, Array> arrays) {
        ObjectNode body = object().put("seq", seq);
        body.set("tensors", Tensors.of(arrays));
        return of("echo", body).toString();
    }

    /** A question; its expected answer is nowhere in it. */
    static ObjectNode run(int seq, Operation operation, Inputs inputs) {
        ObjectNode body = object().put("seq", seq).put("operation", operation.id());
        inputs.conventions().forEach(body.putObject("conventions")::put);
        inputs.integers().forEach(body.putObject("integers")::put);
        body.set("inputs", Tensors.of(inputs.arrays()));
        operation.signature().outputs().stream().map(Argument::name).forEach(body.putArray("want")::add);
        return of("run", body);
    }

    static String stop() {
        return of("stop", object()).toString();
    }
}
