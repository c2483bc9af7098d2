package org.goldgrad.golden.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Examiner;
import org.goldgrad.golden.judge.Fields;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Progress;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reference;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Java implementation behind a pipe is judged as it is in this JVM, and keeps to the protocol whatever it does. */
@Timeout(60)
final class ServerTest {
    private static final Reply DECLINED = new Reply.Declined("not on a \"Sunday\"");

    private static Adapter start(String vice) throws Unusable {
        String line =
                Served.command(vice).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        return Adapter.start(line, Limits.STANDARD, Catalogue.operations());
    }

    private static Run examine(Adapter adapter, String... chapters) {
        return new Examiner(adapter, new Progress() {})
                .examine(of(chapters), operation -> Faulty.CORPUS.cases(operation.id()), Faulty.CORPUS.hash());
    }

    private static List<Operation> of(String... chapters) {
        return Catalogue.operations().stream()
                .filter(operation -> List.of(chapters).contains(operation.chapter()))
                .toList();
    }

    @Test
    void the_reference_in_a_jvm_of_its_own_agrees_with_every_case() throws Unusable {
        try (Adapter adapter = start("honest")) {
            Run run = examine(adapter, "recurrent", "optimization");
            assertEquals(
                    of("recurrent", "optimization").size(), run.operations().size());
            for (OperationResult result : run.operations()) {
                assertEquals(Faulty.CORPUS.cases(result.operation()).size(), result.agrees(), result.operation());
            }
            assertEquals(List.of(), adapter.notes());
            assertEquals("served 1, Java " + Runtime.version().feature() + ", cpu", adapter.version());
        }
    }

    @Test
    void what_a_library_prints_does_not_reach_the_pipe() throws Unusable {
        try (Adapter adapter = start("talkative")) {
            OperationResult result = new Examiner(adapter, new Progress() {}).examine(Faulty.MOMENTUM, Faulty.CASES);
            assertEquals(16, result.agrees());
            assertEquals(List.of(), adapter.notes());
        }
    }

    @Test
    void what_it_throws_costs_the_question_and_no_other() throws Unusable {
        try (Adapter adapter = start("throwing")) {
            OperationResult result = new Examiner(adapter, new Progress() {}).examine(Faulty.MOMENTUM, Faulty.CASES);
            assertEquals(11, result.agrees());
            List<String> reasons = result.cases().stream()
                    .map(CaseResult::verdict)
                    .filter(Verdict.Crashed.class::isInstance)
                    .map(verdict -> ((Verdict.Crashed) verdict).reason())
                    .toList();
            assertEquals(5, reasons.size());
            String reason = reasons.get(0);
            assertTrue(reason.startsWith("«IllegalStateException: a third»; its trace ends: "), reason);
            String end =
                    ".* ⏎ at org\\.goldgrad\\.golden\\.adapter\\.Served\\.lambda.*\\) ⏎ java\\.lang\\.ArithmeticException: 1 / 0»";
            assertTrue(reason.matches(end), reason);
        }
    }

