package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.util.SplittableRandom;

/** A ball together with its midpoint and radius in decimal, exactly. */
record Operand(Ball ball, BigDecimal midpoint, BigDecimal radius) {
    private static final int[] PRECISIONS = {64, 96, 128, 192, 256, 512};

    static Operand of(Ball ball) {
        return new Operand(
                ball, ball.midpoint().toBigDecimal(), ball.radius().toDyadic().toBigDecimal());
    }

    static Balls drawBalls(SplittableRandom random) {
        return new Balls(PRECISIONS[random.nextInt(PRECISIONS.length)]);
    }

    /** A ball around m, or near it with many more digits; exact in half of the draws, else with a radius of any size. */
    static Operand draw(Balls balls, Points points, double m) {
        SplittableRandom random = points.random();
        Ball x = balls.of(m);
        if (random.nextBoolean()) {
            x = balls.midpoint(x.plus(x.times(points.magnitude(-balls.precision() - 4, -53))));
        }
        if (random.nextBoolean()) {
            double factor = Math.scalb(random.nextDouble(1, 2), -random.nextInt(balls.precision() + 20));
            x = balls.within(x, x.times(factor));
        }
        if (random.nextInt(20) == 0) {
            x = balls.within(x, balls.of(random.nextDouble(4)));
        }
        return of(x);
    }

    /** The lower end for −1, the upper end for 1, a point between for 0. */
    BigDecimal point(int end) {
        return midpoint.add(radius.multiply(end == 0 ? new BigDecimal("0.375") : BigDecimal.valueOf(end)));
    }

    Operand negate() {
        return of(ball.negate());
    }
}
