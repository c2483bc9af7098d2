package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An enclosure that is always right by being wide proves nothing: how wide results are at most. */
class BallTightnessTest {
    /** Rounding to nearest is half a unit in the last place, at most 2⁻ᵇ|m|; whatever is done before has 8 more bits. */
    private static final double ALLOWED = 1 + 0x1p-6;

    private final Points points = new Points(3);
    private final Map<String, Double> worst = new TreeMap<>();

    @Test
    void a_function_of_an_exact_number_is_known_to_the_last_place() {
        for (Elementary f : Elementary.ALL) {
            for (int i = 0; i < 2_000; i++) {
                Balls balls = Operand.drawBalls(points.random());
                record(f.name(), f.ball().apply(balls.of(f.draw(points))));
            }
        }
        report();
    }

    @Test
    void an_operation_on_exact_numbers_is_known_to_the_last_place() {
        for (int i = 0; i < 10_000; i++) {
            Balls balls = Operand.drawBalls(points.random());
            Ball x = full(balls);
            Ball y = full(balls);
            record("plus", x.plus(y));
            record("minus", x.minus(y));
            record("times", x.times(y));
            record("divided by", x.dividedBy(y));
            record("sqrt", x.abs().sqrt());
            record("pow", x.pow(points.random().nextInt(30)));
            record("sum", balls.sum(new Ball[] {x, y, x.negate()}));
            record("dot", balls.dot(new Ball[] {x, y, x}, new Ball[] {y, x, x}));
        }
        report();
    }

    @Test
    void tiny_arguments_keep_full_relative_precision() {
        Balls balls = new Balls(192);
        for (double x : new double[] {1e-300, -1e-300, Double.MIN_VALUE, 0x1p-1022, -0x1.8p-512}) {
            record("tanh", balls.of(x).tanh());
            record("expm1", balls.of(x).expm1());
            record("log1p", balls.of(x).log1p());
            record("log(1 + x)", balls.of(1 + Math.scalb(x, 250)).log());
        }
        report();
    }

    private void record(String what, Ball ball) {
        if (!ball.isExact()) {
            BigDecimal radius = ball.radius().toDyadic().toBigDecimal();
            BigDecimal ratio = radius.divide(ball.midpoint().toBigDecimal().abs(), MathContext.DECIMAL32);
            double units = Math.scalb(ratio.doubleValue(), ball.arithmetic().precision());
            worst.merge(what, units, Math::max);
        }
    }

    private void report() {
        System.out.println("radius in units of 2^-bits |midpoint|, allowed " + ALLOWED + ": " + worst);
        worst.forEach((what, units) -> assertTrue(units <= ALLOWED, () -> what + ": " + units));
    }

    /** An exact number that uses all bits. */
    private Ball full(Balls balls) {
        Ball x = balls.of(points.magnitude(-100, 100));
        return balls.midpoint(x.plus(x.dividedBy(3).times(0x1p-53)));
    }

    /** A recurrent network multiplies radii by derivatives at every step, so nothing may be given away. */
    @Test
    void a_small_radius_grows_as_the_derivative_says() {
        for (Elementary f : Elementary.ALL) {
            for (int i = 0; i < 300; i++) {
                double m = f.above() < 0
                        ? points.random().nextDouble(-0.9, 20)
                        : points.random().nextDouble(0.01, 20);
                checkGrowth(f, m);
            }
        }
    }

    /** |f(m ± r) − f(m)| from a series of 110 digits, and one part in 2²⁰ for r² terms and the 31 bits of a radius. */
    private static void checkGrowth(Elementary f, double m) {
        Balls balls = new Balls(256);
        Operand x = Operand.of(balls.within(balls.of(m), balls.of(m * 0x1p-60)));
        DecimalSeries series = Elementary.series(balls.precision());
        BigDecimal centre = f.truth().apply(series, x.midpoint());
        BigDecimal above = f.truth().apply(series, x.point(1)).subtract(centre).abs();
        BigDecimal below = f.truth().apply(series, x.point(-1)).subtract(centre).abs();
        BigDecimal rounding = centre.abs().multiply(BigDecimal.valueOf(0x1p-255));
        BigDecimal allowed =
                above.max(below).multiply(BigDecimal.valueOf(1 + 0x1p-20)).add(rounding);
        BigDecimal radius = f.ball().apply(x.ball()).radius().toDyadic().toBigDecimal();
        assertTrue(
                radius.compareTo(allowed) <= 0,
                () -> f.name() + " at " + m + ": radius " + radius.round(MathContext.DECIMAL32) + ", needed "
                        + allowed.round(MathContext.DECIMAL32));
    }
}
