package org.goldgrad.reports;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.adapter.AnswersFile;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.nd4j.Nd4jImplementation;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say who is judged: one by name, a live adapter, or answers in a file. */
final class Judged {
    private static final List<String> IMPLEMENTATIONS = List.of("nd4j", "reference");

    @Option(
            names = "--implementation",
            paramLabel = "NAME",
            description = "nd4j, or reference: Goldgrad's own. Default: nd4j.")
    private @Nullable String implementation;

    @Option(
            names = "--adapter",
            paramLabel = "COMMAND",
            description = "A program that answers over a pipe, such as \"python3 my_adapter.py\""
                    + " (golden/adapters/README.md).")
    private @Nullable String adapter;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long an adapter may answer nothing before it is killed. Default: 30.")
    private @Nullable Double timeout;

    @Option(
            names = "--hello-timeout",
            paramLabel = "SECONDS",
            description = "How long an adapter may take until it says hello. Default: 20.")
    private @Nullable Double helloTimeout;

    @Option(
            names = "--max-line",
            paramLabel = "BYTES",
            description = "How long a line of an adapter may be. Default: 67108864.")
    private @Nullable Integer line;

    @Option(
            names = "--restarts",
            paramLabel = "N",
            description = "How often an adapter that dies is started again. Default: 10.")
    private @Nullable Integer restarts;

    @Option(
            names = "--answers",
            paramLabel = "FILE",
            description = "Answers to what ./goldgrad export wrote, one a line, in any order.")
    private @Nullable Path answers;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = "What ./goldgrad export wrote, where the answers have only the seq of each question.")
    private @Nullable Path requests;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "What the answers were computed in: binary64, binary32, bfloat16 or binary16.")
    private @Nullable String format;

    @Option(
            names = "--conventions",
            paramLabel = "OPERATION:CONVENTION=CHOICE",
            split = ",",
            description = "What the answers follow, such as recurrent.lstm:gate_order=ifgo.")
    private List<String> conventions = new ArrayList<>();

    /** The one that is judged; whoever asks closes it, if it can be closed. */
    Implementation open(Corpus corpus) {
        requireFit();
        try {
            if (adapter != null) {
                return Adapter.start(adapter, limits(), Catalogue.operations());
            }
            if (answers != null) {
                AnswersFile.Told told =
                        new AnswersFile.Told(Optional.ofNullable(format), declared(), Optional.ofNullable(requests));
                return AnswersFile.read(answers, told, Catalogue.operations(), corpus);
            }
            return named(Objects.requireNonNullElse(implementation, "nd4j"));
        } catch (Unusable unusable) {
            throw new Refusal(Exit.UNUSABLE, (adapter == null ? "--answers: " : "--adapter: ") + unusable.getMessage());
        }
    }

    private void requireFit() {
        List<String> given = Stream.of(
                        implementation == null ? "" : "--implementation",
                        adapter == null ? "" : "--adapter",
                        answers == null ? "" : "--answers")
                .filter(name -> !name.isEmpty())
                .toList();
        if (given.size() > 1) {
            throw new Refusal(String.join(" and ", given) + " cannot be given together; say which one is to be judged");
        }
        if (adapter == null && (timeout != null || helloTimeout != null || line != null || restarts != null)) {
            throw new Refusal("--timeout, --hello-timeout, --max-line and --restarts are for --adapter");
        }
        if (answers == null && (format != null || requests != null || !conventions.isEmpty())) {
            throw new Refusal("--format, --conventions and --requests are for --answers");
        }
    }

    private Limits limits() {
        Limits usual = Limits.STANDARD;
        int bytes = Objects.requireNonNullElse(line, usual.line());
        if (bytes < 1024 || bytes > 1 << 30) {
            throw new Refusal("--max-line must be from 1024 to 1073741824 bytes, not " + line);
        }
        int most = Objects.requireNonNullElse(restarts, usual.restarts());
        if (most < 0) {
            throw new Refusal("--restarts must be at least 0, not " + restarts);
        }
        return new Limits(
                seconds("--timeout", timeout, usual.answer()),
                seconds("--hello-timeout", helloTimeout, usual.hello()),
                bytes,
                most,
                usual.window());
    }

    private static Duration seconds(String option, @Nullable Double given, Duration usual) {
        if (given == null) {
            return usual;
        }
        if (!(given >= 0.001 && given <= 86_400)) {
            throw new Refusal(option + " must be from 0.001 to 86400 seconds, not " + given);
        }
        return Duration.ofMillis((long) (1000 * given));
    }

    private Map<String, Map<String, String>> declared() {
        Map<String, Map<String, String>> declared = new LinkedHashMap<>();
        for (String text : conventions) {
            int colon = text.indexOf(':');
            int equals = text.indexOf('=', colon);
            if (colon < 1 || equals < colon + 2 || equals == text.length() - 1) {
                throw new Refusal("--conventions must be OPERATION:CONVENTION=CHOICE, such as"
                        + " recurrent.lstm:gate_order=ifgo, not " + text);
            }
            String convention = text.substring(colon + 1, equals);
            String before = declared.computeIfAbsent(text.substring(0, colon), id -> new LinkedHashMap<>())
                    .put(convention, text.substring(equals + 1));
            if (before != null) {
                throw new Refusal("--conventions says twice what " + text.substring(0, equals) + " is");
            }
        }
        return declared;
    }

    private static Implementation named(String name) {
        try {
            return switch (name) {
                case "nd4j" -> new Nd4jImplementation();
                case "reference" -> new Reference();
                default ->
                    throw new Refusal("--implementation must be one of " + String.join(", ", IMPLEMENTATIONS) + ", not "
                            + name + Suggestions.among(IMPLEMENTATIONS, name));
            };
        } catch (LinkageError missing) {
            throw new Refusal(Exit.UNUSABLE, name + " cannot be started: " + missing);
        }
    }

    /** The options that choose the same one again, for a shell. */
    String options() {
        List<String> options = new ArrayList<>();
        if (adapter != null) {
            options.add("--adapter " + quoted(adapter));
        } else if (answers != null) {
            options.add("--answers " + quoted(answers.toString()));
            options.addAll(requests == null ? List.of() : List.of("--requests " + quoted(requests.toString())));
            options.addAll(format == null ? List.of() : List.of("--format " + format));
            options.addAll(
                    conventions.isEmpty() ? List.of() : List.of("--conventions " + String.join(",", conventions)));
        } else {
            options.add("--implementation " + Objects.requireNonNullElse(implementation, "nd4j"));
        }
        return String.join(" ", options);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
