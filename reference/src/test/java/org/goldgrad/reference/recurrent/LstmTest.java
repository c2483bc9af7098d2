package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class LstmTest {

    @Test
    void without_weights_every_gate_is_half_open_and_the_cell_halves() {
        Lstm lstm = Lstm.of(new SimpleMatrix(3, 8), new SimpleMatrix(2, 8), new SimpleMatrix(1, 8), GateOrder.IFGO);
        SimpleMatrix c0 = new SimpleMatrix(new double[][] {{4, -2}});
        List<SimpleMatrix> x = List.of(SimpleMatrix.ones(1, 3), SimpleMatrix.ones(1, 3));
        Lstm.Output output = lstm.forward(x, SimpleMatrix.ones(1, 2), c0);
        assertEquals(1, output.c().get(0));
        assertEquals(-0.5, output.c().get(1));
        assertEquals(StrictMath.tanh(2) / 2, output.h().get(0).get(0));
        assertEquals(StrictMath.tanh(-0.5) / 2, output.h().get(1).get(1));
    }

    @Test
    void one_unit_by_hand() {
        Lstm lstm = Lstm.of(
                new SimpleMatrix(new double[][] {{1, 2, -1, 0.5}}),
                new SimpleMatrix(new double[][] {{0.5, -1, 2, 1}}),
                new SimpleMatrix(new double[][] {{0.25, 0, -0.5, 1}}),
                GateOrder.IFOG);
        Lstm.Step step = lstm.steps(
                        List.of(SimpleMatrix.filled(1, 1, 3)),
                        SimpleMatrix.filled(1, 1, -2),
                        SimpleMatrix.filled(1, 1, 0.75))
                .get(0);
        assertEquals(Activation.SIGMOID.value(3 - 1 + 0.25), step.i().get(0));
        assertEquals(Activation.SIGMOID.value(6 + 2), step.f().get(0));
        assertEquals(Activation.SIGMOID.value(-3 - 4 - 0.5), step.o().get(0));
        assertEquals(StrictMath.tanh(1.5 - 2 + 1), step.g().get(0));
        assertEquals(
                step.f().get(0) * 0.75 + step.i().get(0) * step.g().get(0),
                step.c().get(0));
        assertEquals(
                StrictMath.tanh(step.c().get(0)) * step.o().get(0), step.h().get(0));
    }

    @Test
    void an_open_forget_gate_and_a_closed_input_gate_carry_the_cell_unchanged() {
        SimpleMatrix b = new SimpleMatrix(new double[][] {{-800, 800, 0, 0}});
        Lstm lstm = Lstm.of(new SimpleMatrix(2, 4), new SimpleMatrix(1, 4), b, GateOrder.IFGO);
        SimpleMatrix c0 = new SimpleMatrix(new double[][] {{0.7}, {-1e300}});
        Lstm.Output output = lstm.forward(List.of(SimpleMatrix.ones(2, 2), SimpleMatrix.ones(2, 2)), c0, c0);
        assertTrue(output.c().isIdentical(c0, 0));
    }

    @Test
    void the_order_in_which_the_gates_are_packed_changes_no_bit() {
        LstmProblem problem = LstmProblem.drawn(3, 2, 3, 4, GateOrder.IFGO);
        Lstm.Output expected = problem.output();
        for (GateOrder order : GateOrder.values()) {
            Lstm.Output output = problem.in(order).output();
            assertTrue(output.c().isIdentical(expected.c(), 0), () -> "c, packed " + order);
            assertTrue(output.h().get(2).isIdentical(expected.h().get(2), 0), () -> "h_3, packed " + order);
        }
    }

    @Test
    void later_changes_to_the_weights_do_not_reach_the_layer() {
        LstmProblem problem = LstmProblem.drawn(2, 1, 2, 3, GateOrder.GFOI);
        Lstm lstm = problem.lstm();
        SimpleMatrix before =
                lstm.forward(problem.x(), problem.h0(), problem.c0()).c();
        problem.U().zero();
        problem.W().zero();
        problem.b().zero();
        assertTrue(lstm.forward(problem.x(), problem.h0(), problem.c0()).c().isIdentical(before, 0));
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        LstmProblem p = LstmProblem.drawn(2, 2, 3, 4, GateOrder.IFGO);
        assertRefusal("W must be hidden×4·hidden = 3×12, is 3×16", () -> Lstm.of(p.U(), p.U(), p.b(), p.order()));
        assertRefusal("b must be 1×4·hidden = 1×16, is 3×16", () -> Lstm.of(p.U(), p.W(), p.U(), p.order()));
        assertRefusal("h0 must be batch×hidden = 2×4, is 2×3", () -> p.lstm().forward(p.x(), p.x().get(0), p.c0()));
        assertRefusal(
                "x_2 must be batch×features = 2×3, is 2×4",
                () -> p.lstm().forward(List.of(p.x().get(0), p.h0()), p.h0(), p.c0()));
        assertRefusal("x must have at least one time step", () -> p.lstm().forward(List.of(), p.h0(), p.c0()));
        assertRefusal(
                "dh must have 2 time steps like x, has 1",
                () -> LstmGradient.of(p.lstm(), p.x(), p.h0(), p.c0(), List.of(p.h0()), p.dc()));
    }
}
