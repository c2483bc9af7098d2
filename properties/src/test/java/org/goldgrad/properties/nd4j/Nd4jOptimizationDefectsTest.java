package org.goldgrad.properties.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaBelief;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.RmsProp;

/** Defects of updaters and clipping listed in golden/findings/nd4j.md: a test that fails here says that one has been mended. */
final class Nd4jOptimizationDefectsTest {
    private static final double EPS = 0.25;

    @BeforeAll
    static void start() {
        Nd4jArrays.start();
    }

    private static GradientUpdater<?> updater(IUpdater configuration) {
        return configuration.instantiate(Nd4j.zeros(DataType.DOUBLE, 1, configuration.stateSize(1)), true);
    }

    /** The first update of a parameter, from states as ND4J begins them. */
    private static double first(IUpdater configuration, double g) {
        INDArray update = Nd4j.createFromArray(new double[] {g});
        updater(configuration).applyUpdater(update, 0, 0);
        return update.getDouble(0);
    }

    @Test
    void nadam_does_not_correct_its_second_moment() {
        // (β1 m + (1-β1) g)/(1-β1) = 3/2 over √v = 1/2; √(v/(1-β2)) = 1 would be right
        assertEquals(3.0, first(new Nadam(1, 0.5, 0.75, 0), 1));
    }

    @Test
    void adamax_ignores_its_epsilon() {
        assertEquals(1.0, first(new AdaMax(1, 0.5, 0.75, 1), 1)); // 1/2 with ε beside u or within the maximum
    }

    @Test
    void adamax_shortens_steps_along_gradients_near_1e_minus_32() {
        assertEquals(1.0 / 11, first(new AdaMax(1, 0.5, 0.75, 0), 1e-33), 1e-15); // 1 would be right
    }

    @Test
    void a_rate_of_zero_is_taken_for_a_rate_of_epsilon() {
        assertEquals(
                EPS * 0.5 / (Math.sqrt(0.5) + EPS), first(new Adam(0, 0.5, 0.5, EPS), 1), 1e-15); // 0 would be right
        assertEquals(EPS * 0.5 / (Math.sqrt(0.5) + EPS), first(new AMSGrad(0, 0.5, 0.5, EPS), 1), 1e-15);
        assertEquals(EPS * 0.5, first(new AdaMax(0, 0.5, 0.5, EPS), 1), 1e-15);
        assertEquals(0, first(new Nadam(0, 0.5, 0.5, EPS), 1));
    }

    @Test
    void rmsprop_begins_at_epsilon_and_adagrad_at_a_millionth() {
        assertEquals(EPS, state(new RmsProp(1, 0.5, EPS), "G"));
        assertEquals(1e-6, state(new AdaGrad(1, EPS), "grad")); // its default ε, whatever it was given
    }

    private static double state(IUpdater configuration, String name) {
        return new Nd4jUpdater.Step(updater(configuration).getState(), Nd4j.zeros(1), Nd4j.zeros(1))
                .state(name)
                .getDouble(0);
    }

    @Test
    void initialize_is_ignored_where_states_are_given_by_name() {
        Map<String, INDArray> states = new HashMap<>();
        states.put("grad", Nd4j.zeros(DataType.DOUBLE, 1));
        boolean initialize = true;
        new AdaGrad(1, EPS).instantiate(states, initialize);
        assertEquals(0, states.get("grad").getDouble(0));
    }

    @Test
    void adabelief_cannot_be_instantiated() {
        assertThrows(ArrayIndexOutOfBoundsException.class, () -> updater(new AdaBelief(1, 0.5, 0.5, EPS)));
    }

    private static double[] run(String operation, double limit, double[]... inputs) {
        INDArray[] arrays = Arrays.stream(inputs).map(Nd4j::createFromArray).toArray(INDArray[]::new);
        return Nd4jArrays.run(
                        DynamicCustomOp.builder(operation).addInputs(arrays).addFloatingPointArguments(limit))[0]
                .data()
                .asDouble();
    }

    /** dx = dy (c/n)(1 - x Σx/n²), each element for itself; right is (c/n)(dy - x Σ dy x/n²). */
    @Test
    void the_gradient_of_clipping_by_norm_stays_within_each_element() {
        assertArrayEquals(
                new double[] {0.032, 0}, run("clipbynorm_bp", 1, new double[] {3, 4}, new double[] {1, 0}), 1e-15);
        // right: 0.128, -0.096
    }

    @Test
    void so_does_the_gradient_of_clipping_by_the_average_norm() {
        assertArrayEquals(
                new double[] {-0.944, 0}, run("clipbyavgnorm_bp", 1, new double[] {3, 4}, new double[] {1, 0}), 1e-15);
        // right: 0.256, -0.192
    }

    @Test
    void norms_and_limits_are_compared_as_floats() {
        double above = 1 + 0x1p-30;
        assertEquals(above, run("clipbynorm", 1, new double[] {above})[0]); // 1 would be right
        assertEquals(0x1p-200, run("clipbynorm", 0x1p-210, new double[] {0x1p-200})[0]); // 2^-210 would be right
    }

    @Test
    void a_gradient_whose_square_overflows_is_clipped_to_nothing() {
        assertEquals(0, run("clipbynorm", 1, new double[] {0x1p600})[0]); // 1 would be right
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void samediff_cannot_differentiate_clipping_of_a_whole_array(boolean average) {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.var("x", Nd4j.createFromArray(3.0, 4.0));
        SDVariable clipped =
                average ? graph.math().clipByAvgNorm(x, 1) : graph.math().clipByNorm(x, 1);
        graph.setLossVariables(clipped.sum());
        assertThrows(RuntimeException.class, () -> graph.calculateGradients(Map.of(), "x"));
    }
}
