package org.goldgrad.golden.adapter;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** Answers that somebody gave elsewhere, in any order; a case without one is declined. */
public final class AnswersFile implements Implementation {
    private final String name;
    private final Optional<Hello> hello;
    private final Format format;
    private final Map<String, Map<String, String>> conventions;
    private final Map<Asked, Deque<String>> cases;
    private final Map<String, Fields> answers;

    private AnswersFile(
            String name,
            Optional<Hello> hello,
            Format format,
            Map<String, Map<String, String>> conventions,
            Map<Asked, Deque<String>> cases,
            Map<String, Fields> answers) {
        this.name = name;
        this.hello = hello;
        this.format = format;
        this.conventions = conventions;
        this.cases = cases;
        this.answers = answers;
    }

    /** A question, by which its case is found; what is asked twice has two. */
    private record Asked(String operation, Inputs inputs) {}

    /** What whoever starts Goldgrad says about a file, where the file has no hello. */
    public record Told(
            Optional<String> format, Map<String, Map<String, String>> conventions, Optional<Path> requests) {}

    /**
     * Reads a file strictly.
     *
     * @throws Unusable in one line, with the number of the line that is wrong
     */
    public static AnswersFile read(Path path, Told told, List<Operation> catalogue, Corpus corpus) throws Unusable {
        Reading reading = new Reading(catalogue, corpus);
        if (told.requests().isPresent()) {
            each(told.requests().get(), reading::request);
        }
        each(path, reading::answer);
        return reading.file(String.valueOf(path.getFileName()), told);
    }

    @FunctionalInterface
    private interface Reader {
        void read(String line) throws Fields.Malformed;
    }

