package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** At the edges: arguments outside a domain or nearly so, and results beyond any exponent. */
class BallDomainTest {
    private final Balls balls = new Balls(192);
    private final Ball aroundZero = balls.within(balls.of(0.25), balls.of(0.5));

    @Test
    void more_precision_may_help_a_ball_that_reaches_out_of_the_domain() {
        assertTrue(balls.one().dividedBy(aroundZero).isUnbounded());
        assertTrue(aroundZero.log().isUnbounded());
        assertTrue(aroundZero.minus(1).log1p().isUnbounded());
    }

    @Test
    void no_precision_helps_a_ball_outside_the_domain() {
        Ball negative = balls.within(balls.of(-2), balls.one());
        assertThrows(ArithmeticException.class, () -> balls.one().dividedBy(0));
        assertThrows(ArithmeticException.class, () -> balls.zero().reciprocal());
        assertThrows(ArithmeticException.class, negative::log);
        assertThrows(ArithmeticException.class, () -> balls.zero().log());
        assertThrows(ArithmeticException.class, () -> balls.of(-1).log1p());
        assertThrows(ArithmeticException.class, negative::sqrt);
        assertThrows(IllegalArgumentException.class, () -> balls.one().pow(-1));
        for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThrows(IllegalArgumentException.class, () -> balls.of(x));
        }
    }

    @Test
    void the_root_of_a_ball_around_zero_reaches_from_zero() {
        Ball root = aroundZero.sqrt();
        assertTrue(root.contains(BigDecimal.ZERO));
        assertTrue(root.contains(new BigDecimal("0.866025403784438646763723170752936183")));
        assertFalse(root.contains(new BigDecimal("0.8660255")));
        assertTrue(root.lower().signum() >= 0);
    }

    @Test
    void an_even_power_of_a_ball_around_zero_is_not_negative() {
        assertTrue(aroundZero.square().lower().signum() >= 0);
        assertTrue(aroundZero.pow(4).upper().compareTo(new BigDecimal("0.3164063")) < 0);
        assertTrue(aroundZero.pow(3).contains(new BigDecimal("-0.015625")));
    }

    @Test
    void relu_abs_and_max_of_undecided_balls_are_hulls() {
        assertHull("0", "0.75", aroundZero.relu());
        assertHull("0", "0.75", aroundZero.abs());
        assertHull("0.5", "0.75", aroundZero.max(balls.of(0.5)));
        assertEquals(0, aroundZero.minus(10).relu().upper().signum());
    }

    private static void assertHull(String low, String high, Ball ball) {
        assertEquals(0, new BigDecimal(low).compareTo(ball.lower()), ball::toString);
        assertEquals(0, new BigDecimal(high).compareTo(ball.upper()), ball::toString);
    }

    @Test
    void an_unbounded_ball_absorbs_everything() {
        Ball u = balls.unbounded();
        List<UnaryOperator<Ball>> operations = List.of(
                Ball::negate,
                Ball::sqrt,
                Ball::exp,
                Ball::expm1,
                Ball::log,
                Ball::log1p,
                Ball::tanh,
                Ball::sigmoid,
                Ball::relu,
                Ball::abs,
                Ball::square,
                Ball::reciprocal,
                x -> x.pow(0),
                x -> x.times(0),
                x -> x.plus(1),
                x -> x.max(balls.one()),
                x -> balls.one().minus(x),
                x -> balls.zero().dividedBy(x),
                balls::midpoint,
                x -> balls.within(balls.one(), x),
                x -> balls.sum(new Ball[] {balls.one(), x}),
                x -> balls.dot(new Ball[] {balls.zero()}, new Ball[] {x}));
        for (UnaryOperator<Ball> operation : operations) {
            assertTrue(operation.apply(u).isUnbounded());
        }
        assertTrue(Double.isNaN(u.doubleValue()));
        assertTrue(u.contains(BigDecimal.TEN));
        assertThrows(ArithmeticException.class, u::lower);
    }

    @Test
    void saturated_functions_are_known_nearly_exactly() {
        assertEquals(OptionalDouble.of(1), balls.of(1e308).tanh().rounded());
        assertEquals(OptionalDouble.of(-1), balls.of(-1e308).tanh().rounded());
        assertEquals(OptionalDouble.of(1), balls.of(1e308).sigmoid().rounded());
        assertEquals(OptionalDouble.of(0), balls.of(-1e308).sigmoid().rounded());
        assertEquals(OptionalDouble.of(-1), balls.of(-1e308).expm1().rounded());
        assertEquals(OptionalDouble.of(0), balls.of(-1e308).exp().rounded());
        assertFalse(balls.of(1e308).tanh().isExact());
        assertTrue(balls.of(1e308).exp().isUnbounded());
        assertTrue(balls.of(1e9).exp().isUnbounded());
        assertFalse(balls.of(7e8).exp().isUnbounded());
    }

    @Test
    void what_underflows_every_exponent_still_contains_zero_and_little_else() {
        Ball tiny = balls.of(-1e9).exp();
        assertTrue(tiny.contains(BigDecimal.ZERO));
        assertFalse(tiny.contains(new BigDecimal("1e-300000000")));
        assertTrue(tiny.square().containsZero());
        assertFalse(tiny.plus(1).isExact());
        assertEquals(OptionalDouble.of(1), tiny.plus(1).rounded());
    }

    /** e^1,000,000 = 3.033215396802087545… · 10^434294, from mpmath 1.3 at 60 digits. */
    @Test
    void a_million_is_an_ordinary_exponent() {
        Ball e = balls.of(1e6).exp();
        BigDecimal truth = new BigDecimal("3.033215396802087545086402141418114327083973794813477409606195")
                .scaleByPowerOfTen(434294);
        BigDecimal off = truth.subtract(e.midpoint().toBigDecimal()).abs();
        assertTrue(off.compareTo(truth.scaleByPowerOfTen(-57)) < 0);
        assertTrue(e.log().contains(new BigDecimal("1000000")));
        assertEquals(OptionalDouble.of(1e6), e.log().rounded());
        assertTrue(e.times(e.negate().minus(1).reciprocal()).contains(BigDecimal.ONE.negate()));
    }

    @Test
    void numbers_of_very_different_size_meet_at_no_cost() {
        Ball large = balls.of(1e8).exp();
        Ball small = balls.of(-1e8).exp();
        assertTrue(large.plus(small).minus(large).containsZero());
        assertEquals(OptionalDouble.of(1), balls.one().plus(small).rounded());
        assertTrue(balls.sum(new Ball[] {small, large, balls.one(), large.negate()})
                .containsZero());
        assertEquals(1, large.compareMagnitude(small.negate()));
        assertTrue(large.max(small).compareMagnitude(large) == 0);
        assertEquals(OptionalDouble.of(1e8), large.log().rounded());
    }
}
