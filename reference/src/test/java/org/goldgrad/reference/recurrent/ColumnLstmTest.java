package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertEntries;
import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Exactly.numbers;
import static org.goldgrad.reference.recurrent.Exactly.row;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ColumnLstmTest {
    private static final SimpleMatrix ZERO = new SimpleMatrix(1, 1);

    /** Only biases: f = σ(b^f + d^f + 1), the candidate is 0, and C_1 = f C_0. */
    @Test
    void an_added_forget_bias_is_one_more_in_the_forget_gate() {
        SimpleMatrix b = row(0, 0.5, 0, 0);
        SimpleMatrix d = row(0, 0.25, 0, 0);
        assertEntries(cell(b, d, ForgetBias.STORED), Activation.SIGMOID.value(0.75));
        assertEntries(cell(b, d, ForgetBias.ADDED), Activation.SIGMOID.value(1.75));
    }

    private static SimpleMatrix cell(SimpleMatrix b, SimpleMatrix d, ForgetBias forgetBias) {
        SimpleMatrix none = new SimpleMatrix(4, 1);
        return ColumnLstm.of(none, none, b, d, GateOrder.IFGO, forgetBias)
                .forward(numbers(1), ZERO, row(1))
                .c();
    }

    @ParameterizedTest
    @EnumSource(ForgetBias.class)
    void gradients_agree_with_differences_of_the_loss_in_every_entry(ForgetBias forgetBias) {
        Drawn drawn = new Drawn();
        SimpleMatrix U = drawn.matrix(8, 3);
        SimpleMatrix W = drawn.matrix(8, 2);
        SimpleMatrix b = drawn.matrix(1, 8);
        SimpleMatrix d = drawn.matrix(1, 8);
        SimpleMatrix h0 = drawn.matrix(3, 2);
        SimpleMatrix c0 = drawn.matrix(3, 2);
        SimpleMatrix dc = drawn.matrix(3, 2);
        List<SimpleMatrix> x = drawn.sequence(4, 3, 3);
        List<SimpleMatrix> dh = drawn.sequence(4, 3, 2);
        ColumnLstmGradient gradient =
                ColumnLstmGradient.of(ColumnLstm.of(U, W, b, d, GateOrder.IOFG, forgetBias), x, h0, c0, dh, dc);
        new Differences(() -> {
                    Lstm.Output out = ColumnLstm.of(U, W, b, d, GateOrder.IOFG, forgetBias)
                            .forward(x, h0, c0);
                    return Differences.inner(dh, out.h())
                            + dc.elementMult(out.c()).elementSum();
                })
                .agree("dx", x, gradient.dx())
                .agree("dh0", h0, gradient.dh0())
                .agree("dc0", c0, gradient.dc0())
                .agree("dU", U, gradient.dU())
                .agree("dW", W, gradient.dW())
                .agree("db", b, gradient.db())
                .agree("dd", d, gradient.dd());
        assertSame(gradient.db(), gradient.dd());
    }

    @Test
    void refusals_name_the_argument_and_both_shapes() {
        SimpleMatrix W = new SimpleMatrix(8, 2);
        SimpleMatrix b = new SimpleMatrix(1, 8);
        assertRefusal(
                "U must be 4·hidden×features = 8×8, is 3×8",
                () -> ColumnLstm.of(new SimpleMatrix(3, 8), W, b, b, GateOrder.IFGO, ForgetBias.STORED));
    }
}
