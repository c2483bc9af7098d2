package org.goldgrad.golden.vectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DecimalTest {
    /** Any bits at all, so that all exponents come up. */
    @Property
    void reads_back_to_the_same_bits(@ForAll long bits) {
        double x = Double.longBitsToDouble(bits);
        assertEquals(Double.doubleToLongBits(x), Double.doubleToLongBits(Double.parseDouble(Decimal.shortest(x))));
    }

    @Property
    void no_shorter_decimal_reads_back(@ForAll long bits) {
        double x = finite(bits);
        BigDecimal decimal = new BigDecimal(Decimal.shortest(x)).stripTrailingZeros();
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.FLOOR, RoundingMode.CEILING}) {
            if (decimal.precision() > 1) {
                BigDecimal shorter = new BigDecimal(x).round(new MathContext(decimal.precision() - 1, mode));
                assertTrue(Double.parseDouble(shorter.toString()) != x, shorter + " reads back to " + decimal);
            }
        }
    }

    /** Nearest among those of its length: the rounded exact value, unless that does not read back. */
    @Property
    void is_nearest_to_the_number(@ForAll long bits) {
        double x = finite(bits);
        BigDecimal decimal = new BigDecimal(Decimal.shortest(x));
        BigDecimal unit = new BigDecimal(x)
                .round(new MathContext(decimal.stripTrailingZeros().precision()))
                .ulp();
        BigDecimal error = decimal.subtract(new BigDecimal(x)).abs();
        BigDecimal nearest = new BigDecimal(x)
                .round(new MathContext(decimal.stripTrailingZeros().precision(), RoundingMode.HALF_EVEN));
        assertTrue(error.multiply(BigDecimal.valueOf(2)).compareTo(unit) <= 0
                || Double.parseDouble(nearest.toString()) != x);
    }

    /** From JDK 19 on, Double.toString is shortest too; it writes at least two digits, and of those the nearest. */
    @Property
    void agrees_with_modern_java(@ForAll long bits) {
        double x = finite(bits);
        if (Runtime.version().feature() >= 19) {
            BigDecimal theirs = new BigDecimal(Double.toString(x)).stripTrailingZeros();
            BigDecimal ours = new BigDecimal(Decimal.shortest(x)).stripTrailingZeros();
            assertTrue(theirs.precision() <= 2 || theirs.compareTo(ours) == 0, theirs + " and " + ours);
        }
    }

    @Property
    void a_published_budget_is_never_below_the_derived_one(@ForAll long bits, @ForAll @IntRange(max = 3) int more) {
        double x = Math.abs(finite(bits));
        double published = Decimal.ceiling(x);
        assertTrue(published >= x);
        assertTrue(x == 0 || x < Double.MIN_NORMAL || published <= 1.0101 * x);
        assertEquals(published, Decimal.ceiling(published));
        assertTrue(
                new BigDecimal(Decimal.shortest(published)).stripTrailingZeros().precision() <= 3
                        || Double.isInfinite(published));
    }

    @Example
    void is_written_as_people_do() {
        assertEquals("0.1", Decimal.shortest(0.1));
        assertEquals("-2.0", Decimal.shortest(-2));
        assertEquals("-0.0", Decimal.shortest(-0.0));
        assertEquals("0.0009765625", Decimal.shortest(0x1p-10));
        assertEquals("6.25e-5", Decimal.shortest(6.25e-5));
        assertEquals("8589934592.0", Decimal.shortest(0x1p33));
        assertEquals("1e16", Decimal.shortest(1e16));
        assertEquals("1e23", Decimal.shortest(0x1.52d02c7e14af6p76));
        assertEquals("5e-324", Decimal.shortest(Double.MIN_VALUE));
        assertEquals("2e-323", Decimal.shortest(4 * Double.MIN_VALUE));
        assertEquals("1.7976931348623157e308", Decimal.shortest(Double.MAX_VALUE));
        assertEquals("NaN", Decimal.shortest(Double.NaN));
        assertEquals("-Infinity", Decimal.shortest(Double.NEGATIVE_INFINITY));
    }

    /** A power of two has its lower neighbour at half the distance, so the nearest decimal may not read back. */
    @Property
    void powers_of_two_read_back(@ForAll @IntRange(min = -1074, max = 1023) int exponent) {
        double x = Math.scalb(1.0, exponent);
        assertEquals(x, Double.parseDouble(Decimal.shortest(x)));
        no_shorter_decimal_reads_back(Double.doubleToLongBits(x));
    }

    private static double finite(long bits) {
        double x = Double.longBitsToDouble(bits);
        return Double.isFinite(x) ? x : 1;
    }
}
