package org.goldgrad.golden.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.goldgrad.golden.judge.Verdict;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every fault of an adapter has its verdict and its evidence, touches no other case, and leaves no process behind. */
@Timeout(60)
final class FaultsTest {
    @BeforeAll
    static void python() {
        Faulty.requirePython();
    }

    private static void contains(String text, String words) {
        for (String word : words.split("\\|")) {
            assertTrue(text.contains(word), () -> "no \"" + word + "\" in: " + text);
        }
        assertEquals(1, text.lines().count(), text);
    }

    @ParameterizedTest
    @CsvSource({
        "crash, ended over it twice: it exited with code 1 before|standard error ends|ValueError: the answer is too hard",
        "flood-and-crash, it exited with code 3|flood ⏎ the last words»",
        "signal, 'it was ended by signal 9, as where memory runs out'",
        "exit-0, it exited with code 0 before it had answered",
        "children-and-exit, it exited with code 0 before it had answered",
        "child-that-answers, it exited with code 0 before it had answered",
        "hang, 'nothing was answered for 2.00 s, so it was killed|waiting for a lock'",
        "garbage, 'its answer is no JSON (|«{\"seq\":|\"outputs\":{{{»'",
        "anonymous-garbage, 'ended over it twice: it wrote a broken line|«{\"outputs\":{{{»'",
        "partial-and-exit, 'it exited with code 0|it had begun the line «{\"seq\": '",
        "partial-and-hang, 'nothing was answered for|it had begun the line «{\"seq\": '",
        "partial-line, 'its answer is no JSON|«{\"seq\": '",
        "half-character, it is not UTF-8|unsupported",
        "huge-line, it wrote a line of more than 1048576 bytes|it had begun the line «xxxx",
        "noise-flood, it wrote more than 1000 lines that nobody asked for|epoch 1: loss nan",
        "wrong-seq, 'which was not asked: «{\"seq\":'",
        "text-seq, seq must be an integer",
        "ragged, 'its answer is malformed (outputs.v: bits[2] has 5 numbers|row of the shape 5×4 has 4'",
        "short-bits, a double is 16 hexadecimal digits|3f800000",
        "vast-shape, outputs.v: bits has 5 rows",
        "number-as-nan, its answer is no JSON|NaN",
        "ragged-intermediate, 'its answer is malformed (intermediates.mhat: bits has 1 rows'",
        "extra-field, unknown field comment",
        "no-answer, 'outputs, unsupported or error is missing'",
        "error, ValueError: five is odd|its trace ends: «in line 5»",
        "memory, it exited with code 1|MemoryError",
        "closed-output, it closed its standard output",
        "wrong-dtype, 'which is no binary32 number, though that is the dtype it declares'"
    })
    void the_victim_crashes_and_the_rest_agrees(String fault, String evidence) throws Unusable {
        Faulty.Outcome outcome = Faulty.of(fault).examined();
        contains(assertInstanceOf(Verdict.Crashed.class, outcome.victim()).reason(), evidence);
        assertEquals(15, outcome.agreeing(), outcome.verdicts()::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "wrong-shape, 'v must be steps×parameters, got 4×5'",
        "nan, 'v[0,0] is NaN where a number is due, and 19 more'",
        "missing-output, theta",
        "extra-output, velocity",
    })
    void the_victim_differs_and_the_rest_agrees(String fault, String evidence) throws Unusable {
        Faulty.Outcome outcome = Faulty.of(fault).examined();
        contains(assertInstanceOf(Verdict.Differs.class, outcome.victim()).reason(), evidence);
        assertEquals(15, outcome.agreeing(), outcome.verdicts()::toString);
    }

