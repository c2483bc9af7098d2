package org.goldgrad.properties.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Deeplearning4j answers, on drawn questions, against the definition. */
final class Dl4jOperationsTest {
    private static final int TRIES = 40;
    private static final String TRUNCATED = "recurrent.truncated.gradient";

    private static final Dl4jImplementation DL4J = new Dl4jImplementation();

    static Stream<String> ids() {
        return Catalogue.operations().stream().map(Operation::id).filter(id -> id.startsWith("recurrent."));
    }

    /** Truncated backpropagation only in one window: where there are more, a defect shows. */
    @ParameterizedTest
    @MethodSource("ids")
    void answers_within_the_budget(String id) {
        Operation operation = Catalogue.operation(id);
        SplitMix random = new SplitMix(20261122);
        int answered = 0;
        for (int i = 0; i < TRIES; i++) {
            Draw draw = Draw.random(random);
            Map<String, String> variant = new LinkedHashMap<>(draw.of(operation.variants()));
            variant.putAll(DL4J.conventions(operation));
            Inputs inputs = operation.inputs(draw, variant);
            if (id.equals(TRUNCATED)) {
                inputs = inputs.withInteger("window", inputs.array("x").size(0));
            }
            if (operation.wellPosed().test(inputs) && DL4J.answer(operation, inputs) instanceof Reply.Answered answer) {
                agrees(operation, answer.outputs(), inputs);
                answered++;
            }
        }
        assertTrue(answered == 0 || answered > TRIES / 4, id + " answered " + answered + " of " + TRIES);
    }

    /**
     * To second order, and with ND4J's tanh, which is accurate absolutely and not relatively: an absolute 4u for every
     * node. KnownFindingsTest holds that to be needed.
     */
    private static void agrees(Operation operation, Outputs actual, Inputs inputs) {
        Outputs truth =
                operation.definition().of(inputs.in(DoubleDouble.ARITHMETIC)).nearest();
        ErrorBudget budget = ErrorBudget.curved(operation.definition(), inputs);
        assertEquals(truth.arrays().keySet(), actual.arrays().keySet());
        if (operation.id().equals("recurrent.classifier") && isClipped(truth.array("logp"))) {
            return;
        }
        truth.arrays().forEach((name, expected) -> {
            Array got = actual.array(name);
            for (int i = 0; i < expected.size(); i++) {
                double off = Math.abs(got.at(i) - expected.at(i));
                double allowed = budget.allowed(name, i, Format.BINARY64)
                        + Math.ulp(expected.at(i)) / 2
                        + budget.floor(name, i) * 4 * Format.BINARY64.unitRoundoff();
                String where = operation.id() + " " + name + expected.index(i) + ": " + got.at(i) + " instead of "
                        + expected.at(i) + ", off by " + off + ", allowed " + allowed + "; " + inputs;
                assertTrue(off <= allowed, where);
            }
        });
    }

    /** Cross-entropy takes probabilities below 1e-10 for 1e-10, and those above 1 - 1e-10 for that: a defect. */
    private static boolean isClipped(Array logp) {
        return Arrays.stream(logp.elements()).anyMatch(log -> log < Math.log(1e-10) || log > Math.log1p(-1e-10));
    }
}
