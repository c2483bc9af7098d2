package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Double-doubles against balls of 320 bits: no result is further from the truth than its documentation says. */
class DoubleDoubleTest {
    private static final Arithmetic<DoubleDouble> DD = DoubleDouble.ARITHMETIC;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    /** Below, a low part runs out of bits and an absolute error joins the relative one. */
    private static final double TINY = 0x1p-960;

    private final Balls balls = new Balls(320);
    private final Points points = new Points(5);
    private final Map<String, Double> worst = new TreeMap<>();
    private int checked;

    @Test
    void functions_keep_their_stated_bounds() {
        for (int i = 0; i < 12_000; i++) {
            unary("exp", 100, DoubleDouble::exp, Ball::exp, draw(9));
            unary("expm1", 99, DoubleDouble::expm1, Ball::expm1, draw(9));
            unary("log", 99, DoubleDouble::log, Ball::log, draw(1023).abs());
            unary("log1p", 99, DoubleDouble::log1p, Ball::log1p, above(-1));
            unary("tanh", 98, DoubleDouble::tanh, Ball::tanh, draw(1023));
            unary("sigmoid", 99, DoubleDouble::sigmoid, Ball::sigmoid, draw(9));
            unary("sqrt", 104, DoubleDouble::sqrt, Ball::sqrt, draw(1023).abs());
        }
        report(80_000);
    }

    @Test
    void operations_keep_their_stated_bounds() {
        for (int i = 0; i < 15_000; i++) {
            DoubleDouble x = draw(1020);
            DoubleDouble y = points.random().nextInt(4) == 0 ? near(x) : draw(1020);
            binary("plus", 104, DoubleDouble::plus, Ball::plus, x, y);
            binary("minus", 104, DoubleDouble::minus, Ball::minus, x, y);
            binary("times", 103, DoubleDouble::times, Ball::times, x, y);
            binary("divided by", 103, DoubleDouble::dividedBy, Ball::dividedBy, x, y);
            binary("max", 200, DoubleDouble::max, Ball::max, x, y);
            int n = points.random().nextInt(1, 40);
            Ball power = exact(x).pow(n);
            check("pow / n", 103, x.pow(n), power, power.times(n));
        }
        report(80_000);
    }

    /** The bound on a sum is relative to the sum of absolute values. */
    @Test
    void sums_and_dot_products_keep_their_stated_bounds() {
        for (int i = 0; i < 3_000; i++) {
            int n = points.random().nextInt(1, 40);
            DoubleDouble[] x = DD.array(n);
            DoubleDouble[] y = DD.array(n);
            Ball[] bx = balls.array(n);
            Ball[] by = balls.array(n);
            Ball[] sizes = balls.array(n);
            Ball[] products = balls.array(n);
            for (int j = 0; j < n; j++) {
                x[j] = j % 2 == 1 ? near(x[j - 1]).negate() : draw(400);
                y[j] = j % 2 == 1 ? y[j - 1] : draw(400);
                bx[j] = exact(x[j]);
                by[j] = exact(y[j]);
                sizes[j] = bx[j].abs();
                products[j] = bx[j].times(by[j]).abs();
            }
            check("sum / n", 104, DD.sum(x), balls.sum(bx), balls.sum(sizes).times(n));
            check(
                    "dot / (n+1)",
                    104,
                    DD.dot(x, y),
                    balls.dot(bx, by),
                    balls.sum(products).times(n + 1));
        }
        report(6_000);
    }

    private void unary(
            String name, int bits, UnaryOperator<DoubleDouble> f, UnaryOperator<Ball> truth, DoubleDouble x) {
        if (x.hi() != 0 || !name.equals("log")) {
            Ball expected = truth.apply(exact(x));
            check(name, bits, f.apply(x), expected, expected);
        }
    }

    private void binary(
            String name,
            int bits,
            BinaryOperator<DoubleDouble> f,
            BinaryOperator<Ball> truth,
            DoubleDouble x,
            DoubleDouble y) {
        if (y.hi() != 0 || !name.equals("divided by")) {
            Ball expected = truth.apply(exact(x), exact(y));
            check(name, bits, f.apply(x, y), expected, expected);
        }
    }

    /** |actual − expected| ≤ 2^−bits scale, and 2⁻¹⁰⁷² where the result is tiny; an overflow must be a true one. */
    private void check(String name, int bits, DoubleDouble actual, Ball expected, Ball scale) {
        checked++;
        if (!Double.isFinite(actual.hi())) {
            assertTrue(
                    Math.abs(expected.doubleValue()) >= Double.MAX_VALUE && !Double.isNaN(actual.hi()),
                    () -> name + ": " + actual + " for " + expected);
            return;
        }
        Ball distance = exact(actual).minus(expected).abs();
        double units = ratio(distance, scale, bits);
        if (Math.abs(expected.doubleValue()) < TINY) {
            assertTrue(
                    units <= 1 || Math.scalb(distance.doubleValue(), 1000) <= 0x1p-72,
                    () -> name + ": " + actual + " for " + expected);
        } else {
            worst.merge(name + " 2^-" + bits, units, Math::max);
            assertTrue(units <= 1, () -> name + ": " + actual + " for " + expected + ", " + units + " of the bound");
        }
    }

