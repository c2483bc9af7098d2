package org.goldgrad.analytic.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Gradient;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.junit.jupiter.api.Test;

/** The plain layer without a nonlinearity, in fractions, where it is a polynomial. */
class VanillaRnnTest {
    private static final Inputs LINEAR = Inputs.empty()
            .with("x", Array.of(new int[] {3, 2, 1}, 1, -2, 0.5, 3, -1.5, 2))
            .with("h0", Array.matrix(new double[] {1, -1}, new double[] {0.25, 2}))
            .with("U", Array.matrix(new double[] {0.5, -1}))
            .with("W", Array.matrix(new double[] {1, 2}, new double[] {-0.5, 0.75}))
            .with("b", 0.125, -3)
            .withConvention("nonlinearity", "identity");

    @Test
    void is_its_closed_form() {
        Question<Rational> q = LINEAR.in(Rational.ARITHMETIC);
        assertEquals(
                elements(VanillaRnn.linear(q)), elements(VanillaRnn.LAYER.of(q).output("h")));
    }

    /** Γ_t = g (Wᵀ)^{T−t} for a loss of h_T alone. */
    @Test
    void sends_a_gradient_back_through_powers_of_the_transposed_weights() {
        Array g = Array.of(new int[] {3, 2, 2}, 0, 0, 0, 0, 0, 0, 0, 0, 1, -2, 3, 0.5);
        Question<Rational> q = LINEAR.with("dh", g).in(Rational.ARITHMETIC);
        Tensor<Rational> Gamma = new Gradient(VanillaRnn.LAYER, List.of(), Map.of("Gamma", "h"))
                .of(q)
                .output("Gamma");
        Tensor<Rational> back = q.tensor("W").transpose();
        Tensor<Rational> last = q.tensor("dh").slice(2);
        assertEquals(elements(last), elements(Gamma.slice(2)));
        assertEquals(elements(last.matmul(back)), elements(Gamma.slice(1)));
        assertEquals(elements(last.matmul(back).matmul(back)), elements(Gamma.slice(0)));
    }

    /** Windows of 2 in 3 steps: what flows from step 3 stops before step 2, what flows from step 2 does not. */
    @Test
    void windows_cut_the_gradient_where_they_begin() {
        Array dh = Array.of(new int[] {3, 2, 2}, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8);
        Question<Rational> q = LINEAR.with("dh", dh).withInteger("window", 2).in(Rational.ARITHMETIC);
        Tensor<Rational> second = q.tensor("dh").slice(1);
        Tensor<Rational> W = q.tensor("W").transpose();
        assertEquals(
                elements(second.matmul(W).matmul(W)),
                elements(TruncatedGradient.LAYER.of(q).output("dh0")));
    }

    @Test
    void reversing_ragged_sequences_twice_changes_nothing_and_once_keeps_the_padding() {
        Question<Rational> q = LINEAR.with("lengths", 2, 3).in(Rational.ARITHMETIC);
        Tensor<Rational> once = Ragged.reversed(q.tensor("x"), q.tensor("lengths"));
        assertEquals("[1/2, 2, 1, 3, -3/2, -2]", elements(once).toString());
        assertEquals(elements(q.tensor("x")), elements(Ragged.reversed(once, q.tensor("lengths"))));
    }

    private static List<Rational> elements(Tensor<Rational> tensor) {
        return List.of(tensor.elements());
    }
}
