package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class StackedLstmTest {
    private final Drawn drawn = new Drawn();
    private final List<SimpleMatrix> U = List.of(drawn.matrix(3, 8), drawn.matrix(2, 8), drawn.matrix(2, 8));
    private final List<SimpleMatrix> W = drawn.sequence(3, 2, 8);
    private final List<SimpleMatrix> b = drawn.sequence(3, 1, 8);
    private final List<SimpleMatrix> x = drawn.sequence(3, 2, 3);
    private final SimpleMatrix h0 = drawn.matrix(2, 2);
    private final SimpleMatrix c0 = drawn.matrix(2, 2);
    private final List<SimpleMatrix> H0 = drawn.sequence(2, 2, 2);
    private final List<SimpleMatrix> C0 = drawn.sequence(2, 2, 2);
    private final List<SimpleMatrix> dh = drawn.sequence(3, 2, 2);

    private Lstm layer(int l) {
        return Lstm.of(U.get(l), W.get(l), b.get(l), GateOrder.IOFG);
    }

    private StackedLstm stack() {
        return StackedLstm.of(layer(0), List.of(layer(1), layer(2)));
    }

    @Test
    void is_its_layers_one_after_another() {
        List<SimpleMatrix> lowest = layer(0).forward(x, h0, c0).h();
        List<SimpleMatrix> middle =
                layer(1).forward(lowest, H0.get(0), C0.get(0)).h();
        List<SimpleMatrix> top = layer(2).forward(middle, H0.get(1), C0.get(1)).h();
        assertSame(top, stack().forward(x, h0, c0, H0, C0));
    }

    @Test
    void agrees_with_differences_of_the_loss() {
        StackedLstmGradient gradient = StackedLstmGradient.of(stack(), x, h0, c0, H0, C0, dh);
        new Differences(() -> Differences.inner(dh, stack().forward(x, h0, c0, H0, C0)))
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("c0", c0, gradient.dc0())
                .agree("U", U.get(0), gradient.dU())
                .agree("W", W.get(0), gradient.dW())
                .agree("b", b.get(0), gradient.db())
                .agree("H0", H0, gradient.dH0())
                .agree("C0", C0, gradient.dC0())
                .agree("UA", U.subList(1, 3), gradient.dUA())
                .agree("WA", W.subList(1, 3), gradient.dWA())
                .agree("B", b.subList(1, 3), gradient.dB());
    }

    @Test
    void refuses_layers_and_states_that_do_not_fit() {
        assertRefusal("UA_1 must be hidden×4·hidden = 2×8, is 3×8", () -> StackedLstm.of(layer(1), List.of(layer(0))));
        assertRefusal(
                "C0 must have 2 entries, one for each layer above the first, has 1",
                () -> stack().forward(x, h0, c0, H0, List.of(c0)));
    }
}
