package org.goldgrad.reports;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.golden.adapter.AnswersFile;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say who is judged: one by name, a live adapter, or answers in a file. */
final class Judged {
    @Mixin
    private Live live = new Live();

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

    /** Whether it is a file, which may answer more than it is asked about. */
    boolean isFile() {
        return answers != null;
    }

    /**
     * The one that is judged; whoever asks closes it, if it can be closed.
     *
     * @param all the cases that a file may answer, if it is one
     */
    Implementation open(Optional<Corpus> all) {
        if (answers == null) {
            if (format != null || requests != null || !conventions.isEmpty()) {
                throw new Refusal("--format, --conventions and --requests are for --answers");
            }
            return live.open(Limits.STANDARD);
        }
        if (live.isGiven()) {
            throw new Refusal("--answers cannot be given together with --implementation, --adapter or its limits;"
                    + " say which one is to be judged");
        }
        try {
            AnswersFile.Told told =
                    new AnswersFile.Told(Optional.ofNullable(format), declared(), Optional.ofNullable(requests));
            return AnswersFile.read(answers, told, Catalogue.operations(), all.orElseThrow());
        } catch (Unusable unusable) {
            throw new Refusal(Exit.UNUSABLE, "--answers: " + unusable.getMessage());
        }
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

    /** The options that choose the same one again, for a shell. */
    String options() {
        if (answers == null) {
            return live.options();
        }
        List<String> options = new ArrayList<>();
        options.add("--answers " + Live.quoted(answers.toString()));
        options.addAll(requests == null ? List.of() : List.of("--requests " + Live.quoted(requests.toString())));
        options.addAll(format == null ? List.of() : List.of("--format " + format));
        options.addAll(conventions.isEmpty() ? List.of() : List.of("--conventions " + String.join(",", conventions)));
        return String.join(" ", options);
    }
}
