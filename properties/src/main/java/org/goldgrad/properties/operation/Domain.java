package org.goldgrad.properties.operation;

import java.util.List;
import java.util.Map;
import org.goldgrad.properties.draw.Draw;

/** The elements that are the same whatever the sizes of the axes are. */
public enum Domain implements Elements {
    /** Any finite number. */
    REAL("a finite number") {
        @Override
        boolean contains(double x) {
            return Double.isFinite(x);
        }

        @Override
        double draw(Draw draw) {
            return signed(draw, draw.choice(128)) / 16;
        }
    },
    /** Any finite number, drawn from [−1, 1], as it comes under an exponential that should not saturate. */
    SMALL("a finite number") {
        @Override
        boolean contains(double x) {
            return Double.isFinite(x);
        }

        @Override
        double draw(Draw draw) {
            return signed(draw, draw.choice(17)) / 16;
        }
    },
    /** Any finite number, drawn with magnitudes from 2⁻³³ to 2³³, as gradients come. */
    SPREAD("a finite number") {
        @Override
        boolean contains(double x) {
            return Double.isFinite(x);
        }

        @Override
        double draw(Draw draw) {
            int significand = draw.choice(9);
            int exponent = draw.choice(67);
            return Math.scalb(signed(draw, significand), (exponent % 2 == 0 ? exponent : -exponent - 1) / 2 - 3);
        }
    },
    /** A number above 0, such as a rate. */
    POSITIVE("a number > 0") {
        @Override
        boolean contains(double x) {
            return Double.isFinite(x) && x > 0;
        }

        @Override
        double draw(Draw draw) {
            return Math.scalb(1 + draw.choice(4) / 4.0, -draw.choice(8));
        }
    },
    /** A small number, 0 or above, that keeps a quotient finite. */
    EPSILON("a number ≥ 0") {
        @Override
        boolean contains(double x) {
            return Double.isFinite(x) && x >= 0;
        }

        @Override
        double draw(Draw draw) {
            return draw.of(List.of(0x1p-10, 0x1p-17, 0x1p-27, 0x1p-3, 1.0, 0.0));
        }
    },
    /** A number 0 or above, such as a penalty. */
    NON_NEGATIVE("a number ≥ 0") {
        @Override
        boolean contains(double x) {
            return Double.isFinite(x) && x >= 0;
        }

        @Override
        double draw(Draw draw) {
            return draw.choice(32) / 8.0;
        }
    },
    /** The probability to keep: 0 &lt; p ≤ 1. */
    PROBABILITY("a number in (0, 1]") {
        @Override
        boolean contains(double x) {
            return x > 0 && x <= 1;
        }

        @Override
        double draw(Draw draw) {
            return draw.of(List.of(0.5, 0.75, 0.25, 0.625, 0.375, 0.875, 0.125, 1.0, 0x1p-7, 1 - 0x1p-7));
        }
    },
    /** A share, or a label that may be soft: 0 ≤ x ≤ 1. */
    SHARE("a number in [0, 1]") {
        @Override
        boolean contains(double x) {
            return x >= 0 && x <= 1;
        }

        @Override
        double draw(Draw draw) {
            return draw.of(List.of(0.5, 1.0, 0.0, 0.25, 0.75, 0.625, 0.125, 1 - 0x1p-7));
        }
    },
    /** How much of a running average is kept: 0 ≤ β &lt; 1. */
    DECAY("a number in [0, 1)") {
        @Override
        boolean contains(double x) {
            return x >= 0 && x < 1;
        }

        @Override
        double draw(Draw draw) {
            return draw.of(List.of(0.5, 0.75, 0.875, 0.25, 0.9375, 0.625, 1 - 0x1p-7, 1 - 0x1p-8, 0.0));
        }
    },
    /** Whether something is so: 1 or 0. */
    FLAG("0 or 1") {
        @Override
        boolean contains(double x) {
            return x == 0 || x == 1;
        }

        @Override
        double draw(Draw draw) {
            return draw.of(List.of(1.0, 0.0, 1.0));
        }
    },
    /** How many steps have been taken already. */
    STEPS("an integer from 0 to 1000000") {
        @Override
        boolean contains(double x) {
            return x >= 0 && x <= 1_000_000 && x == Math.rint(x);
        }

        @Override
        double draw(Draw draw) {
            return draw.of(List.of(0.0, 1.0, 5.0, 40.0, 1000.0, 5000.0, 3.0));
        }
    };

    private final String description;

    Domain(String description) {
        this.description = description;
    }

    @Override
    public String description() {
        return description;
    }

    abstract boolean contains(double x);

    abstract double draw(Draw draw);

    @Override
    public boolean contains(double x, Map<String, Integer> sizes) {
        return contains(x);
    }

    @Override
    public double draw(Draw draw, Map<String, Integer> sizes) {
        return draw(draw);
    }

    /** n or −n; a sign is drawn only for numbers that have one. */
    private static double signed(Draw draw, int n) {
        return n != 0 && draw.choice(2) == 1 ? -n : n;
    }
}
