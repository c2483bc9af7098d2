package org.goldgrad.libtorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter in a JVM of its own, over two golden cases of every operation under every convention. */
@Timeout(60)
final class LibtorchAdapterTest {
    /** All but regularization.dropout_expected_loss, when this was written. */
    private static final int CONNECTED = 41;

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

    @ParameterizedTest
    @ValueSource(strings = {"binary64", "binary32"})
    void agrees_with_every_case_of_an_operation_or_declines_them_all(String dtype) throws Unusable {
        Run run = examine("--dtype", dtype);
        assertEquals(dtype, run.header().get("format"));
        int agreeing = 0;
        for (OperationResult result : run.operations()) {
            int cases = result.cases().size();
            assertTrue(result.agrees() == cases || result.declined() == cases, result::toString);
            agreeing += result.agrees() == cases ? 1 : 0;
        }
        assertTrue(agreeing >= CONNECTED, "only " + agreeing + " operations agree");
    }

    @Test
    void what_libtorch_does_not_have_in_a_small_format_is_declined() throws Unusable {
        Run run = examine("--dtype", "bfloat16");
        assertTrue(run.conforms());
        assertTrue(run.operations().stream().mapToInt(OperationResult::agrees).sum() > 0);
    }
}
