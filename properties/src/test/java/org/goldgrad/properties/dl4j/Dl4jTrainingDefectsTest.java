package org.goldgrad.properties.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.MinMaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.nn.weights.WeightInitLecunUniform;
import org.deeplearning4j.nn.weights.WeightInitVarScalingUniformFanAvg;
import org.deeplearning4j.nn.weights.WeightInitVarScalingUniformFanIn;
import org.deeplearning4j.nn.weights.WeightInitVarScalingUniformFanOut;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.config.RmsProp;

/** Defects of training listed in golden/findings/dl4j.md: a test that fails here says that one of them has been mended. */
final class Dl4jTrainingDefectsTest {
    private static final int ROW = 1;

    @BeforeAll
    static void start() {
        Nd4jArrays.start();
    }

    private static Training one(IUpdater updater, BaseConstraint... constraints) {
        return Training.of(List.of(Training.layer(1, 1)
                .updater(updater)
                .constrainWeights(constraints)
                .build()));
    }

    private static double[] constrained(BaseConstraint constraint, double... row) {
        INDArray W = Nd4j.createFromArray(new double[][] {row});
        constraint.apply(W);
        return W.dup().data().asDouble();
    }

    @Test
    void the_maximal_norm_shortens_what_is_within_it() {
        assertEquals(5e-7, constrained(new MaxNormConstraint(1, ROW), 1e-6)[0], 1e-20); // 1e-6 would be right
    }

    @Test
    void constraints_are_applied_twice() {
        AtomicInteger applied = new AtomicInteger();
        BaseConstraint counting = new BaseConstraint() {
            @Override
            public void apply(INDArray W) {
                applied.incrementAndGet();
            }

            @Override
            public BaseConstraint clone() {
                return this;
            }
        };
        one(new NoOp(), counting).step(0);
        assertEquals(2, applied.get());
    }

    @Test
    void the_unit_norm_of_zeros_is_not_a_number() {
        assertArrayEquals(new double[] {Double.NaN, Double.NaN}, constrained(new UnitNormConstraint(ROW), 0, 0));
    }

    /** s = rate clip(n)/n + (1 - rate) n, where (1 - rate) would be right. */
    @Test
    void a_norm_that_is_mended_gradually_is_multiplied_by_itself() {
        assertArrayEquals(
                new double[] {9, 12}, constrained(new MinMaxNormConstraint(1, 10, 0.5, ROW), 3, 4), 1e-5); // 3, 4
    }

    @Test
    void equal_bounds_of_a_norm_throw() {
        assertThrows(RuntimeException.class, () -> constrained(new MinMaxNormConstraint(2, 2, ROW), 3, 4));
    }

    @Test
    void rmsprop_begins_at_epsilon() {
        Training training = one(new RmsProp(1, 0, 0.25));
        assertEquals(0.25, training.states(0).values().iterator().next().getDouble(0)); // 0 would be right
    }

    /** Of 10,000 weights with a fan of 3 none should be beyond √(3/3); the largest is near 3/√3. */
    @ParameterizedTest
    @MethodSource("uniform")
    void uniform_weights_have_thrice_the_variance(IWeightInit init) {
        INDArray weights = Nd4j.zeros(DataType.DOUBLE, 10_000);
        Nd4j.getRandom().setSeed(1);
        init.init(3, 3, new long[] {100, 100}, 'f', weights);
        assertEquals(Math.sqrt(3), weights.amaxNumber().doubleValue(), 0.01); // 1 would be right
    }

    static Stream<IWeightInit> uniform() {
        return Stream.of(
                new WeightInitLecunUniform(),
                new WeightInitVarScalingUniformFanIn(),
                new WeightInitVarScalingUniformFanOut(),
                new WeightInitVarScalingUniformFanAvg());
    }
}
