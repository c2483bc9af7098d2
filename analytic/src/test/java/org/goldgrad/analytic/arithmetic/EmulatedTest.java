package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.goldgrad.analytic.arithmetic.Emulated.Order;
import org.junit.jupiter.api.Test;

/** Emulated binary32 is Java's float arithmetic, and the orders of summation are those that they are called. */
class EmulatedTest {
    private static final int PAIRS = 200_000;

    private final SplittableRandom random = new SplittableRandom(20260702);
    private final Arithmetic<Emulated> binary32 = Emulated.arithmetic(Format.BINARY32, Order.FORWARD);

    @Test
    void binary32_is_javas_float_arithmetic() {
        for (int i = 0; i < PAIRS; i++) {
            float x = any();
            float y = i % 2 == 0 ? any() : nearby(x);
            Emulated a = binary32.of(x);
            Emulated b = binary32.of(y);
            String pair = x + " and " + y;
            assertSame(x + y, a.plus(b), "sum of " + pair);
            assertSame(x - y, a.minus(b), "difference of " + pair);
            assertSame(x * y, a.times(b), "product of " + pair);
            assertSame(x / y, a.dividedBy(b), "quotient of " + pair);
            assertSame((float) Math.sqrt(x), a.sqrt(), "root of " + x);
            assertSame(-x, a.negate(), "negative of " + x);
            assertSame(Math.abs(x), a.abs(), "magnitude of " + x);
            assertSame(Math.max(x, y), a.max(b), "maximum of " + pair);
            assertSame(Math.max(x, 0), a.relu(), "relu of " + x);
        }
    }

    /** Every bit pattern but NaN, subnormals and infinities among them. */
    private float any() {
        float x = Float.intBitsToFloat(random.nextInt());
        return Float.isNaN(x) ? Float.MIN_VALUE : x;
    }

    /** Of a size to cancel or to be absorbed. */
    private float nearby(float x) {
        return (float) (x * random.nextDouble(-2, 2) * Math.scalb(1.0, random.nextInt(-26, 27)));
    }

    private static void assertSame(float expected, Emulated actual, String what) {
        assertEquals(0, Double.compare(expected, actual.doubleValue()), () -> what + ": " + expected + ", " + actual);
    }

    /** ½ ulp for the rounding and 2⁻²⁸ for the double that is rounded, as promised; the truth is a ball of 160 bits. */
    @Test
    void elementary_functions_are_off_by_half_an_ulp_and_hardly_more() {
        Balls balls = new Balls(160);
        double worst = 0;
        for (Elementary f : Elementary.ALL) {
            UnaryOperator<Emulated> emulated = emulated(f.name());
            for (int i = 0; i < 3_000; i++) {
                float x = (float) random.nextDouble(Math.max(f.above() + 0.001, -15), 15);
                Ball truth = f.ball().apply(balls.of(x));
                double actual = emulated.apply(binary32.of(x)).doubleValue();
                double ulp = Math.max(Math.ulp((float) truth.doubleValue()), Float.MIN_VALUE);
                double error = Math.abs(truth.minus(actual).doubleValue()) / ulp;
                worst = Math.max(worst, error);
                assertTrue(error <= 0.5 + 0x1p-28, () -> f.name() + " of " + x + " is off by " + error + " ulp");
            }
        }
        System.out.println("elementary functions in binary32: " + worst + " ulp, allowed 0.5 + 2^-28");
    }

    private static UnaryOperator<Emulated> emulated(String name) {
        return switch (name) {
            case "exp" -> Emulated::exp;
            case "expm1" -> Emulated::expm1;
            case "log" -> Emulated::log;
            case "log1p" -> Emulated::log1p;
            case "tanh" -> Emulated::tanh;
            case "sigmoid" -> Emulated::sigmoid;
            default -> throw new IllegalArgumentException("no function " + name);
        };
    }

    /** With u = 2⁻²⁴, 1 + u is a tie that goes back to 1, and 1 + 2u is the next number. */
    @Test
    void orders_of_summation_differ_as_they_should() {
        assertSums(Map.of(Order.FORWARD, 0, Order.BACKWARD, 4, Order.PAIRWISE, 4, Order.FOUR_LANES, 2), 5);
        assertSums(Map.of(Order.FORWARD, 0, Order.BACKWARD, 8, Order.PAIRWISE, 6, Order.FOUR_LANES, 6), 8);
    }

    /** 1 + u + u + … of n terms is 1 + so many u. */
    private static void assertSums(Map<Order, Integer> expected, int n) {
        double u = Format.BINARY32.unitRoundoff();
        double[] x = new double[n];
        Arrays.fill(x, u);
        x[0] = 1;
        Map<Order, Integer> actual = new EnumMap<>(Order.class);
        for (Order order : Order.values()) {
            Arithmetic<Emulated> arithmetic = Emulated.arithmetic(Format.BINARY32, order);
            actual.put(order, (int) ((sum(arithmetic, x) - 1) / u));
        }
        assertEquals(expected, actual);
    }

    private static double sum(Arithmetic<Emulated> arithmetic, double... x) {
        Emulated[] terms = arithmetic.array(x.length);
        Arrays.setAll(terms, i -> arithmetic.of(x[i]));
        return arithmetic.sum(terms).doubleValue();
    }

    @Test
    void few_terms_are_added_in_every_order() {
        for (Order order : Order.values()) {
            Arithmetic<Emulated> arithmetic = Emulated.arithmetic(Format.BFLOAT16, order);
            assertEquals(0, sum(arithmetic));
            assertEquals(1.5, sum(arithmetic, 1.5));
            assertEquals(3.75, sum(arithmetic, 1.5, 0.25, 2));
        }
    }

    @Test
    void a_dot_product_rounds_its_products() {
        Emulated[] x = {binary32.of(1 + 0x1p-12), binary32.of(1)};
        Emulated[] y = {binary32.of(1 + 0x1p-12), binary32.of(-1)};
        assertEquals(0x1p-11, binary32.dot(x, y).doubleValue(), "the 2^-24 of the square is rounded away");
    }

    @Test
    void coarse_formats_round_inputs_and_overflow() {
        Arithmetic<Emulated> binary16 = Emulated.arithmetic(Format.BINARY16, Order.FORWARD);
        assertEquals(0.0999755859375, binary16.of(0.1).doubleValue());
        assertEquals(Double.POSITIVE_INFINITY, binary16.of(256).times(256).doubleValue());
        assertEquals(65504, binary16.of(65504).plus(8).doubleValue());
        assertEquals(11, binary16.precision());
    }

    /** Each product is rounded before the next one. */
    @Test
    void a_power_is_a_running_product() {
        Arithmetic<Emulated> bfloat16 = Emulated.arithmetic(Format.BFLOAT16, Order.FORWARD);
        double running = 1;
        for (int n = 0; n < 8; n++) {
            assertEquals(running, bfloat16.of(1.4140625).pow(n).doubleValue());
            running = Format.BFLOAT16.round(running * 1.4140625);
        }
    }
}
