package org.goldgrad.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.goldgrad.golden.adapter.Adapter;
import org.goldgrad.golden.adapter.Limits;
import org.goldgrad.golden.adapter.Unusable;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The adapter in a JVM of its own, over two golden cases of every operation under every convention. */
@Timeout(60)
final class LibtorchAdapterTest {
    /** How many operations it answered when this was written. */
    private static final int CONNECTED = 61;

    /** Adagrad takes the first group's initial value for all; golden/findings/libtorch.md. */
    private static final Set<String> WRONG = Set.of("optimization.adagrad");

    /** Norms are roots of sums of squares, which floats cannot hold; in golden/findings/libtorch.md, too. */
    private static final Set<String> WRONG_IN_FLOATS = Set.of(
            "optimization.adagrad",
            "optimization.clip_by_norm",
            "optimization.clip_by_norm.gradient",
            "optimization.project_to_ball",
            "optimization.project_to_sphere");

    /** Tests run in the module's folder. */
    private static final Corpus CORPUS = Corpus.load(Path.of("..", "..", "vectors"), Catalogue.operations());

    private static List<GoldenCase> cases(Operation operation) {
        return CORPUS.cases(operation.id()).stream()
                .collect(Collectors.groupingBy(golden -> golden.inputs().conventions()))
                .values()
                .stream()
                .flatMap(same -> same.stream().limit(2))
                .toList();
    }

    private static Run examine(String... options) throws Unusable {
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LibtorchAdapter.class.getName());
        String command = Stream.concat(java, Stream.of(options))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(" "));
        try (Adapter adapter = Adapter.start(command, Limits.STANDARD, Catalogue.operations())) {
            Run run = new Examiner(adapter, new Progress() {})
                    .examine(Catalogue.operations(), LibtorchAdapterTest::cases, CORPUS.hash());
            assertEquals(List.of(), adapter.notes());
            return run;
        }
    }

    private static Set<String> wrong(Run run) {
        return run.operations().stream()
                .filter(result -> result.differs() + result.crashed() > 0)
                .map(OperationResult::operation)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Test
    void is_wrong_where_its_findings_say_in_binary64() throws Unusable {
        Run run = examine("--dtype", "binary64");
        assertEquals("binary64", run.header().get("format"));
        assertEquals(WRONG, wrong(run));
        long answered =
                run.operations().stream().filter(result -> result.agrees() > 0).count();
        assertTrue(answered >= CONNECTED, "only " + answered + " operations agree anywhere");
    }

    @Test
    void is_wrong_only_where_its_findings_say_in_binary32() throws Unusable {
        Run run = examine("--dtype", "binary32");
        assertEquals("binary32", run.header().get("format"));
        assertTrue(WRONG_IN_FLOATS.containsAll(wrong(run)), () -> "wrong in " + wrong(run));
    }

    @Test
    void what_libtorch_does_not_have_in_a_small_format_is_declined() throws Unusable {
        Run run = examine("--dtype", "bfloat16");
        assertTrue(WRONG_IN_FLOATS.containsAll(wrong(run)), () -> "wrong in " + wrong(run));
        assertTrue(run.operations().stream().mapToInt(OperationResult::agrees).sum() > 0);
    }
}
