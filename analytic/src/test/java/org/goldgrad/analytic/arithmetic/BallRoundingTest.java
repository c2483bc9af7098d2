package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A ball rounds to a double only if every number in it does; the yardstick is the correctly rounded Double.parseDouble. */
class BallRoundingTest {
    private final Balls balls = new Balls(192);
    private final Points points = new Points(11);

    @Test
    void rounds_numbers_of_every_size_as_their_decimal_digits_do() {
        for (int i = 0; i < 20_000; i++) {
            Ball x = balls.of(points.any(1023));
            Ball near = balls.midpoint(x.plus(x.times(points.magnitude(-130, -50))));
            assertRoundsAsParsed(near);
            assertRoundsAsParsed(near.times(0x1p-200));
        }
    }

    @Test
    void rounds_halfway_cases_to_even_and_their_neighbours_by_side() {
        Ball little = balls.of(Double.MIN_VALUE).times(0x1p-60);
        for (int i = 0; i < 10_000; i++) {
            double x = points.any(1000);
            Ball half = balls.of(Math.ulp(x)).times(0.5);
            Ball halfway = balls.of(x).plus(half);
            assertRoundsAsParsed(halfway);
            if (Math.abs(x) < 0x1p-1000) {
                assertRoundsAsParsed(halfway.plus(little));
                assertRoundsAsParsed(halfway.minus(little));
            }
            assertRoundsAsParsed(halfway.plus(half.times(0x1p-100)));
            assertRoundsAsParsed(halfway.minus(half.times(0x1p-100)));
        }
    }

    @Test
    void half_of_the_smallest_subnormal_is_zero_and_anything_above_is_not() {
        Ball half = balls.of(Double.MIN_VALUE).times(0.5);
        assertEquals(OptionalDouble.of(0.0), half.rounded());
        assertEquals(OptionalDouble.of(0.0), half.negate().rounded());
        assertEquals(
                OptionalDouble.of(Double.MIN_VALUE), half.times(1 + 0x1p-52).rounded());
        assertEquals(OptionalDouble.of(0.0), half.pow(1000).rounded());
    }

    @Test
    void overflow_is_no_double() {
        Ball max = balls.of(Double.MAX_VALUE);
        Ball halfUlp = balls.of(0x1p969).times(2);
        assertEquals(OptionalDouble.empty(), max.plus(halfUlp).rounded());
        assertEquals(OptionalDouble.empty(), max.plus(halfUlp).negate().rounded());
        assertEquals(
                OptionalDouble.of(Double.MAX_VALUE),
                max.plus(halfUlp).minus(0x1p900).rounded());
        assertEquals(OptionalDouble.empty(), max.pow(9).rounded());
        assertEquals(Double.NEGATIVE_INFINITY, max.pow(9).negate().doubleValue());
    }

    @Test
    void a_ball_that_reaches_a_rounding_boundary_does_not_round() {
        Ball halfway = balls.of(1).plus(0x1p-53);
        assertEquals(OptionalDouble.of(1), halfway.rounded());
        for (double radius : new double[] {Double.MIN_VALUE, 1e-200, 1e-20}) {
            assertEquals(
                    OptionalDouble.empty(),
                    balls.within(halfway, balls.of(radius)).rounded());
            assertEquals(
                    OptionalDouble.of(1),
                    balls.within(balls.one(), balls.of(radius)).rounded());
        }
        assertEquals(
                OptionalDouble.empty(),
                balls.within(balls.one(), balls.of(0x1p-53)).rounded());
        assertEquals(OptionalDouble.empty(), balls.unbounded().rounded());
    }

    @Test
    void zero_is_positive_also_around_it() {
        assertEquals(OptionalDouble.of(0.0), balls.of(-0.0).rounded());
        assertEquals(
                OptionalDouble.of(0.0),
                balls.within(balls.zero(), balls.of(1).times(0x1p-1000).times(0x1p-76))
                        .rounded());
        assertEquals(
                OptionalDouble.empty(),
                balls.within(balls.zero(), balls.of(Double.MIN_VALUE)).rounded());
    }

    /** Endpoints decide: rounded() against the two ends rounded in decimal. */
    @Test
    void rounds_balls_as_their_two_ends() {
        for (int i = 0; i < 10_000; i++) {
            Operand x = Operand.draw(balls, points, points.any(900));
            double low = parsed(x.point(-1));
            double high = parsed(x.point(1));
            OptionalDouble expected = low == high ? OptionalDouble.of(low + 0.0) : OptionalDouble.empty();
            assertEquals(expected, x.ball().rounded(), () -> x.ball().toString());
        }
    }

    private static void assertRoundsAsParsed(Ball x) {
        double expected = parsed(x.midpoint().toBigDecimal());
        assertEquals(expected, x.doubleValue(), 0.0, x::toString);
        OptionalDouble finite = Double.isFinite(expected) ? OptionalDouble.of(expected + 0.0) : OptionalDouble.empty();
        assertTrue(x.isExact(), x::toString);
        assertEquals(finite, x.rounded(), x::toString);
    }

    private static double parsed(BigDecimal x) {
        return Double.parseDouble(x.toString());
    }
}