    /** What is answered to these lines. */
    private static List<String> answers(Served served, String... lines) throws IOException, Fields.Malformed {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] in = String.join("\n", lines).getBytes(UTF_8);
        try {
            Server.serve(served, Catalogue.operations(), "cpu", "Java", new ByteArrayInputStream(in), out);
        } finally {
            assertTrue(out.size() == 0 || out.toString(UTF_8).endsWith("}\n"), out.toString(UTF_8));
        }
        List<String> answers = out.toString(UTF_8).lines().toList();
        answers.forEach(ProtocolSchemaTest::valid);
        return answers;
    }

    private static String question(int seq) {
        return Requests.line(
                seq,
                Faulty.MOMENTUM,
                Faulty.CASES.get(0).id(),
                Faulty.CASES.get(0).inputs());
    }

    private static Served reference() {
        return Served.answering(new Reference()::answer);
    }

    @Test
    void hello_is_what_goldgrad_reads() throws Exception {
        Served stubborn = new Served(Map.of("rate", "outside"), new Reference()::answer);
        Hello hello = Hello.read(Fields.parse(answers(stubborn, Message.hello()).get(0)), Catalogue.operations());
        assertEquals(Hello.of(stubborn, Catalogue.operations(), "cpu", "Java"), hello);
        Map<String, String> outside = Map.of("rate", "outside");
        assertEquals(Map.of("optimization.momentum", outside, "optimization.rmsprop", outside), hello.conventions());
        assertEquals(Catalogue.operations().stream().map(Operation::id).toList(), hello.operations());
    }

    @Test
    void exported_questions_are_answered_one_by_one() throws Exception {
        List<String> requests = Requests.lines(List.of(Faulty.MOMENTUM), operation -> Faulty.CASES);
        List<String> answers = answers(reference(), requests.toArray(String[]::new));
        assertEquals(1 + 16, answers.size());
        for (int i = 0; i < 16; i++) {
            Fields answer = Fields.parse(answers.get(1 + i));
            assertEquals(1 + i, answer.integer("seq"));
            GoldenCase golden = Faulty.CASES.get(i);
            Reply reply = Answers.read(answer, reference().format());
            assertEquals(new Reference().answer(Faulty.MOMENTUM, golden.inputs()), reply);
        }
    }

    @Test
    void the_conversation_ends_with_stop_and_with_the_input() throws Exception {
        assertEquals(
                1,
                answers(reference(), Message.hello(), Message.stop(), question(1))
                        .size());
        assertEquals(2, answers(reference(), Message.hello(), "", question(1)).size());
        assertEquals(0, answers(reference()).size());
        Process process = new ProcessBuilder(Served.command("honest")).start();
        process.getOutputStream().close();
        assertEquals(0, process.waitFor());
    }

    @Test
    void an_answer_has_what_is_wanted_in_this_order_and_no_more() throws Exception {
        String both = question(1);
        String swapped = both.replace("\"want\":[\"v\",\"theta\"]", "\"want\":[\"theta\",\"v\"]");
        String one = both.replace("\"want\":[\"v\",\"theta\"]", "\"want\":[\"theta\"]");
        String none = both.replace("\"want\":[\"v\",\"theta\"]", "\"want\":[\"velocity\"]");
        List<String> answers = answers(reference(), swapped, one, none);
        assertTrue(answers.get(0).startsWith("{\"seq\":1,\"outputs\":{\"theta\":"), answers.get(0));
        assertTrue(answers.get(0).contains(",\"v\":"), answers.get(0));
        assertTrue(answers.get(1).startsWith("{\"seq\":1,\"outputs\":{\"theta\":"), answers.get(1));
        assertTrue(!answers.get(1).contains("\"v\""), answers.get(1));
        assertTrue(answers.get(2).contains("\"message\":\"no velocity among ["), answers.get(2));
    }

    @Test
    void what_it_declines_is_unsupported() throws Exception {
        assertEquals(
                List.of("{\"seq\":7,\"unsupported\":\"not on a \\\"Sunday\\\"\"}"),
                answers(Served.answering((operation, inputs) -> DECLINED), question(7)));
        assertEquals(
                List.of("{\"seq\":7,\"unsupported\":\"served has no operation optimization.lion\"}"),
                answers(reference(), question(7).replace("optimization.momentum\"", "optimization.lion\"")));
    }

    @Test
    void a_convention_that_is_declared_is_the_only_one_that_is_answered() throws Exception {
        Served stubborn = new Served(Map.of("rate", "outside"), new Reference()::answer);
        String inside = question(1);
        assertTrue(inside.contains("\"rate\":\"inside\""), inside);
        List<String> answers = answers(stubborn, inside, inside.replace("\"inside\"", "\"outside\""));
        assertEquals("{\"seq\":1,\"unsupported\":\"served always has rate=outside, not inside\"}", answers.get(0));
        assertTrue(answers.get(1).startsWith("{\"seq\":1,\"outputs\":{"), answers.get(1));
    }

    @Test
    void an_error_of_java_is_an_answer_unless_the_virtual_machine_ends() throws Exception {
        Served asserting = Served.answering((operation, inputs) -> {
            throw new AssertionError();
        });
        assertTrue(answers(asserting, question(1))
                .get(0)
                .startsWith("{\"seq\":1,\"error\":{\"kind\":\"AssertionError\",\"message\":\"null\",\"trace\":\"at "));
        Served deep = Served.answering(ServerTest::forever);
        assertTrue(
                answers(deep, question(1)).get(0).startsWith("{\"seq\":1,\"error\":{\"kind\":\"StackOverflowError\""));
        Served full = Served.answering((operation, inputs) -> {
            throw new OutOfMemoryError("full");
        });
        assertThrows(OutOfMemoryError.class, () -> answers(full, question(1)));
    }

    private static Reply forever(Operation operation, Inputs inputs) {
        return operation.id().isEmpty() ? DECLINED : forever(operation, inputs.with("again", 1));
    }

    @Test
    void the_echo_is_bitwise() throws Exception {
        Map<String, Array> numbers = Map.of("x", Array.vector(-0.0, Double.MIN_VALUE, 0.1, Double.MAX_VALUE));
        String echoed = answers(reference(), Message.echo(3, numbers)).get(0);
        assertEquals("{\"seq\":3,\"tensors\":" + Tensors.of(numbers) + "}", echoed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage | line 2: no JSON object",
                "[] | line 2: an object is due",
                "{} | line 2: hello, echo, run or stop is missing",
                "{\"hello\":{\"protocol\":2}} | line 2: Goldgrad speaks protocol 2, this adapter speaks 1",
                "{\"hello\":{\"protocol\":1,\"name\":\"x\"}} | line 2: unknown field name",
                "{\"stop\":{},\"seq\":1} | line 2: unknown field seq",
                "{\"stop\":{\"now\":true}} | line 2: unknown field now",
                "{\"echo\":{\"seq\":1}} | line 2: tensors is missing",
                "{\"echo\":{\"seq\":1,\"tensors\":{\"x\":{\"shape\":[],\"bits\":[\"3ff\"]}}}} | tensors.x: a double is 16",
                "{\"run\":{\"seq\":\"1\"}} | line 2: seq must be an integer",
                "{\"run\":{\"seq\":1,\"operation\":\"a\",\"conventions\":{},\"integers\":{},\"inputs\":{}}} | want is missing",
            })
    void a_line_that_is_not_in_the_protocol_ends_it_with_the_number(String line, String words) {
        Fields.Malformed malformed =
                assertThrows(Fields.Malformed.class, () -> answers(reference(), Message.hello(), line));
        String message = String.valueOf(malformed.getMessage());
        assertTrue(message.contains(words), message);
    }

    @Test
    void a_broken_conversation_is_a_line_in_the_log_and_an_exit_code() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Served.command("honest"));
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which the JVM tells in the log
        Process process = builder.start();
        process.getOutputStream().write((Message.hello() + "\n{\"run\":\n").getBytes(UTF_8));
        process.getOutputStream().close();
        assertEquals(1, process.waitFor());
        String log = new String(process.getErrorStream().readAllBytes(), UTF_8);
        assertTrue(log.startsWith("served: line 2: no JSON object: "), log);
        assertEquals(1, log.lines().count(), log);
        assertEquals(
                1,
                new String(process.getInputStream().readAllBytes(), UTF_8)
                        .lines()
                        .count());
    }

    @Test
    void bytes_that_are_no_text_end_it_too() {
        byte[] half = {'{', '"', (byte) 0xe2};
        Fields.Malformed malformed = assertThrows(
                Fields.Malformed.class,
                () -> Server.serve(
                        reference(),
                        Catalogue.operations(),
                        "cpu",
                        "Java",
                        new ByteArrayInputStream(half),
                        new ByteArrayOutputStream()));
        assertTrue(String.valueOf(malformed.getMessage()).contains("not UTF-8"));
    }
}
