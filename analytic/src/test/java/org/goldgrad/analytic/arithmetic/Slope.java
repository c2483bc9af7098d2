package org.goldgrad.analytic.arithmetic;

import java.util.List;

/**
 * One step of a tape as a formula, the partial derivatives of that formula written down by hand, and a tidy point.
 *
 * <p>The hand-written derivatives may cancel where the tape's must not: they are evaluated with ample precision.
 */
record Slope(Step step, Formula f, Formula fx, Formula fy, double x, double y) {
    static final List<Slope> ALL = List.of(
            new Slope(Step.PLUS, Real::plus, Slope::one, Slope::one, 1.5, -0.25),
            new Slope(Step.MINUS, Real::minus, Slope::one, Slope::minusOne, 1.5, -0.25),
            new Slope(Step.TIMES, Real::times, Slope::y, Slope::x, 1.5, -0.25),
            new Slope(Step.DIVIDE, Real::dividedBy, Slope::quotientX, Slope::quotientY, 1.5, -1.25),
            new Slope(Step.NEGATE, Slope::negate, Slope::minusOne, Slope::zero, 1.5, 1),
            new Slope(Step.SQRT, Slope::sqrt, Slope::sqrtSlope, Slope::zero, 2, 1),
            new Slope(Step.EXP, Slope::exp, Slope::exp, Slope::zero, -1.5, 1),
            new Slope(Step.EXPM1, Slope::expm1, Slope::exp, Slope::zero, 0.0625, 1),
            new Slope(Step.LOG, Slope::log, Slope::reciprocal, Slope::zero, 1.75, 1),
            new Slope(Step.LOG1P, Slope::log1p, Slope::log1pSlope, Slope::zero, -0.375, 1),
            new Slope(Step.TANH, Slope::tanh, Slope::tanhSlope, Slope::zero, -1.25, 1),
            new Slope(Step.TANH, Slope::tanh, Slope::tanhSlope, Slope::zero, 9, 1),
            new Slope(Step.SIGMOID, Slope::sigmoid, Slope::sigmoidSlope, Slope::zero, 2.5, 1),
            new Slope(Step.SIGMOID, Slope::sigmoid, Slope::sigmoidSlope, Slope::zero, -9, 1),
            new Slope(Step.RELU, Slope::relu, Slope::one, Slope::zero, 0.5, 1),
            new Slope(Step.RELU, Slope::relu, Slope::zero, Slope::zero, -0.5, 1),
            new Slope(Step.ABS, Slope::abs, Slope::one, Slope::zero, 0.5, 1),
            new Slope(Step.ABS, Slope::abs, Slope::minusOne, Slope::zero, -0.5, 1),
            new Slope(Step.MAX, Real::max, Slope::one, Slope::zero, 0.5, 0.25),
            new Slope(Step.MAX, Real::max, Slope::zero, Slope::one, -0.5, 0.25),
            new Slope(Step.HONEST, Slope::honest, Slope::one, Slope::zero, 0.5, 3),
            new Slope(Step.POW, Slope::cube, Slope::cubeSlope, Slope::zero, -1.5, 1),
            new Slope(Step.SUM, Slope::sum, Slope::two, Slope::one, 1.5, 0.75),
            new Slope(Step.DOT, Slope::dot, Slope::dotX, Slope::dotY, 1.5, 0.75));

    private static <R extends Real<R>> R constant(R x, double c) {
        return x.arithmetic().of(c);
    }

    private static <R extends Real<R>> R zero(R x, R y) {
        return constant(x, 0);
    }

    private static <R extends Real<R>> R one(R x, R y) {
        return constant(x, 1);
    }

    private static <R extends Real<R>> R two(R x, R y) {
        return constant(x, 2);
    }

    private static <R extends Real<R>> R minusOne(R x, R y) {
        return constant(x, -1);
    }

    private static <R extends Real<R>> R x(R x, R y) {
        return x;
    }

    private static <R extends Real<R>> R y(R x, R y) {
        return y;
    }

    private static <R extends Real<R>> R negate(R x, R y) {
        return x.negate();
    }

    private static <R extends Real<R>> R reciprocal(R x, R y) {
        return constant(x, 1).dividedBy(x);
    }

    private static <R extends Real<R>> R quotientX(R x, R y) {
        return constant(x, 1).dividedBy(y);
    }

    private static <R extends Real<R>> R quotientY(R x, R y) {
        return x.negate().dividedBy(y.times(y));
    }

    private static <R extends Real<R>> R sqrt(R x, R y) {
        return x.sqrt();
    }

    private static <R extends Real<R>> R sqrtSlope(R x, R y) {
        return x.sqrt().dividedBy(x).dividedBy(2);
    }

    private static <R extends Real<R>> R exp(R x, R y) {
        return x.exp();
    }

    private static <R extends Real<R>> R expm1(R x, R y) {
        return x.expm1();
    }

    private static <R extends Real<R>> R log(R x, R y) {
        return x.log();
    }

    private static <R extends Real<R>> R log1p(R x, R y) {
        return x.log1p();
    }

    private static <R extends Real<R>> R log1pSlope(R x, R y) {
        return constant(x, 1).dividedBy(x.plus(1));
    }

    static <R extends Real<R>> R tanh(R x, R y) {
        return x.tanh();
    }

    /** 1 − tanh²x. */
    static <R extends Real<R>> R tanhSlope(R x, R y) {
        return constant(x, 1).minus(x.tanh().pow(2));
    }

    static <R extends Real<R>> R sigmoid(R x, R y) {
        return x.sigmoid();
    }

    /** e⁻ˣ/(1 + e⁻ˣ)². */
    static <R extends Real<R>> R sigmoidSlope(R x, R y) {
        R e = x.negate().exp();
        return e.dividedBy(e.plus(1).pow(2));
    }

    private static <R extends Real<R>> R relu(R x, R y) {
        return x.relu();
    }

    private static <R extends Real<R>> R abs(R x, R y) {
        return x.abs();
    }

    private static <R extends Real<R>> R honest(R x, R y) {
        return x.arithmetic().honest(x, y);
    }

    static <R extends Real<R>> R cube(R x, R y) {
        return x.pow(3);
    }

    private static <R extends Real<R>> R cubeSlope(R x, R y) {
        return x.times(x).times(3);
    }

    /** x + y + x. */
    private static <R extends Real<R>> R sum(R x, R y) {
        R[] terms = x.arithmetic().array(3);
        terms[0] = x;
        terms[1] = y;
        terms[2] = x;
        return x.arithmetic().sum(terms);
    }

    /** x·x + x·y. */
    private static <R extends Real<R>> R dot(R x, R y) {
        R[] left = x.arithmetic().array(2);
        left[0] = x;
        left[1] = x;
        R[] right = x.arithmetic().array(2);
        right[0] = x;
        right[1] = y;
        return x.arithmetic().dot(left, right);
    }

    private static <R extends Real<R>> R dotX(R x, R y) {
        return x.times(2).plus(y);
    }

    private static <R extends Real<R>> R dotY(R x, R y) {
        return x;
    }
}
