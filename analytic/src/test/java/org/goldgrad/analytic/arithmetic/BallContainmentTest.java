package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What a ball is for: the result of every operation contains the true value for every point of the operands, against
 * decimal arithmetic that shares no step with it.
 */
class BallContainmentTest {
    private final Points points = new Points(20260101);
    private final Containment containment = new Containment();

    @Test
    void elementary_functions_contain_the_truth() {
        for (Elementary f : Elementary.ALL) {
            for (int i = 0; i < 4_000; i++) {
                f.check(containment, points, UnaryOperator.identity());
            }
        }
        report(40_000);
    }

    @Test
    void arithmetic_contains_the_truth() {
        for (int i = 0; i < 3_000; i++) {
            Balls balls = Operand.drawBalls(points.random());
            Operand x = operand(balls);
            Operand y = chance(4) ? near(x) : operand(balls);
            binary("plus", x, y, Ball::plus, BigDecimal::add);
            binary("minus", x, y, Ball::minus, BigDecimal::subtract);
            binary("times", x, y, Ball::times, BigDecimal::multiply);
            binary("max", x, y, Ball::max, BigDecimal::max);
            quotient(x, y);
            unary("negate", x, Ball::negate, BigDecimal::negate);
            unary("abs", x, Ball::abs, BigDecimal::abs);
            unary("relu", x, Ball::relu, BigDecimal.ZERO::max);
            unary("square", x, Ball::square, v -> v.multiply(v));
            int n = points.random().nextInt(chance(10) ? 12 : 4);
            unary("pow", x, v -> v.pow(n), v -> v.pow(n));
            root(x.midpoint().signum() < 0 ? x.negate() : x);
        }
        report(80_000);
    }

    @Test
    void sums_and_dot_products_contain_the_truth() {
        for (int i = 0; i < 3_000; i++) {
            Balls balls = Operand.drawBalls(points.random());
            Operand[] x = new Operand[points.random().nextInt(20)];
            Operand[] y = new Operand[x.length];
            for (int j = 0; j < x.length; j++) {
                // every other pair cancels, exactly or nearly
                boolean cancels = j % 2 == 1 && chance(2);
                x[j] = cancels ? x[j - 1].negate() : operand(balls);
                y[j] = cancels ? near(y[j - 1]) : operand(balls);
            }
            checkSums(balls, x, y);
        }
        report(15_000);
    }

    private void checkSums(Balls balls, Operand[] x, Operand[] y) {
        Ball sum = balls.sum(array(x));
        Ball dot = balls.dot(array(x), array(y));
        for (int end = -1; end <= 1; end++) {
            BigDecimal trueSum = BigDecimal.ZERO;
            BigDecimal trueDot = BigDecimal.ZERO;
            for (int j = 0; j < x.length; j++) {
                trueSum = trueSum.add(x[j].point(end));
                trueDot = trueDot.add(x[j].point(end).multiply(y[j].point(-end)));
            }
            containment.check("sum", Arrays.toString(array(x)), sum, trueSum);
            containment.check("dot", Arrays.toString(array(x)), dot, trueDot);
        }
    }

    private void unary(String name, Operand x, UnaryOperator<Ball> f, UnaryOperator<BigDecimal> truth) {
        Ball result = f.apply(x.ball());
        for (int end = -1; end <= 1; end++) {
            containment.check(name, x.ball(), result, truth.apply(x.point(end)));
        }
    }

    private void binary(String name, Operand x, Operand y, BinaryOperator<Ball> f, BinaryOperator<BigDecimal> truth) {
        Ball result = f.apply(x.ball(), y.ball());
        for (int end = -1; end <= 1; end += 2) {
            for (int other = -1; other <= 1; other += 2) {
                BigDecimal expected = truth.apply(x.point(end), y.point(other));
                containment.check(name, List.of(x.ball(), y.ball()), result, expected);
            }
        }
    }

    /** x/y is in [a, b] if x is between ay and by. */
    private void quotient(Operand x, Operand y) {
        if (y.ball().containsZero()) {
            return;
        }
        Ball q = x.ball().dividedBy(y.ball());
        for (int end = -1; end <= 1; end++) {
            BigDecimal divisor = y.point(-end);
            BigDecimal a = q.lower().multiply(divisor);
            BigDecimal b = q.upper().multiply(divisor);
            containment.checkInverse("divided by", List.of(x.ball(), y.ball()), q, a, b, x.point(end));
        }
    }

    /** √x is in [a, b], a ≥ 0, if x ≥ 0 is between a² and b². */
    private void root(Operand x) {
        Ball root = x.ball().sqrt();
        BigDecimal a = root.lower().max(BigDecimal.ZERO);
        BigDecimal b = root.upper();
        for (int end = -1; end <= 1; end++) {
            BigDecimal radicand = x.point(end).max(BigDecimal.ZERO);
            containment.checkInverse("sqrt", x.ball(), root, a.multiply(a), b.multiply(b), radicand);
        }
    }

    private Operand operand(Balls balls) {
        return Operand.draw(balls, points, points.any(1023));
    }

    /** Something close to x, so that a difference cancels. */
    private Operand near(Operand x) {
        double factor = 1 + points.random().nextInt(3) * 0x1p-52;
        return Operand.of(x.ball().arithmetic().midpoint(x.ball().times(factor)));
    }

    private boolean chance(int oneIn) {
        return points.random().nextInt(oneIn) == 0;
    }

    private static Ball[] array(Operand[] x) {
        return Arrays.stream(x).map(Operand::ball).toArray(Ball[]::new);
    }

    private void report(int least) {
        System.out.println(containment);
        assertEquals(List.of(), containment.violations());
        assertTrue(containment.total() >= least, containment::toString);
    }

    @Test
    void within_adds_the_whole_radius() {
        Balls balls = new Balls(64);
        Ball x = balls.within(balls.of(1), balls.within(balls.of(-0.25), balls.of(0.125)));
        assertTrue(x.contains(new BigDecimal("1.375")) && x.contains(new BigDecimal("0.625")));
        assertFalse(x.contains(new BigDecimal("1.3750001")));
        assertTrue(balls.midpoint(x).isExact());
    }
}
