package org.goldgrad.analytic.arithmetic;

/**
 * Balls whose proven radii are multiplied by a factor below 1: an implementer's wrong constant, or with 0 a forgotten proof.
 */
record Careless(Balls balls, double factor) implements Arithmetic<Ball> {
    @Override
    public Ball within(Ball estimate, Ball radius) {
        return factor == 0 ? estimate : balls.within(estimate, radius.times(factor));
    }

    @Override
    public Ball of(double value) {
        return balls.of(value);
    }

    @Override
    public Ball sum(Ball[] x) {
        return balls.sum(x);
    }

    @Override
    public Ball dot(Ball[] x, Ball[] y) {
        return balls.dot(x, y);
    }

    @Override
    public int precision() {
        return balls.precision();
    }

    @Override
    public boolean encloses() {
        return true;
    }

    @Override
    public Ball midpoint(Ball x) {
        return balls.midpoint(x);
    }

    @Override
    public Ball[] array(int n) {
        return balls.array(n);
    }
}
