package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Numbers that fit stay exact: a ball without radius is the number itself. */
class BallExactnessTest {
    private final Balls balls = new Balls(192);

    @Property
    void integer_arithmetic_stays_exact(@ForAll int a, @ForAll int b, @ForAll int c, @ForAll @IntRange(max = 6) int n) {
        Ball x = balls.of(a);
        Ball y = balls.of(b);
        assertExactly(big(a).add(big(b)), x.plus(y));
        assertExactly(big(a).subtract(big(b)), x.minus(y));
        assertExactly(big(a).multiply(big(b)).add(big(c)), x.times(y).plus(c));
        assertExactly(big(a).pow(n), x.pow(n));
        assertExactly(big(a).abs(), x.square().sqrt());
        assertExactly(big(a).max(big(b)), x.max(y));
        assertExactly(big(a).max(big(0)), x.relu());
        assertExactly(big(a).multiply(big(b)).multiply(big(2)), balls.dot(new Ball[] {x, y}, new Ball[] {y, x}));
        if (b != 0) {
            assertExactly(big(a), x.times(y).dividedBy(y));
        }
    }

    @Property
    void sums_of_any_doubles_that_cancel_are_exact(@ForAll double a, @ForAll double b, @ForAll double c) {
        Ball x = balls.of(a);
        Ball y = balls.of(b);
        Ball z = balls.of(c);
        assertExactly(new BigDecimal(c), balls.sum(new Ball[] {x, y, z, y.negate(), x.negate()}));
        assertExactly(new BigDecimal(0), balls.dot(new Ball[] {x, y}, new Ball[] {y, x.negate()}));
    }

    @Test
    void functions_are_exact_where_they_are_rational() {
        assertExactly(big(1), balls.zero().exp());
        assertExactly(big(0), balls.zero().expm1());
        assertExactly(big(0), balls.one().log());
        assertExactly(big(0), balls.zero().log1p());
        assertExactly(big(0), balls.zero().tanh());
        assertExactly(new BigDecimal("0.5"), balls.zero().sigmoid());
        assertExactly(big(0), balls.zero().sqrt());
        assertExactly(big(1), balls.zero().pow(0));
        assertExactly(big(0), balls.sum(balls.array(0)));
    }

    @Test
    void a_double_keeps_its_value_down_to_the_smallest() {
        for (double x : new double[] {0.1, -3, 1e300, Double.MAX_VALUE, 1e-310, Double.MIN_VALUE, Double.MIN_NORMAL}) {
            assertExactly(new BigDecimal(x), balls.of(x));
            assertExactly(new BigDecimal(x), new Balls(53).of(x));
        }
        double tenth = 0.1;
        assertFalse(new Balls(24).of(tenth).isExact());
        assertTrue(new Balls(24).of(tenth).contains(new BigDecimal(tenth)));
    }

    @Test
    void the_last_bit_that_fits_decides() {
        Ball one = new Balls(64).one();
        assertTrue(one.plus(0x1p-63).isExact());
        assertFalse(one.plus(0x1p-64).isExact());
        BigDecimal little = BigDecimal.valueOf(2).pow(64);
        assertTrue(one.plus(0x1p-64).contains(BigDecimal.ONE.add(BigDecimal.ONE.divide(little))));
    }

    @Test
    void shows_itself_in_a_few_characters() {
        assertEquals("0.5", balls.of(0.5).toString());
        assertEquals("-3e-300", balls.of(-3e-300).toString());
        assertEquals("0.3333333333333333 ± 5e-59", balls.one().dividedBy(3).toString());
        assertEquals("unbounded", balls.unbounded().toString());
    }

    private static void assertExactly(BigDecimal expected, Ball actual) {
        assertTrue(actual.isExact(), actual::toString);
        assertEquals(0, expected.compareTo(actual.midpoint().toBigDecimal()), () -> expected + " and " + actual);
    }

    private static BigDecimal big(int n) {
        return BigDecimal.valueOf(n);
    }
}
