package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * An elementary function of balls, the same one in decimal, and where to try it.
 *
 * @param maxExponent arguments are drawn up to 2^maxExponent; beyond, a result has more digits than one cares to write out
 * @param above arguments are greater than this
 */
record Elementary(
        String name,
        UnaryOperator<Ball> ball,
        BiFunction<DecimalSeries, BigDecimal, BigDecimal> truth,
        int maxExponent,
        double above) {
    static final List<Elementary> ALL = List.of(
            new Elementary("exp", Ball::exp, DecimalSeries::exp, 12, Double.NEGATIVE_INFINITY),
            new Elementary("expm1", Ball::expm1, DecimalSeries::expm1, 12, Double.NEGATIVE_INFINITY),
            new Elementary("log", Ball::log, DecimalSeries::log, 1023, 0),
            new Elementary("log1p", Ball::log1p, DecimalSeries::log1p, 1023, -1),
            new Elementary("tanh", Ball::tanh, DecimalSeries::tanh, 1023, Double.NEGATIVE_INFINITY),
            new Elementary("sigmoid", Ball::sigmoid, DecimalSeries::sigmoid, 12, Double.NEGATIVE_INFINITY));

    private static final DecimalSeries DIGITS_110 = new DecimalSeries(110);
    private static final DecimalSeries DIGITS_170 = new DecimalSeries(170);

    /** The series that sees the errors of so many bits. */
    static DecimalSeries series(int bits) {
        return bits <= 320 ? DIGITS_110 : DIGITS_170;
    }

    double draw(Points points) {
        double x = points.any(maxExponent);
        while (!(x > above)) {
            x = points.any(maxExponent);
        }
        return x;
    }

    /** Draws a ball and checks that the result, as a mistake may have changed it, contains f of points in that ball. */
    void check(Containment containment, Points points, UnaryOperator<Ball> mistake) {
        Balls balls = Operand.drawBalls(points.random());
        Operand x = Operand.draw(balls, points, draw(points));
        Ball result = mistake.apply(ball.apply(x.ball()));
        for (int end = x.ball().isExact() ? 1 : -1; end <= 1; end++) {
            BigDecimal point = x.point(end);
            if (point.doubleValue() > above) {
                DecimalSeries series = series(balls.precision());
                containment.check(name, x.ball(), result, truth.apply(series, point), series.digits());
            }
        }
    }

    /** The same function of the midpoint only, where all of the ball is in its domain. */
    Elementary forgettingTheRadius() {
        UnaryOperator<Ball> mistaken = x ->
                ball.apply(x.lowerEnd().doubleValue() > above ? x.arithmetic().midpoint(x) : x);
        return new Elementary(name, mistaken, truth, maxExponent, above);
    }
}
