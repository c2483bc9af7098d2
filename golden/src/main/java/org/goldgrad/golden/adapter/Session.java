package org.goldgrad.golden.adapter;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.golden.vectors.Bits;
import org.goldgrad.golden.vectors.Codec;
import org.goldgrad.properties.operation.Operation;

/** A process that has said hello and given every number back as it got it. */
record Session(AdapterProcess process, Hello hello) {
    private static final int ECHO = 0;

    /** Numbers that must come back, in three shapes. */
    private static final Map<String, Array> NUMBERS = numbers();

    private static Map<String, Array> numbers() {
        Map<String, Array> numbers = new LinkedHashMap<>();
        numbers.put("vector", Codec.array());
        numbers.put("scalar", Array.scalar(-0.1));
        numbers.put("cube", Array.of(new int[] {2, 1, 3}, 1, -2, 0.1, 1e-300, -0.0, 3));
        return numbers;
    }

    /** Starts a process and listens up to its echo. */
    static Session open(List<String> command, Limits limits, Collection<Operation> catalogue, Notes notes)
            throws Unusable {
        AdapterProcess process;
        try {
            process = AdapterProcess.start(command, limits.line());
        } catch (IOException impossible) {
            throw new Unusable("the adapter cannot be started: " + Quote.bare(String.valueOf(impossible.getMessage())));
        }
        notes.restart();
        try {
            return new Session(process, new Handshake(process, limits, notes).shake(catalogue));
        } catch (Fields.Malformed failed) {
            process.end();
            throw new Unusable(evidence(process, String.valueOf(failed.getMessage()), notes));
        } catch (InterruptedException interrupted) {
            process.end();
            Thread.currentThread().interrupt();
            throw new Unusable("Goldgrad was interrupted");
        }
    }

    String evidence(String how, Notes notes) {
        return evidence(process, how, notes);
    }

    /** What happened, and what an ended process left to read. */
    private static String evidence(AdapterProcess process, String how, Notes notes) {
        StringBuilder evidence = new StringBuilder(how);
        byte[] unfinished = process.unfinished();
        if (unfinished.length > 0) {
            evidence.append("; it had begun the line ").append(Quote.beginning(unfinished));
        }
        if (!notes.recent().isEmpty()) {
            evidence.append("; on standard output it also wrote ").append(String.join(", ", notes.recent()));
        }
        String log = process.log();
        if (!log.isEmpty()) {
            evidence.append("; its standard error ends ").append(Quote.end(log));
        }
        return evidence.toString();
    }

    /** Hello and echo, in this order; a Malformed says what went wrong. */
    private record Handshake(AdapterProcess process, Limits limits, Notes notes) {
        Hello shake(Collection<Operation> catalogue) throws Fields.Malformed, InterruptedException {
            process.send(Message.hello());
            Received said = await("hello");
            Hello hello;
            if (said instanceof Received.Greeting greeting) {
                try {
                    hello = Hello.read(greeting.hello(), catalogue);
                } catch (Fields.Malformed malformed) {
                    throw new Fields.Malformed("its hello is malformed: " + Quote.bare(malformed.getMessage()));
                }
            } else {
                throw new Fields.Malformed("it answered before it said hello");
            }
            process.send(Message.echo(ECHO, NUMBERS));
            Received echoed = await("the echo");
            if (!(echoed instanceof Received.Answer answer) || answer.seq() != ECHO) {
                throw new Fields.Malformed("it did not answer the echo, whose seq is " + ECHO);
            }
            require(answer.fields());
            return hello;
        }

        /** The next line that is not noise. */
        private Received await(String what) throws Fields.Malformed, InterruptedException {
            long deadline = System.nanoTime() + limits.hello().toNanos();
            for (; ; ) {
                Optional<Event> event = process.next(deadline);
                if (event.isEmpty()) {
                    throw new Fields.Malformed("it did not say " + what + " within "
                            + limits.hello().toMillis() / 1000.0 + " s (--hello-timeout gives it longer)");
                }
                if (event.get() instanceof Event.End end) {
                    throw new Fields.Malformed(end.how() + " before it had said " + what);
                }
                byte[] line = ((Event.Line) event.get()).bytes();
                Received received = Received.of(line);
                if (received instanceof Received.Broken broken) {
                    throw new Fields.Malformed(
                            what + " is no JSON (" + Quote.bare(broken.why()) + "): " + Quote.beginning(line));
                }
                if (!(received instanceof Received.Noise)) {
                    return received;
                }
                if (!notes.add("lines that are no answers", line)) {
                    throw new Fields.Malformed("it wrote more than " + Limits.NOISE + " lines before " + what);
                }
            }
        }

        private static void require(Fields answer) throws Fields.Malformed {
            try {
                Map<String, Array> echoed = Tensors.read("tensors", answer.object("tensors"));
                answer.end();
                if (!echoed.keySet().equals(NUMBERS.keySet())) {
                    throw new Fields.Malformed("has " + echoed.keySet() + ", not " + NUMBERS.keySet());
                }
                for (Map.Entry<String, Array> number : NUMBERS.entrySet()) {
                    Array back = echoed.getOrDefault(number.getKey(), number.getValue());
                    same(number.getKey(), number.getValue(), back);
                }
            } catch (Fields.Malformed wrong) {
                throw new Fields.Malformed("its echo is not what it was sent: " + Quote.bare(wrong.getMessage()));
            }
        }

        private static void same(String name, Array sent, Array back) throws Fields.Malformed {
            if (!Arrays.equals(sent.shape(), back.shape())) {
                throw new Fields.Malformed(name + " has the shape " + Tensor.describe(back.shape()) + ", not "
                        + Tensor.describe(sent.shape()));
            }
            for (int i = 0; i < sent.size(); i++) {
                if (!Bits.of(sent.at(i)).equals(Bits.of(back.at(i)))) {
                    throw new Fields.Malformed(name + sent.index(i) + " = " + sent.at(i) + " came back as " + back.at(i)
                            + " (" + Bits.of(sent.at(i)) + " as " + Bits.of(back.at(i)) + ")");
                }
            }
        }
    }
}
