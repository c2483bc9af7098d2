package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every rule keeps, whatever its formula; every decay is 1/4, whose powers soon are no doubles. */
final class OptimizerTest {
    private static final double DECAY = 0.25;

    /** A rule and what a checkpoint of it holds. */
    private record Kept(Optimizer rule, List<String> letters) {
        static Kept of(Optimizer rule, String... letters) {
            return new Kept(rule, List.of(letters));
        }
    }

    private static List<Kept> rules() {
        List<Kept> rules = new ArrayList<>();
        for (Rate rate : Rate.values()) {
            rules.add(Kept.of(new Momentum(DECAY, 0.5, rate), "v"));
        }
        rules.add(Kept.of(new RunningAverage(0.5, DECAY, false), "v"));
        rules.add(Kept.of(new RunningAverage(0.5, DECAY, true), "v"));
        for (Decay decay : Decay.values()) {
            for (Sgd.First first : Sgd.First.values()) {
                rules.add(Kept.of(new Sgd(0.5, DECAY, 0.75, 0.125, first, decay), "v"));
            }
            for (Adam.Placement placement : Adam.Placement.values()) {
                rules.add(Kept.of(new Adam(0.5, DECAY, DECAY, 0.5, 0.125, placement, decay), "m", "v"));
            }
        }
        for (Nesterov.Form form : Nesterov.Form.values()) {
            rules.add(Kept.of(new Nesterov(0.5, DECAY, form), "v"));
        }
        for (AmsGrad.Maximum maximum : AmsGrad.Maximum.values()) {
            rules.add(Kept.of(new AmsGrad(0.5, DECAY, DECAY, 0.5, maximum), "m", "v", "w"));
        }
        for (Nadam.Schedule schedule : Nadam.Schedule.values()) {
            rules.add(Kept.of(new Nadam(0.5, DECAY, DECAY, 0.5, 0.5, schedule), "m", "v", "P"));
        }
        for (AdaMax.Placement placement : AdaMax.Placement.values()) {
            rules.add(Kept.of(new AdaMax(0.5, DECAY, DECAY, 0.5, placement), "m", "u"));
        }
        for (Epsilon epsilon : Epsilon.values()) {
            rules.add(Kept.of(new AdaGrad(0.5, 0.5, 0.125, epsilon), "v"));
            for (Rate rate : Rate.values()) {
                rules.add(Kept.of(new RmsProp(0.5, DECAY, 0.5, 0.5, false, epsilon, rate), "v", "b"));
                rules.add(Kept.of(new RmsProp(0.5, DECAY, 0.5, 0.5, true, epsilon, rate), "v", "a", "b"));
            }
        }
        rules.add(Kept.of(new AdaDelta(0.5, DECAY, 0.5), "v", "u"));
        return rules;
    }

    private static List<DynamicTest> each(Consumer<Kept> test) {
        return rules().stream()
                .map(kept -> DynamicTest.dynamicTest(kept.rule().toString(), () -> test.accept(kept)))
                .toList();
    }

    private static SimpleMatrix theta() {
        return new SimpleMatrix(new double[][] {{1, -2, 0.5}, {4, 0, -0.25}});
    }

    /** The gradient of the step after t steps, sixteenths of both signs. */
    private static SimpleMatrix gradient(int t) {
        return theta().elementOp((int row, int column, double x) ->
                (Math.floorMod((t + 5) * (7 * t + 3 * row + column), 61) - 30.5) / 8);
    }

    private static State run(Optimizer rule, State state, int steps) {
        for (int step = 0; step < steps; step++) {
            state = rule.step(state, gradient(state.t()));
        }
        return state;
    }

    /**
     * To the last bit, but for what a rule derives: a checkpoint without it costs v − a² or 1 − P a rounding or two, and
     * the few steps after it pass these on.
     */
    @TestFactory
    List<DynamicTest> a_run_resumed_from_a_checkpoint_is_the_run_that_was_not_interrupted() {
        return each(kept -> {
            State before = run(kept.rule(), kept.rule().at(theta()), 7);
            State checkpoint = kept.rule().at(before.theta()).after(before.t());
            for (String letter : kept.letters()) {
                checkpoint = checkpoint.with(letter, before.get(letter));
            }
            boolean derives =
                    before.derived("s").isPresent() || before.derived("Q").isPresent();
            SimpleMatrix expected = run(kept.rule(), before, 3).theta();
            State resumed = run(kept.rule(), checkpoint, 3);
            assertEquals(10, resumed.t());
            for (int i = 0; i < expected.getNumElements(); i++) {
                double allowed = derives ? 8 * Math.ulp(4.0) : 0;
                assertEquals(expected.get(i), resumed.theta().get(i), allowed);
            }
        });
    }

    @TestFactory
    List<DynamicTest> thousands_of_steps_stay_finite() {
        return each(kept -> {
            State state = run(kept.rule(), kept.rule().at(theta()), 5000);
            assertEquals(5000, state.t());
            assertTrue(!state.theta().hasUncountable(), () -> "theta is " + state.theta());
            for (String letter : kept.letters()) {
                assertTrue(!state.get(letter).hasUncountable(), () -> letter + " is " + state.get(letter));
            }
        });
    }

    @TestFactory
    List<DynamicTest> parameters_do_not_see_each_other() {
        return each(kept -> {
            State together = run(kept.rule(), kept.rule().at(theta()), 5);
            for (int i = 0; i < theta().getNumElements(); i++) {
                State alone = kept.rule().at(Scalar.of(theta().get(i)));
                for (int t = 0; t < 5; t++) {
                    alone = Scalar.run(kept.rule(), alone, gradient(t).get(i));
                }
                assertEquals(alone.theta().get(0), together.theta().get(i));
            }
        });
    }

    @TestFactory
    List<DynamicTest> a_step_changes_neither_its_state_nor_its_gradient() {
        return each(kept -> {
            State state = run(kept.rule(), kept.rule().at(theta()), 2);
            SimpleMatrix theta = state.theta();
            SimpleMatrix g = gradient(2);
            State next = kept.rule().step(state, g);
            assertTrue(g.isIdentical(gradient(2), 0));
            assertTrue(state.theta().isIdentical(theta, 0));
            g.zero();
            State again = kept.rule().step(state, gradient(2));
            assertTrue(again.theta().isIdentical(next.theta(), 0));
            assertEquals(3, next.t());
        });
    }

    @TestFactory
    List<DynamicTest> a_gradient_of_another_shape_is_refused() {
        return each(kept -> {
            State state = kept.rule().at(theta());
            Exception refusal = assertThrows(
                    IllegalArgumentException.class, () -> kept.rule().step(state, new SimpleMatrix(3, 2)));
            String name = kept.rule() instanceof Nesterov ? "q" : "g";
            assertEquals(name + " must be the shape of theta = 2×3, is 3×2", refusal.getMessage());
        });
    }
}
