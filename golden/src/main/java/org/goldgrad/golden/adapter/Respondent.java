package org.goldgrad.golden.adapter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** What an implementation in this JVM answers to Goldgrad, a line to a line. */
final class Respondent {
    private final Implementation implementation;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Hello hello;

    Respondent(Implementation implementation, Collection<Operation> operations, String device, String language) {
        this.implementation = implementation;
        operations.forEach(operation -> this.operations.put(operation.id(), operation));
        hello = Hello.of(implementation, operations, device, language);
    }

    /** The answer to anything but stop, to which there is none. */
    ObjectNode answer(Request request) {
        if (request instanceof Request.Echo echo) {
            return answer(echo.seq(), "tensors", Tensors.of(echo.tensors()));
        }
        return request instanceof Request.Run run ? answer(run) : hello.line();
    }

    private static ObjectNode answer(int seq, String name, ObjectNode body) {
        return answer(seq).set(name, body);
    }

    private static ObjectNode answer(int seq) {
        return JsonNodeFactory.instance.objectNode().put("seq", seq);
    }

    /** Whatever it throws is an answer, unless the virtual machine itself can go no further. */
    private ObjectNode answer(Request.Run run) {
        try {
            Reply reply = reply(run);
            if (reply instanceof Reply.Answered answered) {
                return answer(run.seq(), "outputs", Tensors.of(wanted(run.want(), answered)));
            }
            return answer(run.seq()).put("unsupported", ((Reply.Declined) reply).reason());
        } catch (StackOverflowError deep) {
            return answer(run.seq(), "error", error(deep));
        } catch (VirtualMachineError ours) {
            throw ours;
        } catch (Throwable theirs) {
            return answer(run.seq(), "error", error(theirs));
        }
    }

    private Reply reply(Request.Run run) {
        Operation operation = operations.get(run.operation());
        if (operation == null) {
            return new Reply.Declined(implementation.name() + " has no operation " + run.operation());
        }
        return objection(operation, run.inputs().conventions())
                .<Reply>map(Reply.Declined::new)
                .orElseGet(() -> implementation.answer(operation, run.inputs()));
    }

    /** A convention that is declared is always followed, so that questions under another have no answer. */
    private Optional<String> objection(Operation operation, Map<String, String> asked) {
        return implementation.conventions(operation).entrySet().stream()
                .filter(always -> !always.getValue().equals(asked.getOrDefault(always.getKey(), always.getValue())))
                .map(always -> implementation.name() + " always has " + always.getKey() + "=" + always.getValue()
                        + ", not " + asked.get(always.getKey()))
                .findFirst();
    }

    private static Map<String, Array> wanted(List<String> want, Reply.Answered answered) {
        Map<String, Array> wanted = new LinkedHashMap<>();
        want.forEach(name -> wanted.put(name, answered.outputs().array(name)));
        return wanted;
    }

    private static ObjectNode error(Throwable thrown) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("kind", thrown.getClass().getSimpleName())
                .put("message", String.valueOf(thrown.getMessage()))
                .put("trace", trace(thrown));
    }

    /** The first cause with what led to it, innermost last, as it is the end of a trace that people are shown. */
    private static String trace(Throwable thrown) {
        Throwable first = thrown;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        List<StackTraceElement> frames = Arrays.asList(first.getStackTrace());
        Collections.reverse(frames);
        return frames.stream().map(frame -> "at " + frame + "\n").collect(Collectors.joining()) + first;
    }
}
