package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Exposed;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.golden.vectors.Corpus;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The first divergence, on a layer of one unit whose outputs show a wrong forget gate one step too late. */
class DivergenceTest {
    private static final Corpus CORPUS = Corpus.load(Path.of("vectors"), Catalogue.operations());
    private static final Operation LSTM = Catalogue.operation("recurrent.lstm");
    private static final Operation GRADIENT = Catalogue.operation("recurrent.lstm.gradient");

    /** The cell state is above 30, where tanh is 1 whatever is forgotten, until x_5 = −3 forgets nearly everything. */
    private static final GoldenCase SATURATED = Steps.golden(
            LSTM.id(),
            LSTM.definition(),
            "saturated",
            Inputs.empty()
                    .with("x", Array.of(new int[] {6, 1, 1}, 4, 8, 6, 8, -3, 2))
                    .with("h0", Array.of(new int[] {1, 1}, 0.25))
                    .with("c0", Array.of(new int[] {1, 1}, 64))
                    .with("U", Array.of(new int[] {1, 4, 1}, 0.25, 1, -0.5, 0.125))
                    .with("W", Array.of(new int[] {1, 4, 1}, 0.5, -0.25, 0.75, 1))
                    .with("b", Array.of(new int[] {4, 1}, -0.5, 0.25, 0.125, 1))
                    .withConvention("gate_order", "ifgo"));

    static List<Operation> operationsWithIntermediates() {
        return Catalogue.operations().stream()
                .filter(operation -> !operation.signature().intermediates().isEmpty())
                .toList();
    }

