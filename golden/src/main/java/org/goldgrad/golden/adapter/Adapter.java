package org.goldgrad.golden.adapter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/**
 * An implementation behind a pipe: any program that speaks the protocol of golden/adapters/README.md.
 *
 * <p>Several questions are under way at once. When the process dies or is killed, it cannot be known over which of them,
 * so each is asked again alone; one that the process dies over once more, alone, is not asked a third time.
 */
public final class Adapter implements Implementation, AutoCloseable {
    /** The symptom of every question that finds no starts left. */
    public static final String NO_STARTS = "no starts left";

    private final List<String> command;
    private final Limits limits;
    private final Collection<Operation> catalogue;
    private final Hello hello;
    private final Notes notes = new Notes();
    private final Deque<Question> announced = new ArrayDeque<>(); // and not yet fetched
    private final Deque<Question> waiting = new ArrayDeque<>(); // announced and never sent
    private final Map<Integer, Question> underWay = new LinkedHashMap<>(); // by seq
    private final Deque<Question> suspects =
            new ArrayDeque<>(); // open since the process died while they were under way
    private Optional<Session> session;
    private int seq = 1;
    private int since = 1;
    private int restarts;
    private long progress;
    private String last = "";

    private Adapter(List<String> command, Limits limits, Collection<Operation> catalogue) throws Unusable {
        this.command = command;
        this.limits = limits;
        this.catalogue = catalogue;
        Session first = Session.open(command, limits, catalogue, notes);
        hello = first.hello();
        session = Optional.of(first);
    }

    /**
     * Starts an adapter and hears who it is.
     *
     * @param command split as a shell does
     * @param catalogue the operations that it may be asked
     * @throws Unusable if it does not start, does not say hello, or cannot give numbers back as it got them
     */
    public static Adapter start(String command, Limits limits, Collection<Operation> catalogue) throws Unusable {
        return new Adapter(Words.of(command), limits, catalogue);
    }

    @Override
    public String name() {
        return hello.name();
    }

    @Override
    public String version() {
        return hello.identity();
    }

    @Override
    public Format format() {
        return hello.format();
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return hello.conventions().getOrDefault(operation.id(), Map.of());
    }

    /** What its user should know beyond the verdicts, a sentence each. */
    public List<String> notes() {
        List<String> all = new ArrayList<>(notes.all());
        List<String> known = catalogue.stream().map(Operation::id).toList();
        List<String> unknown =
                hello.operations().stream().filter(id -> !known.contains(id)).toList();
        if (!unknown.isEmpty()) {
            all.add(name() + " offers operations that this version does not have: " + String.join(", ", unknown));
        }
        return all;
    }

    @Override
    public void ahead(Operation operation, List<Inputs> questions) {
        announced.removeIf(question -> !underWay.containsValue(question));
        suspects.removeIf(question -> !underWay.containsValue(question));
        waiting.clear();
        notes.forget();
        session.ifPresent(one -> one.process().forgetLog());
        if (hello.operations().contains(operation.id())) {
            questions.forEach(inputs -> announce(new Question(operation, inputs)));
        }
    }

    private void announce(Question question) {
        announced.add(question);
        waiting.add(question);
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        if (!hello.operations().contains(operation.id())) {
            return new Reply.Declined("its hello does not name this operation");
        }
        Question question = announced.stream()
                .filter(one -> one.asks(operation, inputs))
                .findFirst()
                .orElseGet(() -> {
                    Question unannounced = new Question(operation, inputs);
                    announce(unannounced);
                    return unannounced;
                });
        try {
            while (question.isOpen()) {
                if (session.isEmpty() && !restarted()) {
                    announced.stream()
                            .filter(Question::isOpen)
                            .forEach(one -> one.failed(
                                    NO_STARTS,
                                    "not asked" + (one.deaths() > 0 ? " again" : "") + ": the adapter was restarted "
                                            + restarts + " times, which is the limit; " + last));
                    waiting.clear();
                    break;
                }
                feed();
                await();
            }
        } catch (InterruptedException interrupted) {
            close();
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", "Goldgrad was interrupted");
        }
        announced.remove(question);
        return question.reply();
    }

