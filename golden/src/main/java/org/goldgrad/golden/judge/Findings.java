package org.goldgrad.golden.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known to be wrong with an implementation: {@code golden/findings/<implementation>.json}.
 *
 * <p>A test compares a run with it, both ways: nothing new may go wrong, and nothing listed may have come right without
 * the list saying so.
 */
public record Findings(Path path, String implementation, List<Finding> list) {
    public Findings {
        list = List.copyOf(list);
    }

    /** How an answer fails. */
    public enum Kind {
        DIFFERS(Verdict.Differs.class),
        CRASHED(Verdict.Crashed.class),
        /** It differs, but computes the right formula with too few digits. */
        IMPRECISE(Verdict.Differs.class);

        private final Class<? extends Verdict> verdict;

        Kind(Class<? extends Verdict> verdict) {
            this.verdict = verdict;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String id) throws Fields.Malformed {
            for (Kind kind : values()) {
                if (kind.id().equals(id)) {
                    return kind;
                }
            }
            throw new Fields.Malformed("kind must be differs, crashed or imprecise, not " + id);
        }
    }

    /**
     * One discrepancy.
     *
     * @param cases the ids of all cases that show it
     * @param diagnosis the id of the mistake or convention that explains them, or "none"
     * @param what what the implementation computes
     * @param right what it should
     * @param source where it was reported or what its maintainers say
     */
    public record Finding(
            String operation,
            List<String> cases,
            Kind kind,
            String diagnosis,
            String title,
            String what,
            String right,
            String source) {
        public Finding {
            cases = List.copyOf(cases);
        }
    }

    /**
     * The findings of an implementation; none if it has no file.
     *
     * @param home the project's folder
     * @throws IOException if the file is not as written here, naming the file and the field
     */
    public static Findings read(Path home, String implementation) throws IOException {
        Path path = home.resolve("golden").resolve("findings").resolve(implementation + ".json");
        if (!Files.exists(path)) {
            return new Findings(path, implementation, List.of());
        }
        try {
            Fields file = Fields.parse(Files.readString(path, StandardCharsets.UTF_8));
            String named = file.text("implementation");
            if (!named.equals(implementation)) {
                throw new Fields.Malformed("implementation is " + named + ", not " + implementation);
            }
            List<Finding> findings = new ArrayList<>();
            for (JsonNode entry : file.list("findings")) {
                findings.add(finding(Fields.of(entry)));
            }
            file.end();
            return new Findings(path, implementation, findings);
        } catch (Fields.Malformed malformed) {
            throw new IOException(path + ": " + malformed.getMessage(), malformed);
        }
    }

    private static Finding finding(Fields entry) throws Fields.Malformed {
        List<String> cases = new ArrayList<>();
        for (JsonNode id : entry.list("cases")) {
            cases.add(Fields.text(id, "cases"));
        }
        Finding finding = new Finding(
                entry.text("operation"),
                cases,
                Kind.of(entry.text("kind")),
                entry.text("diagnosis"),
                entry.text("title"),
                entry.text("what"),
                entry.text("right"),
                entry.text("source"));
        entry.end();
        return finding;
    }

    /**
     * Where a run and the list disagree.
     *
     * @param unlisted went wrong, and no finding says so: what to do about it
     * @param vanished a finding says so, and it did not go wrong, or not in that way
     */
    public record Drift(List<String> unlisted, List<String> vanished) {
        public Drift {
            unlisted = List.copyOf(unlisted);
            vanished = List.copyOf(vanished);
        }

        public boolean agrees() {
            return unlisted.isEmpty() && vanished.isEmpty();
        }

        @Override
        public String toString() {
            return agrees()
                    ? "the run shows exactly the known findings"
                    : Stream.concat(unlisted.stream(), vanished.stream()).collect(Collectors.joining("\n\n"));
        }
    }

