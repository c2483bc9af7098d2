package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Fractions are exact, and say so where they cannot be. */
class RationalTest {
    private final SplittableRandom random = new SplittableRandom(20260703);

    @Test
    void adds_subtracts_multiplies_and_divides_exactly() {
        assertEquals(half(), third().plus(Rational.of(1, 6)));
        assertEquals(Rational.of(1, 6), half().minus(third()));
        assertEquals(Rational.of(1, 6), half().times(third()));
        assertEquals(Rational.of(3, 2), half().dividedBy(third()));
        assertEquals(Rational.of(-1, 2), half().negate());
        assertEquals(Rational.of(3, 1), third().reciprocal());
        assertEquals(Rational.of(8, 27), Rational.of(2, 3).pow(3));
        assertEquals(Rational.of(1, 1), Rational.of(0, 1).pow(0));
    }

    @Test
    void keeps_the_laws_of_a_field() {
        for (int i = 0; i < 2_000; i++) {
            Rational a = draw();
            Rational b = draw();
            Rational c = draw();
            assertEquals(a.times(b.plus(c)), a.times(b).plus(a.times(c)));
            assertEquals(a.plus(b).plus(c), a.plus(b.plus(c)));
            assertEquals(a, a.minus(b).plus(b));
            if (b.value().getNumerator().signum() != 0) {
                assertEquals(a, a.dividedBy(b).times(b));
            }
        }
    }

    private Rational draw() {
        return Rational.of(random.nextInt(-1000, 1001), random.nextInt(1, 1001));
    }

    @Test
    void a_double_is_the_dyadic_fraction_that_it_is() {
        Points points = new Points(20260704);
        assertEquals(
                "3602879701896397/36028797018963968",
                Rational.ARITHMETIC.of(0.1).toString());
        for (int i = 0; i < 2_000; i++) {
            double x = points.magnitude(-1022, 1023);
            Rational fraction = Rational.ARITHMETIC.of(x);
            BigDecimal denominator = new BigDecimal(fraction.value().getDenominator());
            assertEquals(
                    0,
                    new BigDecimal(fraction.value().getNumerator()).compareTo(new BigDecimal(x).multiply(denominator)));
        }
    }

    @Test
    void a_double_reads_back() {
        Points points = new Points(20260704);
        for (int i = 0; i < 2_000; i++) {
            double x = points.magnitude(-900, 900);
            assertEquals(x, Rational.ARITHMETIC.of(x).doubleValue());
        }
    }

    @Test
    void a_subnormal_double_is_the_fraction_that_it_is() {
        assertEquals(
                Rational.ARITHMETIC.of(Double.MIN_NORMAL),
                Rational.ARITHMETIC.of(Double.MIN_VALUE).times(0x1p52));
    }

    @Test
    void the_double_of_a_fraction_is_the_nearest() {
        assertEquals(6004799503160662L, Rational.of((1L << 54) + 1, 3).doubleValue(), "…661.67");
        assertEquals(0x1.8p-1000, Rational.ARITHMETIC.of(0x1.8p-1000).doubleValue());
        assertEquals(0x1.000001p-1010, Rational.ARITHMETIC.of(0x1.000001p-1010).doubleValue());
    }

    @Test
    void relu_abs_and_max_compare_exactly() {
        Rational slightlyMore = third().plus(Rational.ARITHMETIC.of(0x1p-200));
        assertEquals(slightlyMore, third().max(slightlyMore));
        assertEquals(slightlyMore, slightlyMore.max(third()));
        assertEquals(Rational.ARITHMETIC.zero(), third().minus(slightlyMore).relu());
        assertEquals(third(), third().relu());
        assertEquals(third(), third().negate().abs());
    }

    @Test
    void sums_and_dot_products_are_exact() {
        Rational[] x = {third(), Rational.ARITHMETIC.of(1e300), third(), Rational.ARITHMETIC.of(-1e300)};
        assertEquals(Rational.of(2, 3), Rational.ARITHMETIC.sum(x));
        assertEquals(Rational.ARITHMETIC.zero(), Rational.ARITHMETIC.sum(new Rational[0]));
        assertEquals(
                Rational.of(2, 9),
                Rational.ARITHMETIC.dot(new Rational[] {third(), third()}, new Rational[] {third(), third()}));
    }

    @Test
    void refuses_what_is_no_fraction() {
        List<UnaryOperator<Rational>> irrational = List.of(
                Rational::sqrt,
                Rational::exp,
                Rational::expm1,
                Rational::log,
                Rational::log1p,
                Rational::tanh,
                Rational::sigmoid);
        for (UnaryOperator<Rational> f : irrational) {
            String message = String.valueOf(assertThrows(UnsupportedOperationException.class, () -> f.apply(half()))
                    .getMessage());
            assertTrue(message.endsWith("is not a fraction"), message);
        }
        assertThrows(ArithmeticException.class, () -> half().dividedBy(0));
    }

    @Test
    void reads_as_a_fraction() {
        assertEquals("-1/3", third().negate().toString());
        assertEquals("2", Rational.of(4, 2).toString());
    }

    private static Rational half() {
        return Rational.of(1, 2);
    }

    private static Rational third() {
        return Rational.of(1, 3);
    }
}
