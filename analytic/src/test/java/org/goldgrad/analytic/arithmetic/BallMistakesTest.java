package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.math.BigDecimal;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The containment check can fail: each mistake that an implementer of balls makes is caught within 300 balls. */
class BallMistakesTest {
    private static final int TRIES = 300;

    private final Points points = new Points(7);

    @Test
    void catches_a_radius_that_is_a_sixteenth_of_what_it_should_be() {
        for (Elementary f : Elementary.ALL) {
            assertCaught(
                    f,
                    ball -> new Ball(
                            ball.arithmetic(), ball.midpoint(), ball.radius().scaled(-4)));
        }
    }

    @Test
    void catches_a_function_that_forgets_the_radius_of_its_argument() {
        for (Elementary f : Elementary.ALL) {
            assertCaught(f.forgettingTheRadius(), UnaryOperator.identity());
        }
    }

    /** As a constant does that is wrong in its last digit. */
    @Test
    void catches_a_result_that_is_wrong_by_two_units_in_the_last_place() {
        for (Elementary f : Elementary.ALL) {
            assertCaught(f, ball -> {
                Balls balls = ball.arithmetic();
                Ball slightlyMore = balls.one().plus(Math.scalb(1.0, 2 - balls.precision()));
                return new Ball(balls, balls.midpoint(ball).times(slightlyMore).midpoint(), ball.radius());
            });
        }
    }

    @Test
    void catches_a_product_that_multiplies_the_radii() {
        BinaryOperator<Ball> mistaken = (x, y) -> {
            Ball mn = x.arithmetic().midpoint(x).times(y.arithmetic().midpoint(y));
            return new Ball(
                    mn.arithmetic(), mn.midpoint(), mn.radius().plus(x.radius().times(y.radius())));
        };
        assertCaught(mistaken, BigDecimal::multiply);
    }

    @Test
    void catches_a_sum_that_takes_the_larger_radius() {
        BinaryOperator<Ball> mistaken = (x, y) -> {
            Ball sum = x.arithmetic().midpoint(x).plus(y.arithmetic().midpoint(y));
            return new Ball(sum.arithmetic(), sum.midpoint(), x.radius().max(y.radius()));
        };
        assertCaught(mistaken, BigDecimal::add);
    }

    private void assertCaught(Elementary f, UnaryOperator<Ball> mistake) {
        Containment containment = new Containment();
        for (int i = 0; i < TRIES; i++) {
            f.check(containment, points, mistake);
        }
        assertFalse(containment.violations().isEmpty(), f::name);
    }

    private void assertCaught(BinaryOperator<Ball> mistaken, BinaryOperator<BigDecimal> truth) {
        Containment containment = new Containment();
        for (int i = 0; i < TRIES; i++) {
            Balls balls = Operand.drawBalls(points.random());
            Operand x = Operand.draw(balls, points, points.any(100));
            Operand y = Operand.draw(balls, points, points.any(100));
            BigDecimal expected = truth.apply(x.point(1), y.point(1));
            containment.check("mistake", x, mistaken.apply(x.ball(), y.ball()), expected);
        }
        assertFalse(containment.violations().isEmpty());
    }
}