    /** Compares with a whole run of the implementation. */
    public Drift compare(Run run) {
        List<String> unlisted = new ArrayList<>();
        for (OperationResult result : run.operations()) {
            for (Kind kind : List.of(Kind.DIFFERS, Kind.CRASHED)) {
                List<CaseResult> news = result.cases().stream()
                        .filter(c -> kind.verdict.isInstance(c.verdict()))
                        .filter(c -> list.stream().noneMatch(finding -> lists(finding, c)))
                        .toList();
                if (!news.isEmpty()) {
                    unlisted.add(unlisted(result, kind, news));
                }
            }
        }
        List<String> vanished = new ArrayList<>();
        for (Finding finding : list) {
            vanished(finding, run).ifPresent(vanished::add);
        }
        return new Drift(unlisted, vanished);
    }

    private static boolean lists(Finding finding, CaseResult result) {
        return finding.operation().equals(result.operation())
                && finding.cases().contains(result.caseId())
                && finding.kind().verdict.isInstance(result.verdict());
    }

    private String unlisted(OperationResult result, Kind kind, List<CaseResult> news) {
        return implementation + " " + (kind == Kind.CRASHED ? "crashes on " : "differs on ") + news.size() + " "
                + (news.size() == 1 ? "case" : "cases") + " of " + result.operation() + " that " + path
                + " does not list: " + reason(news.get(0).verdict()) + "\n"
                + result.diagnosis()
                        .map(diagnosis -> diagnosis.summary() + "\n")
                        .orElse("")
                + "If that is its fault and not ours, add to its findings:\n" + entry(result, kind, news);
    }

    private static String reason(Verdict verdict) {
        if (verdict instanceof Verdict.Differs differs) {
            return differs.reason();
        }
        return verdict instanceof Verdict.Crashed crashed ? crashed.reason() : "";
    }

    private Optional<String> vanished(Finding finding, Run run) {
        List<CaseResult> shown = run.operations().stream()
                .flatMap(result -> result.cases().stream())
                .filter(result -> lists(finding, result))
                .toList();
        List<String> gone = finding.cases().stream()
                .filter(id -> shown.stream().noneMatch(result -> result.caseId().equals(id)))
                .toList();
        String diagnosis = run.operations().stream()
                .filter(result -> result.operation().equals(finding.operation()))
                .findFirst()
                .map(Findings::diagnosis)
                .orElse("none");
        String head = "\"" + finding.title() + "\" (" + finding.operation() + ") in " + path;
        if (!gone.isEmpty()) {
            return Optional.of(head + " no longer shows on " + String.join(", ", gone) + "; "
                    + (shown.isEmpty() ? "remove the finding" : "remove these cases from it")
                    + ", or find out why they were not asked");
        }
        if (finding.kind() == Kind.DIFFERS && !finding.diagnosis().equals(diagnosis)) {
            return Optional.of(head + " is listed with the diagnosis " + finding.diagnosis() + ", and the run's is "
                    + diagnosis + "; find out which is right and write that");
        }
        return Optional.empty();
    }

    /** The id of what explains an operation's wrong answers, or "none". */
    private static String diagnosis(OperationResult result) {
        return result.diagnosis()
                .flatMap(Diagnosis::explanation)
                .map(Diagnosis.Candidate::id)
                .orElse("none");
    }

    /** The entry to add for these cases, its words still to be written. */
    public static String entry(OperationResult result, Kind kind, List<CaseResult> cases) {
        Optional<Diagnosis.Candidate> explanation =
                kind == Kind.DIFFERS ? result.diagnosis().flatMap(Diagnosis::explanation) : Optional.empty();
        ObjectNode entry = JsonNodeFactory.instance.objectNode().put("operation", result.operation());
        ArrayNode ids = entry.putArray("cases");
        cases.forEach(c -> ids.add(c.caseId()));
        return entry.put("kind", kind.id())
                .put("diagnosis", explanation.map(Diagnosis.Candidate::id).orElse("none"))
                .put("title", explanation.map(Diagnosis.Candidate::did).orElse("TODO: one line"))
                .put("what", explanation.map(Diagnosis.Candidate::formula).orElse("TODO: what it computes"))
                .put("right", "TODO: what it should compute")
                .put("source", "TODO: the thread, or \"not reported yet\"")
                .toPrettyString();
    }
}
