package org.goldgrad.golden.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.Program;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intermediates on their way from an adapter, live or in a file, to the verdict. */
@Timeout(180)
final class IntermediatesTest {
    private static final Operation LSTM = Catalogue.operation("recurrent.lstm");
    private static final List<GoldenCase> CASES = Faulty.CORPUS.cases(LSTM.id());
    private static final String FORGETFUL = "/usr/bin/env python3 '"
            + Path.of("src/test/adapters/forgetful.py").toAbsolutePath() + "' '"
            + Path.of("adapters/python").toAbsolutePath() + "' ";

    @TempDir
    private Path folder;

    private static Adapter start(String command) throws Unusable {
        return Adapter.start(command, Limits.STANDARD, Catalogue.operations());
    }

    private static int steps(GoldenCase golden) {
        return golden.inputs().array("x").size(0);
    }

    /** What forgets in step 3 is right about shorter sequences. */
    @Test
    void a_live_layer_that_forgets_too_much_is_told_the_gate_and_the_step() throws Unusable {
        Faulty.requirePython();
        try (Adapter adapter = start(FORGETFUL + 3)) {
            OperationResult result = new Examiner(adapter, new Progress() {}).examine(LSTM, CASES);
            assertEquals(CASES.size(), result.cases().size());
            assertEquals(CASES.stream().filter(golden -> steps(golden) < 3).count(), result.agrees());
            for (CaseResult one : result.cases()) {
                if (one.verdict() instanceof Verdict.Differs differs) {
                    assertTrue(differs.divergence().matches("f\\[2,.,.] \\(time step 3\\) is .*"), differs::divergence);
                    assertEquals(List.of(), differs.notes());
                }
            }
            assertTrue(result.differs() >= 8, result::toString);
        }
    }

    /**
     * Where one output alone is wrong, by our hand, nothing before it may be called wrong: so all intermediates of both
     * textbooks are within their budgets.
     */
    @ParameterizedTest
    @CsvSource({
        "python3 adapters/python/textbook_adapter.py, recurrent.lstm, c",
        "python3 adapters/python/textbook_adapter.py, recurrent.lstm.gradient, db",
        "python3 adapters/python/textbook_adapter.py, recurrent.lstm.columns, c",
        "python3 adapters/python/textbook_adapter.py, recurrent.lstm.stacked.gradient, dB",
        "python3 adapters/python/textbook_adapter.py, recurrent.gru, h",
        "python3 adapters/python/textbook_adapter.py, recurrent.gru.gradient, db",
        "python3 adapters/python/textbook_adapter.py, recurrent.regression.gradient, db",
        "python3 adapters/python/textbook_adapter.py, recurrent.residual.gradient, db",
        "python3 adapters/python/textbook_adapter.py, recurrent.truncated.gradient, db",
        "python3 adapters/python/textbook_adapter.py, recurrent.low_rank.gradient, db",
        "python3 adapters/python/textbook_adapter.py, recurrent.bidirectional.regression.gradient, dUf",
        "python3 adapters/python/textbook_adapter.py, recurrent.classifier.gradient, db",
        "python3 adapters/python/textbook_adapter.py, optimization.adam, theta",
        "python3 adapters/python/textbook_adapter.py, normalization.layer_norm, y",
        "node adapters/javascript/textbook_adapter.mjs, recurrent.lstm, c",
        "node adapters/javascript/textbook_adapter.mjs, recurrent.lstm.gradient, db",
        "node adapters/javascript/textbook_adapter.mjs, optimization.adam, theta",
        "node adapters/javascript/textbook_adapter.mjs, normalization.layer_norm, y",
    })
    void what_the_textbooks_tell_is_right(String command, String id, String last) throws Unusable {
        Program.require(command.substring(0, command.indexOf(' ')));
        Operation operation = Catalogue.operation(id);
        try (Adapter adapter = start("/usr/bin/env " + command)) {
            for (GoldenCase golden : someOf(id)) {
                Reply.Answered answer =
                        assertInstanceOf(Reply.Answered.class, adapter.answer(operation, golden.inputs()));
                assertTrue(
                        golden.intermediates()
                                .arrays()
                                .keySet()
                                .containsAll(answer.intermediates().arrays().keySet()),
                        answer::toString);
                assertEquals(
                        golden.intermediates().arrays().isEmpty(),
                        answer.intermediates().arrays().isEmpty(),
                        golden.id());
                Array spoilt = answer.outputs().array(last);
                int end = spoilt.size() - 1;
                Outputs outputs = answer.outputs().and(last, spoilt.with(end, 1e9));
                Reply reply = new Reply.Answered(outputs, answer.intermediates());
                Verdict.Differs differs =
                        assertInstanceOf(Verdict.Differs.class, Judge.judge(operation, golden, reply, Format.BINARY64));
                assertTrue(
                        differs.divergence().startsWith(last + spoilt.index(end)),
                        () -> golden.id() + ": " + differs.divergence());
                assertEquals(List.of(), differs.notes());
            }
        }
    }