    @Test
    void the_victim_is_declined_and_the_rest_agrees() throws Unusable {
        Faulty.Outcome outcome = Faulty.of("unsupported").examined();
        assertEquals(new Verdict.Declined("five steps"), outcome.victim());
        assertEquals(15, outcome.agreeing(), outcome.verdicts()::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "honest, ",
        "slow, ",
        "backwards, ",
        "stderr-flood, ",
        "children, ",
        "does-not-stop, ",
        "odd-intermediates, ",
        "noise, 'lines that are no answers: «loading the library...»'",
        "duplicate, 'second answers to a question, of which the first counts: «{\"seq\":1,'",
        "unknown-operation, offers operations that this version does not have: recurrent.lsmt",
    })
    void what_is_no_fault_of_an_answer_spoils_none(String fault, String note) throws Unusable {
        Faulty.Outcome outcome = Faulty.of(fault).examined();
        assertEquals(16, outcome.agreeing(), outcome.verdicts()::toString);
        if (note == null) {
            assertEquals(List.of(), outcome.notes());
        } else {
            contains(outcome.notes().get(0), note);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "crash-at-start, it exited with code 1 before it had said hello|no module named torch",
        "exit-at-start, it exited with code 0 before it had said hello",
        "hang-at-start, it did not say hello within 1.0 s",
        "garbage-at-start, 'hello is no JSON|«{\"hello\":»'",
        "flood-at-start, more than 1000 lines before hello|loading",
        "protocol-2, 'it speaks protocol 2, this Goldgrad 1'",
        "nameless, its hello is malformed: name is missing",
        "unknown-dtype, 'dtype must be one of binary64, binary32, bfloat16, binary16, not float64'",
        "unknown-choice, 'rate of optimization.momentum must be one of [inside, outside], not beside'",
        "crash-at-echo, before it had said the echo|cannot echo",
        "single-echo, 'its echo is not what it was sent: vector[4] = 0.1 came back as 0.10000000149011612'",
        "echo-without-a-tensor, 'has [vector, scalar], not [vector, scalar, cube]'",
    })
    void one_that_does_not_introduce_itself_is_unusable(String fault, String evidence) {
        Limits impatient = fault.equals("hang-at-start")
                ? new Limits(Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 20, 10, 16)
                : Faulty.LIMITS;
        Faulty faulty = Faulty.of(fault).within(impatient);
        Unusable unusable = assertThrows(Unusable.class, faulty::start);
        contains(String.valueOf(unusable.getMessage()), evidence);
        faulty.leavesNothingBehind();
    }

    @ParameterizedTest
    @ValueSource(strings = {"always", "always-wrong-seq"})
    void one_that_always_dies_is_given_up_after_ten_restarts(String fault) throws Unusable {
        Faulty.Outcome outcome = Faulty.of(fault).examined();
        List<String> reasons = outcome.run().operations().get(0).cases().stream()
                .map(result -> assertInstanceOf(Verdict.Crashed.class, result.verdict())
                        .reason())
                .toList();
        assertEquals(
                10,
                reasons.stream()
                        .filter(reason -> reason.contains("over it twice"))
                        .count(),
                reasons::toString);
        contains(reasons.get(15), "the adapter was restarted 10 times, which is the limit");
    }

    @Test
    void one_that_hears_nothing_is_killed() throws Unusable {
        Faulty.Outcome outcome = Faulty.of("deaf")
                .within(new Limits(Duration.ofMillis(500), Duration.ofSeconds(10), 1 << 20, 1, 16))
                .examined();
        assertEquals(0, outcome.agreeing());
        contains(
                assertInstanceOf(Verdict.Crashed.class, outcome.victim()).reason(), "nothing was answered for 0.500 s");
    }

    @Test
    void a_question_that_is_asked_again_is_asked_alone() throws Unusable {
        Faulty.Outcome outcome = Faulty.of("dies-in-company")
                .within(new Limits(Duration.ofSeconds(2), Duration.ofSeconds(10), 1 << 20, 1, 2))
                .examined();
        assertEquals(16, outcome.agreeing(), outcome.verdicts()::toString);
    }

    @Test
    void one_that_is_somebody_else_after_a_restart_is_not_asked_again() throws Unusable {
        Faulty.Outcome outcome = Faulty.of("fickle").examined();
        contains(
                assertInstanceOf(Verdict.Crashed.class, outcome.victim()).reason(),
                "not asked again|not the one before");
    }

    @Test
    void a_command_that_is_not_there_is_unusable() {
        for (String command : List.of("no-such-command-here --x", "/etc", "''")) {
            Unusable unusable =
                    assertThrows(Unusable.class, () -> Adapter.start(command, Faulty.LIMITS, List.of(Faulty.MOMENTUM)));
            contains(String.valueOf(unusable.getMessage()), "the adapter cannot be started");
        }
    }

    @Test
    void a_command_is_split_as_a_shell_does() throws Unusable {
        assertEquals(
                List.of("a", "b c", "d\"e", "", "f\\g", "h i", "'"),
                Words.of(" a 'b c'\t\"d\\\"e\" '' \"f\\g\" h\\ i \"'\" "));
        for (String open : List.of("a 'b", "a \"b", "a\\", " ", "")) {
            assertThrows(Unusable.class, () -> Words.of(open), open);
        }
    }
}