    private static double ratio(Ball distance, Ball scale, int bits) {
        if (distance.doubleValue() == 0) {
            return 0;
        }
        return distance.dividedBy(scale.abs()).times(Math.scalb(1.0, bits)).doubleValue();
    }

    private void report(int least) {
        StringBuilder text = new StringBuilder(checked + " double-doubles, worst error (stated bound):");
        worst.forEach((name, units) -> {
            String bound = name.substring(name.lastIndexOf('-'));
            double log2 = StrictMath.log10(units) / StrictMath.log10(2) + Double.parseDouble(bound);
            text.append(units == 0 ? " " + name + " exact;" : String.format(Locale.ROOT, " %s 2^%.1f;", name, log2));
        });
        System.out.println(text);
        assertTrue(checked >= least, text::toString);
    }

    private Ball exact(DoubleDouble x) {
        return balls.sum(new Ball[] {balls.of(x.hi()), balls.of(x.lo())});
    }

    private DoubleDouble draw(int maxExponent) {
        double hi = points.any(maxExponent);
        double half = points.random().nextInt(3) == 0 ? 0 : 0.5 * Math.ulp(hi);
        return DoubleDouble.ofSum(hi, half * points.random().nextDouble(-1, 1) * points.magnitude(-20, 0));
    }

    private DoubleDouble above(double bound) {
        DoubleDouble x = draw(1023);
        while (!(x.hi() > bound)) {
            x = draw(1023);
        }
        return x;
    }

    private DoubleDouble near(DoubleDouble x) {
        return x.times(1 + points.random().nextInt(3) * 0x1p-52);
    }

    @Test
    void outside_the_finite_numbers_it_is_a_double() {
        double[] special = {
            Double.NaN, INFINITY, -INFINITY, 0, 1, -1, -2, 1e300, Double.MAX_VALUE, -Double.MAX_VALUE, Double.MIN_VALUE
        };
        List<UnaryOperator<Binary64>> unary = List.of(
                Binary64::exp,
                Binary64::expm1,
                Binary64::log,
                Binary64::log1p,
                Binary64::tanh,
                Binary64::sigmoid,
                Binary64::sqrt,
                Binary64::relu,
                Binary64::abs,
                Binary64::negate,
                v -> v.pow(3));
        List<UnaryOperator<DoubleDouble>> ours = List.of(
                DoubleDouble::exp,
                DoubleDouble::expm1,
                DoubleDouble::log,
                DoubleDouble::log1p,
                DoubleDouble::tanh,
                DoubleDouble::sigmoid,
                DoubleDouble::sqrt,
                DoubleDouble::relu,
                DoubleDouble::abs,
                DoubleDouble::negate,
                v -> v.pow(3));
        for (double x : special) {
            for (int f = 0; f < ours.size(); f++) {
                double plain = unary.get(f).apply(new Binary64(x)).value();
                double actual = ours.get(f).apply(DD.of(x)).hi();
                if (Double.isFinite(plain)) {
                    assertEquals(plain, actual, 3 * Math.ulp(plain), "function " + f + " of " + x);
                } else {
                    assertEquals(plain, actual, "function " + f + " of " + x);
                }
            }
            for (double y : special) {
                assertEquals(x + y, DD.of(x).plus(y).hi());
                assertEquals(x - y, DD.of(x).minus(y).hi());
                assertEquals(x * y, DD.of(x).times(y).hi());
                assertEquals(x / y, DD.of(x).dividedBy(y).hi());
                assertEquals(Math.max(x, y), DD.of(x).max(DD.of(y)).hi());
            }
        }
    }

    /** The commons-numbers product of 1e301 and 2 is NaN, because splitting 1e301 overflows. */
    @Test
    void factors_near_the_largest_double_are_scaled() {
        assertEquals(2e301, DD.of(1e301).times(2).hi());
        assertEquals(1e301, DD.of(1e301).dividedBy(1).hi());
        assertEquals(0, DD.of(Double.MAX_VALUE).times(DD.of(Double.MIN_VALUE)).lo());
    }

    @Test
    void holds_thirty_one_digits() {
        DoubleDouble third = DD.one().dividedBy(3);
        BigDecimal sum = new BigDecimal(third.hi()).add(new BigDecimal(third.lo()));
        assertTrue(sum.toString().startsWith("0.33333333333333333333333333333333"), sum::toString);
        assertEquals(106, DD.precision());
        assertThrows(IllegalArgumentException.class, () -> third.pow(-1));
    }
}
