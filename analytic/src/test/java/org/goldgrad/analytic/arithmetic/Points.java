package org.goldgrad.analytic.arithmetic;

import java.util.SplittableRandom;

/** Draws doubles where elementary functions go wrong: every magnitude, subnormals, neighbours of 0, 1 and multiples of ln 2. */
final class Points {
    private final SplittableRandom random;

    Points(long seed) {
        random = new SplittableRandom(seed);
    }

    SplittableRandom random() {
        return random;
    }

    /** Any finite double, magnitudes up to 2^maxExponent. */
    double any(int maxExponent) {
        double x = switch (random.nextInt(8)) {
            case 0 -> random.nextInt(-20, 21);
            case 1 -> magnitude(-1074, -1022);
            case 2 -> magnitude(-1074, maxExponent);
            case 3 -> magnitude(Math.max(-60, -maxExponent), maxExponent);
            case 4 -> 1 + magnitude(-52, -2);
            case 5 -> random.nextInt(-8, 9) * 0.6931471805599453 * (1 + magnitude(-52, -20));
            default -> random.nextDouble(-4, 4);
        };
        return Math.abs(x) <= Math.scalb(1.0, maxExponent) ? x : random.nextDouble(-1, 1);
    }

    /** Positive, otherwise any. */
    double positive(int maxExponent) {
        double x = Math.abs(any(maxExponent));
        return x == 0 ? Double.MIN_VALUE : x;
    }

    /** Log-uniform, either sign. */
    double magnitude(int from, int to) {
        double x = Math.scalb(random.nextDouble(1, 2), random.nextInt(from, to));
        return random.nextBoolean() ? x : -x;
    }
}
