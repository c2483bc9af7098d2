package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.ClipByNorm.Epsilon;
import org.goldgrad.reference.optimization.ClipByNorm.Scope;
import org.goldgrad.reference.optimization.ClippedDescent.Decay;
import org.goldgrad.reference.optimization.ClippedDescent.State;
import org.junit.jupiter.api.Test;

final class ClippedDescentTest {
    private static final SimpleMatrix THETA = new SimpleMatrix(new double[][] {{1, 0}, {0, 2}});
    private static final SimpleMatrix G = new SimpleMatrix(new double[][] {{24, 0}, {0, -32}});

    private static ClippedDescent rule(double limit, double radius, Decay decay) {
        ClipByNorm clip = new ClipByNorm(limit, Scope.GLOBAL, Epsilon.NONE);
        return new ClippedDescent(8, clip, 0.5, 0.5, new Projection(radius), decay);
    }

    /** g/S = (3, −4) of norm 5, clipped to (1.5, −2); then λθ = (0.5, 1) is added. */
    @Test
    void decay_after_is_not_clipped() {
        State state = rule(2.5, 100, Decay.AFTER).step(State.at(THETA), G);
        assertEquals(1.5, state.clipped().get(0, 0));
        assertEquals(-2, state.clipped().get(1, 1));
        assertEquals(1 - 0.5 * 2, state.theta().get(0, 0));
        assertEquals(2 - 0.5 * -1, state.theta().get(1, 1));
    }

    /** g/S + λθ = (3.5, −3) is shorter than 5, and clipped where the limit is. */
    @Test
    void decay_before_is_clipped_with_the_gradient() {
        State state = rule(5, 100, Decay.BEFORE).step(State.at(THETA), G);
        assertEquals(3.5, state.clipped().get(0, 0));
        assertEquals(2 + 0.5 * 3, state.theta().get(1, 1));
        State clipped = rule(1, 100, Decay.BEFORE).step(State.at(THETA), G);
        assertEquals(1, clipped.clipped().normF(), 0x1p-52);
    }

    @Test
    void every_tensor_is_projected_by_itself_after_the_step() {
        State state = rule(2.5, 1.25, Decay.AFTER).step(State.at(THETA), G);
        assertEquals(0, state.theta().get(0, 0));
        assertEquals(1.25, state.theta().get(1, 1));
    }

    @Test
    void nothing_changes_a_state() {
        SimpleMatrix theta = THETA.copy();
        State state = State.at(theta);
        theta.zero();
        state.theta().zero();
        state.clipped().fill(9);
        assertEquals(1, state.theta().get(0, 0));
        assertEquals(0, state.clipped().get(0, 0));
    }

    @Test
    void a_refusal_says_what_was_wrong() {
        ClippedDescent rule = rule(1, 1, Decay.AFTER);
        assertEquals(
                "g must be the shape of theta = 2×2, is 3×1",
                assertThrows(IllegalArgumentException.class, () -> rule.step(State.at(THETA), new SimpleMatrix(3, 1)))
                        .getMessage());
        assertEquals(
                "scale must be > 0, is -1.0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new ClippedDescent(-1, rule.clip(), 1, 0, rule.ball(), Decay.AFTER))
                        .getMessage());
    }
}
