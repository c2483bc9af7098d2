package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLogTest {
    /** Answers one case each rightly, with NaN, in a wrong shape, with a crash, with a refusal, and in a wrong way. */
    private static final Implementation ERRATIC = Steps.answering(Map.of(), (operation, inputs) -> {
        Outputs right = ((Reply.Answered) Steps.answered(operation.definition(), inputs)).outputs();
        int which = List.of(0.875, 0.75).indexOf(inputs.scalar("alpha"))
                + (inputs.convention("rate").equals("outside") ? 2 : inputs.scalar("epsilon") == 0.5 ? 4 : 0);
        return switch (which) {
            case 0 -> new Reply.Answered(right);
            case 1 ->
                new Reply.Answered(
                        Steps.map(right, x -> x > 0 ? Double.NaN : Double.NEGATIVE_INFINITY),
                        Outputs.of("\"零\"\n", Array.scalar(1)));
            case 2 -> new Reply.Answered(Outputs.of("v", right.array("v")));
            case 3 -> throw new IllegalStateException("a \"quoted\" line\nand another, 零");
            case 4 -> new Reply.Declined("why not");
            default -> Steps.answered(Steps.DAMPS.wrong(), inputs);
        };
    });

    @TempDir
    Path folder;

    private Run write(Path path) throws IOException {
        try (RunLog log = RunLog.create(path)) {
            return Steps.run(ERRATIC, log);
        }
    }

    @Test
    void a_run_reads_back_as_it_was() throws IOException {
        Path path = folder.resolve("deep/run.jsonl");
        Run run = write(path);
        assertEquals(run, RunLog.read(path));
        Verdict.Differs differs = assertInstanceOf(
                Verdict.Differs.class, run.operations().get(0).cases().get(1).verdict());
        assertTrue(differs.divergence().startsWith("v[0,0] (step 1) is NaN"), differs::toString);
        assertEquals(List.of("unknown intermediates were not compared: \"零\"\n; there are none"), differs.notes());
        assertEquals(1 + 6 + 1 + 1, Files.readAllLines(path).size());
    }

    @Test
    void every_case_is_on_disk_before_the_next_is_asked() throws IOException {
        Path path = folder.resolve("run.jsonl");
        try (RunLog log = RunLog.create(path)) {
            Steps.run(ERRATIC, log.and(new Progress() {
                @Override
                public void judged(CaseResult result) {
                    try {
                        assertTrue(Files.readString(path).endsWith(LogLine.of(result) + "\n"));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            }));
        }
    }

    @Test
    void a_log_cut_off_anywhere_is_incomplete() throws IOException {
        Path path = folder.resolve("run.jsonl");
        write(path);
        byte[] all = Files.readAllBytes(path);
        for (int length = 0; length < all.length - 1; length += 7) {
            Files.write(path, Arrays.copyOf(all, length));
            RunLog.Incomplete incomplete = assertThrows(RunLog.Incomplete.class, () -> RunLog.read(path));
            assertTrue(incomplete.toString().contains("is incomplete: it has no footer"), incomplete.toString());
        }
        Files.write(path, all);
        List<String> lines = Files.readAllLines(path);
        Files.write(path, lines.subList(0, 4));
        RunLog.Incomplete incomplete = assertThrows(RunLog.Incomplete.class, () -> RunLog.read(path));
        assertEquals(3, incomplete.results().size());
        assertTrue(incomplete.toString().contains("after case optimization.momentum/outside-001 (3 in all)"));
    }

    @Test
    void a_log_cut_off_anywhere_is_resumed_to_the_same_bytes() throws IOException {
        Path path = folder.resolve("run.jsonl");
        Run run = write(path);
        byte[] all = Files.readAllBytes(path);
        for (int length = 0; length <= all.length; length += 1 + all.length / 16) {
            Files.write(path, Arrays.copyOf(all, length));
            try (RunLog log = RunLog.resume(path)) {
                Run again = new Examiner(ERRATIC, log)
                        .examine(List.of(Steps.MOMENTUM), operation -> Steps.CASES, "abc123", log.known(), Map.of());
                assertEquals(run, again);
            }
            assertArrayEquals(all, Files.readAllBytes(path));
        }
        Files.write(path, all);
        try (RunLog log = RunLog.resume(path)) {
            assertEquals(run.operations(), log.known());
            UncheckedIOException other =
                    assertThrows(UncheckedIOException.class, () -> log.begins(Map.of("implementation", "b"), 1));
            assertTrue(other.toString().contains("is of another run"), other.toString());
        }
    }

    @Test
    void a_line_that_is_not_as_written_is_refused_by_number() throws IOException {
        Path path = folder.resolve("run.jsonl");
        write(path);
        List<String> lines = Files.readAllLines(path);
        refuses(path, lines, 1, lines.get(1).replace("\"ulp\"", "\"ulps\""), "line 2: ulp is missing");
        refuses(path, lines, 1, lines.get(1).replace("\"line\"", "\"x\":1,\"line\""), "line 2: unknown field x");
        refuses(path, lines, 1, lines.get(1).replace("agrees", "agreed"), "line 2: unknown verdict agreed");
        refuses(path, lines, 1, "garbage", "line 2: no JSON object");
        refuses(path, lines, 2, lines.get(1), "line 3: case optimization.momentum/inside-001 comes twice");
        refuses(path, lines, 0, lines.get(1), "line 1: the header comes first");
        refuses(
                path,
                lines,
                8,
                lines.get(8).replace("\"cases\":6", "\"cases\":7"),
                "line 9: the footer counts otherwise");
    }

    private static void refuses(Path path, List<String> lines, int at, String line, String why) throws IOException {
        List<String> changed = new ArrayList<>(lines);
        changed.set(at, line);
        Files.write(path, changed);
        IOException refusal = assertThrows(IOException.class, () -> RunLog.read(path));
        assertTrue(refusal.toString().contains(why), refusal.toString());
    }

    @Test
    void a_path_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        for (Path path : List.of(folder, file.resolve("run.jsonl"))) {
            IOException refusal = assertThrows(IOException.class, () -> RunLog.create(path));
            assertTrue(refusal.toString().contains("cannot write the run log " + path), refusal.toString());
            assertTrue(refusal.toString().endsWith("choose another path, or make it writable"), refusal.toString());
        }
    }
}