    /** All cases, but of the widest, whose budgets take a second each, only one. */
    private static List<GoldenCase> someOf(String id) {
        List<GoldenCase> cases = new ArrayList<>(Faulty.CORPUS.cases(id));
        List<GoldenCase> wide = cases.stream()
                .filter(golden -> golden.intermediates().arrays().values().stream()
                                .mapToInt(Array::size)
                                .sum()
                        > 1000)
                .toList();
        cases.removeAll(wide.subList(Math.min(1, wide.size()), wide.size()));
        return cases;
    }

    private Verdict answered(GoldenCase golden, UnaryOperator<Outputs> intermediates) throws Exception {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("case", golden.id());
        Outputs outputs = Outputs.of("h", golden.expected().array("h").map(x -> (float) x + 1f))
                .and("c", golden.expected().array("c").map(x -> (float) x));
        line.set("outputs", Tensors.of(outputs.arrays()));
        line.set(
                "intermediates",
                Tensors.of(intermediates.apply(golden.intermediates()).arrays()));
        Path path = Files.writeString(folder.resolve("answers.jsonl"), line + "\n");
        AnswersFile answers = AnswersFile.read(
                path,
                new AnswersFile.Told(Optional.of("binary32"), Map.of(), Optional.empty()),
                Catalogue.operations(),
                Faulty.CORPUS);
        return new Examiner(answers, new Progress() {})
                .examine(LSTM, List.of(golden))
                .cases()
                .get(0)
                .verdict();
    }

    /** Outputs must be numbers of the format; what adds up on the way may be wider. */
    @Test
    void a_file_tells_as_much() throws Exception {
        GoldenCase golden = CASES.stream()
                .filter(one ->
                        steps(one) > 2 && Judge.unaskable(one, Format.BINARY32).isEmpty())
                .findFirst()
                .orElseThrow();
        List<String> phrases = new ArrayList<>();
        List<UnaryOperator<Outputs>> changes = List.of(
                right -> right,
                right -> right.and("o", right.array("o").with(0, Double.NaN)),
                right -> right.and("o", Array.scalar(0.5)));
        for (UnaryOperator<Outputs> change : changes) {
            Verdict verdict = answered(golden, change);
            Verdict.Differs differs = assertInstanceOf(Verdict.Differs.class, verdict);
            phrases.add(differs.divergence().replaceFirst(" is .*", "")
                    + differs.notes().stream()
                            .map(note -> "; " + note)
                            .findFirst()
                            .orElse(""));
        }
        String shape = steps(golden) + "×" + golden.inputs().array("h0").size(0) + "×"
                + golden.inputs().array("h0").size(1);
        assertEquals(
                List.of(
                        "h[0,0,0] (time step 1)",
                        "o[0,0,0] (time step 1)",
                        "h[0,0,0] (time step 1); intermediate o was not compared: it must be " + shape
                                + ", got scalar"),
                phrases);
    }
}
