package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertNumbers;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class BidirectionalRegressionTest {

    /** Every state is σ(0) = 1/2, so y = (4 + 8)/2 = 6, which misses 5 and 4 by 1 and 2; σ' = 1/4. */
    @Test
    void without_weights_below_the_states_by_hand() {
        BidirectionalRegression regression = BidirectionalRegression.of(row(0), row(0), row(0), row(0), row(4), row(8));
        List<SimpleMatrix> x = numbers(3, 10);
        BidirectionalRegression.Output output = regression.forward(x, numbers(5, 4));
        assertNumbers(output.y(), 6, 6);
        assertEquals(1 + 4, output.loss());
        BidirectionalRegressionGradient gradient =
                BidirectionalRegressionGradient.of(regression, x, numbers(5, 4), numbers(0, 0), 1);
        // e = 2, 4; δf = 4e/4 = 2, 4; δb = 8e/4 = 4, 8
        assertEntries(gradient.dVf(), 0.5 * 6);
        assertEntries(gradient.dVb(), 0.5 * 6);
        assertEntries(gradient.dUf(), 3 * 2 + 10 * 4);
        assertEntries(gradient.dUb(), 3 * 4 + 10 * 8);
        assertEntries(gradient.dWf(), 0.5 * 4); // hf_1 into step 2
        assertEntries(gradient.dWb(), 0.5 * 4); // hb_2 into step 1
        assertNumbers(gradient.dx(), 0, 0);
    }

    @Test
    void agrees_with_differences_of_the_loss() {
        Drawn drawn = new Drawn();
        SimpleMatrix Uf = drawn.matrix(3, 2);
        SimpleMatrix Wf = drawn.matrix(2, 2);
        SimpleMatrix Ub = drawn.matrix(3, 2);
        SimpleMatrix Wb = drawn.matrix(2, 2);
        SimpleMatrix Vf = drawn.matrix(2, 4);
        SimpleMatrix Vb = drawn.matrix(2, 4);
        List<SimpleMatrix> x = drawn.sequence(3, 2, 3);
        List<SimpleMatrix> z = drawn.sequence(3, 2, 4);
        List<SimpleMatrix> dy = drawn.sequence(3, 2, 4);
        double dloss = 0.125;
        BidirectionalRegressionGradient gradient =
                BidirectionalRegressionGradient.of(BidirectionalRegression.of(Uf, Wf, Ub, Wb, Vf, Vb), x, z, dy, dloss);
        new Differences(() -> {
                    BidirectionalRegression.Output output =
                            BidirectionalRegression.of(Uf, Wf, Ub, Wb, Vf, Vb).forward(x, z);
                    return Differences.inner(dy, output.y()) + dloss * output.loss();
                })
                .agree("x", x, gradient.dx())
                .agree("Uf", Uf, gradient.dUf())
                .agree("Wf", Wf, gradient.dWf())
                .agree("Ub", Ub, gradient.dUb())
                .agree("Wb", Wb, gradient.dWb())
                .agree("Vf", Vf, gradient.dVf())
                .agree("Vb", Vb, gradient.dVb());
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        assertRefusal(
                "Vb must be hidden×outputs = 1×1, is 1×2",
                () -> BidirectionalRegression.of(row(0), row(0), row(0), row(0), row(4), row(8, 9)));
        BidirectionalRegression regression = BidirectionalRegression.of(row(0), row(0), row(0), row(0), row(4), row(8));
        assertRefusal("x must have at least one time step", () -> regression.forward(List.of(), List.of()));
        assertRefusal("z must have 1 time steps like x, has 0", () -> regression.forward(numbers(1), List.of()));
    }
}
