package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejml.simple.SimpleMatrix;

/** Optimizers of one parameter, whose steps can be followed by hand. */
final class Scalar {
    private Scalar() {}

    static SimpleMatrix of(double number) {
        return new SimpleMatrix(new double[] {number});
    }

    /** From the state, one step for each gradient. */
    static State run(Optimizer rule, State state, double... gradients) {
        for (double g : gradients) {
            state = rule.step(state, of(g));
        }
        return state;
    }

    /** From theta, one step for each gradient. */
    static State run(Optimizer rule, double theta, double... gradients) {
        return run(rule, rule.at(of(theta)), gradients);
    }

    /** No rounding at all. */
    static void assertExactly(double expected, State state, String letter) {
        assertEquals(expected, state.get(letter).get(0), letter);
    }

    /** A step whose moments are exact rounds about eight times, so it may be off by eight ulp. */
    static void assertNear(double expected, State state, String letter) {
        assertNear(expected, state, letter, 8);
    }

    static void assertNear(double expected, State state, String letter, int ulps) {
        assertEquals(expected, state.get(letter).get(0), ulps * Math.ulp(expected), letter);
    }
}