    private boolean restarted() {
        while (restarts < limits.restarts()) {
            restarts++;
            try {
                Session next = Session.open(command, limits, catalogue, notes);
                if (next.hello().equals(hello)) {
                    session = Optional.of(next);
                    since = seq;
                    return true;
                }
                next.process().stop();
                last = "started again it says a hello that is not the one before";
            } catch (Unusable unusable) {
                last = unusable.getMessage();
            }
        }
        return false;
    }

    /** Asks what may be asked now: a suspect only alone. */
    private void feed() {
        suspects.removeIf(question -> !question.isOpen());
        if (underWay.isEmpty() && !suspects.isEmpty()) {
            send(suspects.element());
        }
        while (suspects.isEmpty() && underWay.size() < limits.window() && !waiting.isEmpty()) {
            send(waiting.remove());
        }
    }

    private void send(Question question) {
        if (underWay.isEmpty()) {
            progress = System.nanoTime();
        }
        underWay.put(seq, question);
        process().send(Message.run(seq, question.operation(), question.inputs()).toString());
        seq++;
    }

    private AdapterProcess process() {
        return session.orElseThrow().process();
    }

    private void await() throws InterruptedException {
        Optional<Event> event = process().next(progress + limits.answer().toNanos());
        if (event.isEmpty()) {
            died("no answer in time", "nothing was answered for " + seconds(limits) + " s, so it was killed");
        } else if (event.get() instanceof Event.Line line) {
            take(line.bytes());
        } else if (event.get() instanceof Event.End end) {
            died("ended", end.how() + " before it had answered");
        }
    }

    private static String seconds(Limits limits) {
        return String.format(Locale.ROOT, "%.3g", limits.answer().toMillis() / 1000.0);
    }

    private void take(byte[] line) {
        Received received = Received.of(line);
        if (received instanceof Received.Answer answer) {
            answered(answer, line);
        } else if (received instanceof Received.Broken broken) {
            Optional<Question> question = broken.seq().map(underWay::remove);
            if (question.isPresent()) {
                progress = System.nanoTime();
                question.get()
                        .failed(
                                Question.MALFORMED,
                                "its answer is no JSON (" + Quote.bare(broken.why()) + "): " + Quote.beginning(line));
            } else {
                died(
                        "broken line",
                        "it wrote a broken line (" + Quote.bare(broken.why()) + "): " + Quote.beginning(line));
            }
        } else {
            noise(line, "lines that are no answers");
        }
    }

    private void noise(byte[] line, String what) {
        if (!notes.add(what, line)) {
            died(
                    "too many lines",
                    "it wrote more than " + Limits.NOISE + " lines that nobody asked for, the last "
                            + Quote.beginning(line));
        }
    }

    private void answered(Received.Answer answer, byte[] line) {
        Question question = underWay.remove(answer.seq());
        if (question == null) {
            if (answer.seq() >= since && answer.seq() < seq) {
                noise(line, "second answers to a question, of which the first counts");
            } else {
                died(
                        "wrong seq",
                        "it answered seq " + answer.seq() + ", which was not asked: " + Quote.beginning(line));
            }
            return;
        }
        progress = System.nanoTime();
        try {
            question.answered(Answers.read(answer.fields(), hello.format()));
        } catch (Failure failure) {
            question.failed(failure);
        } catch (Fields.Malformed malformed) {
            question.failed(
                    Question.MALFORMED,
                    "its answer is malformed (" + Quote.bare(String.valueOf(malformed.getMessage())) + "): "
                            + Quote.beginning(line));
        }
    }

    private void died(String symptom, String how) {
        Session dead = session.orElseThrow();
        dead.process().end();
        session = Optional.empty();
        last = dead.evidence(how, notes);
        for (Question question : underWay.values()) {
            question.died(symptom, last);
            if (question.deaths() == 1) {
                suspects.add(question);
            }
        }
        underWay.clear();
    }

    /** Stops it, and whatever it started. */
    @Override
    public void close() {
        session.ifPresent(one -> one.process().stop());
        session = Optional.empty();
        restarts = limits.restarts();
    }
}
