package org.goldgrad.analytic.oracle;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.junit.jupiter.api.Test;

class SmoothTest {
    private static <R extends Real<R>> Answer<R> relu(Question<R> q) {
        return Answer.of("y", q.tensor("x").map(R::exp).minus(q.tensor("e")).map(R::relu));
    }

    private static <R extends Real<R>> Answer<R> norm(Question<R> q) {
        Tensor<R> d = q.tensor("x").map(R::exp).minus(q.tensor("e"));
        return Answer.of("y", Tensor.scalar(d.dot(d).sqrt()));
    }

    private static Inputs at(double x, double e) {
        return Inputs.empty().with("x", new double[] {x}).with("e", new double[] {e});
    }

    @Test
    void a_kink_is_not_smooth_nor_is_a_place_whose_side_doubles_cannot_tell() {
        assertTrue(Smooth.at(SmoothTest::relu, at(1, 2)), "e − 2 > 0");
        assertTrue(Smooth.at(SmoothTest::relu, at(1, 3)), "e − 3 < 0");
        assertFalse(Smooth.at(SmoothTest::relu, at(0, 1)), "exactly 0");
        assertFalse(Smooth.at(SmoothTest::relu, at(1, Math.E)), "e less the double nearest to it");
    }

    @Test
    void a_norm_is_smooth_unless_it_is_lost_in_its_error() {
        assertTrue(Smooth.at(SmoothTest::norm, at(1, 2)));
        assertFalse(Smooth.at(SmoothTest::norm, at(1, Math.E)));
        assertFalse(Smooth.at(SmoothTest::norm, at(-600, 0)), "the square is below every double");
    }
}
