package org.goldgrad.reference.optimization;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.optimization.PathSgd.State;
import org.junit.jupiter.api.Test;

final class PathSgdTest {
    private static final SimpleMatrix ONE = SimpleMatrix.ones(1, 1);

    @Test
    void one_path_by_hand() {
        // f = 2·3·½·1 = 3, e = 1; κ_U = 9/4, κ_V = 1, κ_W = 36; dU = 3/2, dV = 1, dW = 6
        State state = new State(ONE.scale(2), ONE.scale(3), ONE.scale(0.5));
        State next = new PathSgd(0.75).step(state, ONE, ONE.scale(2));
        assertEquals(2 - 0.5, next.U().get(0), 0x1p-52);
        assertEquals(3 - 0.75, next.V().get(0));
        assertEquals(0.5 - 0.125, next.W().get(0));
    }

    /** Two nodes in the first layer; the second does not fire, so only its weights stay. */
    @Test
    void two_paths_of_which_one_is_silent() {
        SimpleMatrix U = new SimpleMatrix(new double[][] {{1}, {-2}});
        SimpleMatrix V = new SimpleMatrix(new double[][] {{1, 4}});
        State next = new PathSgd(1).step(new State(U, V, ONE), ONE, new SimpleMatrix(1, 1));
        assertEquals(0, next.U().get(0)); // f = 1, κ = V² = 1
        assertEquals(-2, next.U().get(1));
        assertEquals(0, next.V().get(0)); // κ = U² = 1
        assertEquals(4, next.V().get(1));
        assertEquals(1 - 1.0 / 65, next.W().get(0)); // κ = 1·1 + 16·4
    }

    @Test
    void refuses_layers_that_do_not_fit() {
        Exception refusal = assertThrows(
                IllegalArgumentException.class, () -> new State(new SimpleMatrix(2, 3), new SimpleMatrix(2, 3), ONE));
        assertEquals("V must be hidden2×hidden1 = 2×2, is 2×3", refusal.getMessage());
    }
}
