package org.goldgrad.reference.recurrent;

import static org.goldgrad.reference.recurrent.Exactly.assertSame;
import static org.goldgrad.reference.recurrent.Refusals.assertRefusal;

import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

final class StackedRnnTest {
    private final Drawn drawn = new Drawn();
    private final List<SimpleMatrix> U = List.of(drawn.matrix(2, 3), drawn.matrix(3, 3), drawn.matrix(3, 3));
    private final List<SimpleMatrix> W = drawn.sequence(3, 3, 3);
    private final List<SimpleMatrix> b = drawn.sequence(3, 1, 3);
    private final List<SimpleMatrix> x = drawn.sequence(3, 2, 2);
    private final SimpleMatrix h0 = drawn.matrix(2, 3);
    private final List<SimpleMatrix> H0 = drawn.sequence(2, 2, 3);
    private final List<SimpleMatrix> dh = drawn.sequence(3, 2, 3);
    private final SimpleMatrix dlast0 = drawn.matrix(2, 3);
    private final List<SimpleMatrix> dlast = drawn.sequence(2, 2, 3);

    private VanillaRnn layer(int l) {
        return VanillaRnn.of(U.get(l), W.get(l), b.get(l), Activation.TANH);
    }

    private StackedRnn stack() {
        return StackedRnn.of(layer(0), List.of(layer(1), layer(2)));
    }

    @Test
    void is_its_layers_one_after_another() {
        StackedRnn.Output output = stack().forward(x, h0, H0);
        List<SimpleMatrix> lowest = layer(0).forward(x, h0);
        List<SimpleMatrix> middle = layer(1).forward(lowest, H0.get(0));
        List<SimpleMatrix> top = layer(2).forward(middle, H0.get(1));
        assertSame(top, output.h());
        assertSame(lowest.get(2), output.last0());
        assertSame(List.of(middle.get(2), top.get(2)), output.last());
    }

    @Test
    void a_stack_of_one_is_the_layer() {
        StackedRnn stack = StackedRnn.of(layer(0), List.of());
        assertSame(layer(0).forward(x, h0), stack.forward(x, h0, List.of()).h());
        StackedRnnGradient gradient = StackedRnnGradient.of(stack, x, h0, List.of(), dh, h0.createLike(), List.of());
        assertSame(VanillaRnnGradient.of(layer(0), x, h0, dh).dx(), gradient.dx());
    }

    @Test
    void agrees_with_differences_of_the_loss() {
        StackedRnnGradient gradient = StackedRnnGradient.of(stack(), x, h0, H0, dh, dlast0, dlast);
        new Differences(() -> {
                    StackedRnn.Output output = stack().forward(x, h0, H0);
                    return Differences.inner(dh, output.h())
                            + Differences.inner(List.of(dlast0), List.of(output.last0()))
                            + Differences.inner(dlast, output.last());
                })
                .agree("x", x, gradient.dx())
                .agree("h0", h0, gradient.dh0())
                .agree("U", U.get(0), gradient.dU())
                .agree("W", W.get(0), gradient.dW())
                .agree("b", b.get(0), gradient.db())
                .agree("H0", H0, gradient.dH0())
                .agree("UA", U.subList(1, 3), gradient.dUA())
                .agree("WA", W.subList(1, 3), gradient.dWA())
                .agree("B", b.subList(1, 3), gradient.dB());
    }

    @Test
    void refuses_layers_and_states_that_do_not_fit() {
        assertRefusal(
                "UA_2 must be hidden×hidden = 3×3, is 2×3", () -> StackedRnn.of(layer(0), List.of(layer(1), layer(0))));
        assertRefusal(
                "H0 must have 2 entries, one for each layer above the first, has 3",
                () -> stack().forward(x, h0, List.of(h0, h0, h0)));
        assertRefusal(
                "dlast_2 must be batch×hidden = 2×3, is 2×2",
                () -> StackedRnnGradient.of(stack(), x, h0, H0, dh, dlast0, List.of(h0, x.get(0))));
    }
}