    /** A layer that forgets a quarter too much in some steps, counted from 1. */
    private record Forgetful(int from, int to) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> h = q.tensor("h0");
            Tensor<R> c = q.tensor("c0");
            Map<String, List<Tensor<R>>> parts = new LinkedHashMap<>();
            int t = 0;
            for (Tensor<R> x : q.tensor("x").slices()) {
                t++;
                Answer<R> step = Lstm.LAYER.of(
                        q.with("x", Tensor.stack(List.of(x))).with("h0", h).with("c0", c));
                Tensor<R> f =
                        step.intermediate("f").slice(0).times(q.arithmetic().of(t < from || t > to ? 1 : 0.75));
                Lstm.State<R> state = Lstm.step(
                        new Lstm.Gates<>(
                                step.intermediate("i").slice(0),
                                f,
                                step.intermediate("g").slice(0),
                                step.intermediate("o").slice(0)),
                        new Lstm.State<>(h, c));
                h = state.h();
                c = state.c();
                for (String gate : List.of("i", "g", "o")) {
                    add(parts, gate, step.intermediate(gate).slice(0));
                }
                add(parts, "f", f);
                add(parts, "C", c);
                add(parts, "h", h);
            }
            Answer<R> answer = Answer.of("h", Tensor.stack(parts.getOrDefault("h", List.of())))
                    .and("c", c);
            for (String name : List.of("i", "f", "g", "o", "C")) {
                answer = answer.through(name, Tensor.stack(parts.getOrDefault(name, List.of())));
            }
            return answer;
        }

        private static <T> void add(Map<String, List<T>> parts, String name, T part) {
            parts.computeIfAbsent(name, unused -> new ArrayList<>()).add(part);
        }
    }

    private static Reply.Answered answer(Definition definition, GoldenCase golden) {
        Answer<Binary64> answer = definition.of(golden.inputs().in(Binary64.ARITHMETIC));
        return new Reply.Answered(answer.nearest(), new Answer<>(answer.intermediates(), Map.of()).nearest());
    }

    private static Verdict.Differs differs(Operation operation, GoldenCase golden, Reply reply) {
        return assertInstanceOf(Verdict.Differs.class, Judge.judge(operation, golden, reply, Format.BINARY64));
    }

    private static Verdict.Differs differs(Reply reply) {
        return differs(LSTM, SATURATED, reply);
    }

    private static String phrase(String name, String where, Array is, Array due, int position) {
        return name + due.index(position) + where + " is " + is.at(position) + ", should be " + due.at(position);
    }

    private static Outputs without(Outputs all, String... names) {
        Map<String, Array> rest = new LinkedHashMap<>(all.arrays());
        rest.keySet().removeAll(List.of(names));
        return new Outputs(rest);
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 3})
    void a_wrong_gate_is_named_with_its_step_although_the_outputs_show_it_later(int to) {
        Reply.Answered answer = answer(new Forgetful(3, to), SATURATED);
        Array f = SATURATED.intermediates().array("f");
        Verdict.Differs told = differs(answer);
        assertEquals(phrase("f", " (time step 3)", answer.intermediates().array("f"), f, 2), told.divergence());
        assertEquals(List.of(), told.notes());
        Verdict.Differs untold = differs(new Reply.Answered(answer.outputs()));
        assertTrue(untold.divergence().startsWith("h[4,0,0] (time step 5) is "), untold::divergence);
        assertEquals(untold.reason(), told.reason());
        assertEquals(untold.precision(), told.precision());
    }

    @Test
    void whatever_is_told_helps() {
        Reply.Answered answer = answer(new Forgetful(3, 6), SATURATED);
        Outputs fewer = without(answer.intermediates(), "f", "i");
        Array C = SATURATED.intermediates().array("C");
        assertEquals(
                phrase("C", " (time step 3)", fewer.array("C"), C, 2),
                differs(new Reply.Answered(answer.outputs(), fewer)).divergence());
    }

    @Test
    void an_intermediate_is_wrong_from_its_own_budget_on() {
        Array f = SATURATED.intermediates().array("f");
        ErrorBudget budget = ErrorBudget.curved(new Exposed(LSTM.definition(), List.of("f")), SATURATED.inputs());
        double allowed = budget.allowed("f", 1, Format.BINARY64) + Math.ulp(f.at(1)) / 2;
        Outputs wrong = answer(new Forgetful(3, 6), SATURATED).outputs();
        for (double times : new double[] {0.9, -0.9, 1.1, -1.1}) {
            Array off = f.with(1, f.at(1) + times * allowed);
            String first =
                    differs(new Reply.Answered(wrong, Outputs.of("f", off))).divergence();
            assertTrue(first.startsWith(Math.abs(times) < 1 ? "h[4,0,0]" : "f[1,0,0] (time step 2)"), first);
        }
    }

    @Test
    void an_agreeing_answer_may_have_other_intermediates() {
        Outputs nonsense = Outputs.of("f", Array.scalar(7)).and("z", Array.scalar(7));
        Outputs wrong = Outputs.of("f", SATURATED.intermediates().array("f").map(x -> Double.NaN));
        Verdict silent = Judge.judge(LSTM, SATURATED, new Reply.Answered(SATURATED.expected()), Format.BINARY64);
        for (Outputs intermediates : List.of(nonsense, wrong)) {
            Reply reply = new Reply.Answered(SATURATED.expected(), intermediates);
            assertEquals(silent, Judge.judge(LSTM, SATURATED, reply, Format.BINARY64));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void what_is_no_number_is_wrong(double value) {
        Reply.Answered answer = answer(new Forgetful(3, 6), SATURATED);
        Array g = SATURATED.intermediates().array("g");
        Outputs broken = answer.intermediates().and("g", g.with(1, value));
        assertEquals(
                phrase("g", " (time step 2)", g.with(1, value), g, 1),
                differs(new Reply.Answered(answer.outputs(), broken)).divergence());
    }

    @Test
    void what_cannot_be_compared_is_noted_and_nothing_else() {
        Reply.Answered answer = answer(new Forgetful(3, 6), SATURATED);
        Outputs odd = without(answer.intermediates(), "C")
                .and("f", Array.vector(1, 2, 3, 4, 5, 6))
                .and("Cell", Array.scalar(1));
        Verdict.Differs differs = differs(new Reply.Answered(answer.outputs(), odd));
        assertTrue(differs.divergence().startsWith("h[4,0,0] (time step 5)"), differs::divergence);
        assertEquals(
                List.of(
                        "intermediate f was not compared: it must be 6×1×1, got length 6",
                        "unknown intermediates were not compared: Cell; there are i, f, g, o, C"),
                differs.notes());
    }

    @Test
    void many_unknown_names_make_one_short_note() {
        Outputs many = Outputs.of("x".repeat(1000), Array.scalar(1));
        for (int k = 1; k < 100; k++) {
            many = many.and("z" + k, Array.scalar(k));
        }
        Outputs wrong = answer(new Forgetful(3, 6), SATURATED).outputs();
        Verdict.Differs differs = differs(new Reply.Answered(wrong, many));
        assertEquals(
                List.of("unknown intermediates were not compared: " + "x".repeat(40)
                        + "…, z1, z2, z3, z4 and 95 more; there are i, f, g, o, C"),
                differs.notes());
    }

    @Test
    void a_gradient_goes_forward_first_and_then_backwards() {
        GoldenCase golden = CORPUS.cases(GRADIENT.id()).get(0);
        Outputs right = golden.intermediates();
        int steps = right.array("dC").size(0);
        int block = right.array("dC").size() / steps;
        Outputs wrong =
                golden.expected().and("dx", golden.expected().array("dx").map(x -> x + 1));
        assertFirst(golden, wrong, right, "dx[" + (steps - 1) + ",0,0] (time step " + steps + ", backwards)");

        Array dC = right.array("dC");
        Outputs late = right.and("dC", dC.with(0, 9).with((steps - 2) * block, 9));
        assertFirst(golden, wrong, late.and("dC", dC.with((steps - 1) * block, 9)), "dC[" + (steps - 1) + ",0,0]");
        Outputs early =
                golden.expected().and("dU", golden.expected().array("dU").map(x -> x + 1));
        assertFirst(golden, early, late, "dC[" + (steps - 2) + ",0,0] (time step " + (steps - 1) + ", backwards)");

        Array h = right.array("h");
        assertFirst(golden, wrong, late.and("h", h.with(h.size() - 1, 9)), "h[" + (steps - 1) + ",");
    }

    private static void assertFirst(GoldenCase golden, Outputs outputs, Outputs intermediates, String first) {
        String divergence = differs(GRADIENT, golden, new Reply.Answered(outputs, intermediates))
                .divergence();
        assertTrue(divergence.startsWith(first), divergence);
    }

    @Test
    void what_is_computed_first_comes_first_be_it_an_output_or_not() {
        Operation adam = Catalogue.operation("optimization.adam");
        GoldenCase golden = CORPUS.cases(adam.id()).get(0);
        Outputs wrong =
                golden.expected().and("theta", golden.expected().array("theta").map(x -> x + 1));
        Outputs mhat = golden.intermediates()
                .and("mhat", golden.intermediates().array("mhat").map(x -> x + 1));
        assertTrue(differs(adam, golden, new Reply.Answered(wrong, mhat))
                .divergence()
                .startsWith("mhat[0,0,0] (step 1)"));
        Outputs more = wrong.and("m", golden.expected().array("m").map(x -> x + 1));
        assertTrue(differs(adam, golden, new Reply.Answered(more, mhat))
                .divergence()
                .startsWith("m[0,0,0] (step 1)"));
    }

    @Test
    void without_steps_and_intermediates_the_worst_element_says_it_all() {
        Operation ridge = Catalogue.operation("regularization.ridge_solution");
        GoldenCase golden = CORPUS.cases(ridge.id()).get(0);
        Outputs wrong = Outputs.of("w", golden.expected().array("w").map(x -> x + 1));
        assertEquals("", differs(ridge, golden, new Reply.Answered(wrong)).divergence());
    }

    @Test
    void time_that_is_not_gone_through_has_no_steps() {
        Operation norm = Catalogue.operation("normalization.layer_norm");
        GoldenCase golden = CORPUS.cases(norm.id()).get(0);
        Outputs wrong = golden.expected().and("y", golden.expected().array("y").map(x -> x + 1));
        assertEquals("", differs(norm, golden, new Reply.Answered(wrong)).divergence());
        Array xhat = golden.intermediates().array("xhat");
        Outputs told = Outputs.of("xhat", xhat.with(3, 9));
        assertEquals(
                phrase("xhat", "", told.array("xhat"), xhat, 3),
                differs(norm, golden, new Reply.Answered(wrong, told)).divergence());
        Outputs more = wrong.and("mean", golden.expected().array("mean").map(x -> x + 1));
        String first = differs(norm, golden, new Reply.Answered(more, told)).divergence();
        assertTrue(first.startsWith("mean[0,0] is "), first);
    }

    /** Else a number would be called wrong because nobody knows what is right. */
    @ParameterizedTest
    @MethodSource("operationsWithIntermediates")
    void every_golden_intermediate_has_a_finite_budget(Operation operation) {
        for (GoldenCase golden : CORPUS.cases(operation.id())) {
            List<String> names = List.copyOf(golden.intermediates().arrays().keySet());
            ErrorBudget budget = ErrorBudget.curved(new Exposed(operation.definition(), names), golden.inputs());
            golden.intermediates().arrays().forEach((name, array) -> {
                for (int i = 0; i < array.size(); i++) {
                    assertTrue(Double.isFinite(budget.allowed(name, i, Format.BINARY16)), golden.id() + " " + name);
                }
            });
        }
    }
}
