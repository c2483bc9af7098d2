package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.commons.math3.fraction.BigFraction;

/** Between exact fractions and balls. */
final class Fraction {
    private Fraction() {}

    /** A ball around a fraction; wider than a point unless the fraction is dyadic and short. */
    static Ball ball(Balls balls, Rational x) {
        return integer(balls, x.value().getNumerator())
                .dividedBy(integer(balls, x.value().getDenominator()));
    }

    private static Ball integer(Balls balls, BigInteger n) {
        return balls.round(n, 0, Magnitude.ZERO);
    }

    /** Every element in a ball; the tensor belongs to the given arithmetic, which may be a careless one. */
    static Tensor<Ball> balls(Arithmetic<Ball> arithmetic, Tensor<Rational> x) {
        Balls balls = new Balls(arithmetic.precision());
        return Tensor.of(arithmetic, x.shape(), i -> ball(balls, x.at(i)));
    }

    /** Whether a fraction lies in a ball. */
    static boolean contains(Ball ball, Rational x) {
        return ball.isUnbounded()
                || (exactly(ball.lower()).compareTo(x.value()) <= 0
                        && exactly(ball.upper()).compareTo(x.value()) >= 0);
    }

    static boolean contains(Tensor<Ball> balls, Tensor<Rational> x) {
        for (int i = 0; i < x.size(); i++) {
            if (!contains(balls.at(i), x.at(i))) {
                return false;
            }
        }
        return true;
    }

    private static BigFraction exactly(BigDecimal x) {
        return x.scale() <= 0
                ? new BigFraction(x.toBigIntegerExact())
                : new BigFraction(x.unscaledValue(), BigInteger.TEN.pow(x.scale()));
    }
}
