package org.goldgrad.properties.initialization;

import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.properties.draw.Draw;

/**
 * The variance of U(−b, b) in fractions, as its integral over n strips of equal width.
 *
 * <pre>
 *   ∫ x² dx over [l, r] = (r³ − l³)/3
 * </pre>
 */
record UniformVariance(Rational b, int strips) {
    static UniformVariance drawn(Draw draw) {
        return new UniformVariance(Rational.of(1 + draw.choice(16), 1 + draw.choice(8)), 1 + draw.choice(6));
    }

    Rational byStrips() {
        Rational sum = Rational.ARITHMETIC.zero();
        for (int i = 0; i < strips; i++) {
            Rational right = edge(i + 1);
            Rational left = edge(i);
            sum = sum.plus(right.pow(3).minus(left.pow(3)).dividedBy(3));
        }
        return sum.dividedBy(b.times(2));
    }

    private Rational edge(int i) {
        return b.times(Rational.of(2L * i - strips, strips));
    }

    Rational byFormula() {
        return b.square().dividedBy(3);
    }
}
