package org.goldgrad.golden.judge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as lines of JSON, each on disk before the next case is asked: a header, the cases of each operation and what is
 * known of it, and a footer with counts. A log without its footer is incomplete, and never read as if it were complete.
 */
public final class RunLog implements Progress, AutoCloseable {
    private final Path path;
    private final Writer writer;
    private final Reading before;

    private RunLog(Path path, Writer writer, Reading before) {
        this.path = path;
        this.writer = writer;
        this.before = before;
    }

    /**
     * Begins a log, replacing what is there.
     *
     * @throws IOException naming the path, if it cannot be written
     */
    public static RunLog create(Path path) throws IOException {
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            return new RunLog(path, Files.newBufferedWriter(path, StandardCharsets.UTF_8), new Reading());
        } catch (IOException impossible) {
            throw unwritable(path, impossible);
        }
    }

    /**
     * Goes on with the log of a run that was interrupted: keeps the operations that are complete in it, forgets the cases
     * of one that is not (its diagnosis needs their answers, which no log holds), and begins a log where there is none.
     *
     * @throws IOException naming the path, if it cannot be read or written, or holds anything but a run log
     */
    public static RunLog resume(Path path) throws IOException {
        if (!Files.exists(path)) {
            return create(path);
        }
        Reading before = Reading.of(path);
        if (before.header.isEmpty()) {
            return create(path);
        }
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
            file.truncate(before.kept);
        } catch (IOException impossible) {
            throw unwritable(path, impossible);
        }
        Writer writer = Files.newBufferedWriter(path, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        return new RunLog(path, writer, before);
    }

    /** What the log held of operations that are complete, before this run. */
    public List<OperationResult> known() {
        return List.copyOf(before.operations);
    }

    private boolean isKnown(String operation) {
        return before.operations.stream().anyMatch(result -> result.operation().equals(operation));
    }

    private static IOException unwritable(Path path, IOException cause) {
        return new IOException(
                "cannot write the run log " + path + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "); choose another path, or make it writable",
                cause);
    }

    @Override
    public void begins(Map<String, String> header, int cases) {
        if (before.header.isEmpty()) {
            append(LogLine.header(header));
        } else if (!before.header.get().equals(header)) {
            throw new UncheckedIOException(new IOException("the run log " + path + " is of another run: it says "
                    + before.header.get() + ", not " + header + "; choose another path, or run without resuming"));
        }
    }

    @Override
    public void judged(CaseResult result) {
        if (!isKnown(result.operation())) {
            append(LogLine.of(result));
        }
    }

    @Override
    public void judged(OperationResult result) {
        if (!isKnown(result.operation())) {
            append(LogLine.of(result));
        }
    }

    @Override
    public void ends(Run run) {
        append(LogLine.footer(run));
    }

    private void append(ObjectNode line) {
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException impossible) {
            throw new UncheckedIOException(unwritable(path, impossible));
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /**
     * Reads a complete run.
     *
     * @throws Incomplete if the footer is missing, with what there is
     * @throws IOException if the file cannot be read or some line is not as written here, naming it
     */
    public static Run read(Path path) throws IOException {
        Reading reading = Reading.of(path);
        if (!reading.complete()) {
            throw new Incomplete(path, reading.all);
        }
        return new Run(reading.header.orElse(Map.of()), reading.operations);
    }

    /** Without a last line that was cut off, perhaps within a character, while it was written. */
    private static List<String> wholeLines(byte[] bytes) throws CharacterCodingException {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, 0, end))
                .toString()
                .lines()
                .toList();
    }

    /** What has been read so far. */
    private static final class Reading {
        private Optional<Map<String, String>> header = Optional.empty();
        private final List<CaseResult> all = new ArrayList<>();
        private final List<CaseResult> cases = new ArrayList<>();
        private final List<OperationResult> operations = new ArrayList<>();
        private boolean footer;
        private long length;
        private long kept;

        static Reading of(Path path) throws IOException {
            List<String> lines = wholeLines(Files.readAllBytes(path));
            Reading reading = new Reading();
            for (int i = 0; i < lines.size(); i++) {
                try {
                    reading.add(lines.get(i));
                } catch (Fields.Malformed malformed) {
                    throw new IOException(path + ", line " + (i + 1) + ": " + malformed.getMessage(), malformed);
                }
            }
            return reading;
        }

        boolean complete() {
            return footer;
        }

        void add(String json) throws Fields.Malformed {
            Fields line = Fields.parse(json);
            String kind = line.text("line");
            require(!footer, "nothing may follow the footer");
            require(header.isEmpty() == kind.equals("header"), "the header comes first, and once");
            switch (kind) {
                case "header" -> header = Optional.of(LogLine.header(line));
                case "case" -> {
                    CaseResult result = LogLine.caseResult(line);
                    require(
                            all.stream().noneMatch(other -> other.caseId().equals(result.caseId())),
                            "case " + result.caseId() + " comes twice");
                    cases.add(result);
                    all.add(result);
                }
                case "operation" -> {
                    operations.add(LogLine.operationResult(line, cases));
                    cases.clear();
                }
                case "footer" -> end(json);
                default -> throw new Fields.Malformed("unknown line " + kind);
            }
            length += json.getBytes(StandardCharsets.UTF_8).length + 1;
            kept = kind.equals("header") || kind.equals("operation") ? length : kept;
        }

        private void end(String json) throws Fields.Malformed {
            require(cases.isEmpty(), "the last operation is missing");
            ObjectNode counted = LogLine.footer(new Run(Map.of(), operations));
            require(counted.toString().equals(json), "the footer counts otherwise than the lines: " + counted);
            footer = true;
        }

        private static void require(boolean holds, String otherwise) throws Fields.Malformed {
            if (!holds) {
                throw new Fields.Malformed(otherwise);
            }
        }
    }

    /** A log whose run did not end. */
    public static final class Incomplete extends IOException {
        private static final long serialVersionUID = 1;

        private final transient List<CaseResult> results;

        Incomplete(Path path, List<CaseResult> results) {
            super("the run log " + path
                    + " is incomplete: it has no footer, so the run ended before it was done, after "
                    + (results.isEmpty()
                            ? "no case"
                            : "case " + results.get(results.size() - 1).caseId() + " (" + results.size() + " in all)")
                    + "; run it again, or resume it");
            this.results = List.copyOf(results);
        }

        /** The verdicts up to there. */
        public List<CaseResult> results() {
            return results;
        }
    }
}