    private static void each(Path path, Reader reader) throws Unusable {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    reader.read(line);
                }
            }
        } catch (Fields.Malformed malformed) {
            throw new Unusable(path + ", line " + number + ": " + Quote.bare(malformed.getMessage()));
        } catch (NoSuchFileException missing) {
            throw new Unusable("there is no file " + path);
        } catch (CharacterCodingException notText) {
            throw new Unusable(path + " is not UTF-8, after line " + number);
        } catch (IOException unreadable) {
            throw new Unusable(path + " cannot be read: " + unreadable.getMessage());
        }
    }

    /** Lines so far. */
    private static final class Reading {
        private final List<Operation> catalogue;
        private final Corpus corpus;
        private final Map<Integer, String> asked = new HashMap<>();
        private final Map<String, Fields> answers = new LinkedHashMap<>();
        private Optional<Hello> hello = Optional.empty();

        Reading(List<Operation> catalogue, Corpus corpus) {
            this.catalogue = catalogue;
            this.corpus = corpus;
        }

        /** A line as {@code goldgrad export} wrote it. */
        void request(String line) throws Fields.Malformed {
            Fields fields = Fields.parse(line);
            if (!fields.has("run")) {
                return;
            }
            Fields run = fields.object("run");
            int seq = run.integer("seq");
            String id = run.text("case");
            Operation operation = operation(golden(id));
            if (!Requests.line(seq, operation, id, inputs(id)).equals(line)) {
                throw new Fields.Malformed(
                        "the question of " + id + " is not the one that this version asks; export and answer it again");
            }
            asked.put(seq, id);
        }

        private Operation operation(GoldenCase golden) throws Fields.Malformed {
            return catalogue.stream()
                    .filter(one -> one.id().equals(golden.operation()))
                    .findFirst()
                    .orElseThrow(() -> new Fields.Malformed("no operation " + golden.operation()));
        }

        private GoldenCase golden(String id) throws Fields.Malformed {
            return corpus.find(Requests.caseOf(id)).orElseThrow(() -> unknown(id));
        }

        /** What is asked by an id. */
        private Inputs inputs(String id) throws Fields.Malformed {
            GoldenCase golden = golden(id);
            return Optional.ofNullable(
                            Requests.questions(operation(golden), golden).get(id))
                    .orElseThrow(() -> unknown(id));
        }

        private static Fields.Malformed unknown(String id) {
            return new Fields.Malformed(
                    "there is no golden case " + id + "; another version asked; export and answer again");
        }

        void answer(String line) throws Fields.Malformed {
            Fields fields = Fields.parse(line);
            if (fields.has("hello")) {
                if (hello.isPresent() || !answers.isEmpty()) {
                    throw new Fields.Malformed("a hello comes first, and once");
                }
                hello = Optional.of(Hello.read(fields, catalogue));
                return;
            }
            String id = id(fields);
            inputs(id);
            if (answers.putIfAbsent(id, fields) != null) {
                throw new Fields.Malformed("case " + id + " is answered twice");
            }
        }

        private String id(Fields fields) throws Fields.Malformed {
            if (fields.has("case")) {
                if (fields.has("seq")) {
                    fields.integer("seq");
                }
                return fields.text("case");
            }
            if (!fields.has("seq")) {
                throw new Fields.Malformed("case is missing: the id of the golden case that is answered");
            }
            int seq = fields.integer("seq");
            return Optional.ofNullable(asked.get(seq))
                    .orElseThrow(() -> new Fields.Malformed(
                            asked.isEmpty()
                                    ? "case is missing; to judge answers by their seq, say --requests FILE, too"
                                    : "seq " + seq + " is not among the requests"));
        }

        AnswersFile file(String name, Told told) throws Unusable {
            try {
                Optional<Format> said = told.format().isPresent()
                        ? Optional.of(Hello.format(told.format().get()))
                        : Optional.empty();
                if (hello.isPresent()
                        && said.isPresent()
                        && said.get() != hello.get().format()) {
                    throw new Fields.Malformed(
                            "its hello says the dtype " + Hello.name(hello.get().format()) + ", the command "
                                    + told.format().get());
                }
                Map<Asked, Deque<String>> cases = new HashMap<>();
                for (GoldenCase golden : corpus.cases()) {
                    Requests.questions(operation(golden), golden)
                            .forEach((id, inputs) -> cases.computeIfAbsent(
                                            new Asked(golden.operation(), inputs), unused -> new ArrayDeque<>())
                                    .add(id));
                }
                return new AnswersFile(
                        name,
                        hello,
                        hello.map(Hello::format)
                                .or(() -> said)
                                .orElseThrow(() -> new Fields.Malformed("in which format was it computed? Say --format"
                                        + " binary64, binary32, bfloat16 or binary16, or begin with a hello")),
                        conventions(told.conventions()),
                        cases,
                        answers);
            } catch (Fields.Malformed malformed) {
                throw new Unusable(name + ": " + malformed.getMessage());
            }
        }

        private Map<String, Map<String, String>> conventions(Map<String, Map<String, String>> told)
                throws Fields.Malformed {
            Map<String, Map<String, String>> all = new LinkedHashMap<>();
            hello.ifPresent(said -> said.conventions().forEach((id, choices) -> all.put(id, new HashMap<>(choices))));
            for (Map.Entry<String, Map<String, String>> entry : told.entrySet()) {
                Operation operation = catalogue.stream()
                        .filter(one -> one.id().equals(entry.getKey()))
                        .findFirst()
                        .orElseThrow(() -> new Fields.Malformed("there is no operation " + entry.getKey()));
                for (Map.Entry<String, String> choice : entry.getValue().entrySet()) {
                    Hello.require(operation, choice.getKey(), choice.getValue());
                    String said = all.computeIfAbsent(entry.getKey(), id -> new HashMap<>())
                            .putIfAbsent(choice.getKey(), choice.getValue());
                    if (said != null && !said.equals(choice.getValue())) {
                        throw new Fields.Malformed("its hello says " + choice.getKey() + "=" + said + " for "
                                + entry.getKey() + ", the command " + choice.getValue());
                    }
                }
            }
            return all;
        }
    }

    @Override
    public String name() {
        return hello.map(Hello::name).orElse(name);
    }

    @Override
    public String version() {
        return hello.map(Hello::identity).orElse("answers in " + name);
    }

    @Override
    public Format format() {
        return format;
    }

    @Override
    public Map<String, String> conventions(Operation operation) {
        return conventions.getOrDefault(operation.id(), Map.of());
    }

    @Override
    public Reply answer(Operation operation, Inputs inputs) {
        Deque<String> ids = cases.getOrDefault(new Asked(operation.id(), inputs), new ArrayDeque<>(List.of("")));
        String id = ids.remove();
        ids.add(id); // who asks the same again hears the next answer
        Fields answer = answers.get(id);
        if (answer == null) {
            boolean offered = hello.isEmpty() || hello.get().operations().contains(operation.id());
            return new Reply.Declined(offered ? "no answer in the file" : "its hello does not name this operation");
        }
        try {
            return Answers.read(answer, format);
        } catch (Fields.Malformed malformed) {
            throw new Failure(Question.MALFORMED, "its answer is malformed: " + Quote.bare(malformed.getMessage()));
        }
    }
}
