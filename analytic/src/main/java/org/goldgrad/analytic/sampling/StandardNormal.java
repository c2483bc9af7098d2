package org.goldgrad.analytic.sampling;

import org.apache.commons.math3.special.Erf;

/**
 * The upper tail of the standard normal distribution and its inverse, both without cancellation far out.
 *
 * <pre>
 *   above(z) = P(Z > z) = erfc(z/√2)/2
 * </pre>
 *
 * Up to |z| = 4 that is a quotient of polynomials, off by at most 2e-13 of itself (Hart et al. 1968, ERFC 5666, as in West
 * 2005): samples are large; further out it is the error function's continued fraction. The inverse is algorithm AS 241,
 * PPND16, relative error 1e-16 (Wichura 1988).
 */
public final class StandardNormal {
    private static final double SQRT2 = StrictMath.sqrt(2);
    private static final double NEAR = 4;
    private static final double[] P = {
        220.206867912376,
        221.213596169931,
        112.079291497871,
        33.912866078383,
        6.37396220353165,
        0.700383064443688,
        3.52624965998911e-2
    };
    private static final double[] Q = {
        440.413735824752,
        793.826512519948,
        637.333633378831,
        296.564248779674,
        86.7807322029461,
        16.064177579207,
        1.75566716318264,
        8.83883476483184e-2
    };
    private static final double CENTRAL = 0.425;
    private static final double MIDDLE = 5;
    private static final double[] A = {
        3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
        4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3
    };
    private static final double[] B = {
        1,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3
    };
    private static final double[] C = {
        1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
        1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4
    };
    private static final double[] D = {
        1,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] E = {
        6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
        2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7
    };
    private static final double[] F = {
        1,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };

    private StandardNormal() {}

    /** P(Z > z). */
    public static double above(double z) {
        double x = Math.abs(z);
        if (!(x <= NEAR)) {
            return Erf.erfc(z / SQRT2) / 2;
        }
        double tail = StrictMath.exp(-x * x / 2) * polynomial(P, x) / polynomial(Q, x);
        return z >= 0 ? tail : 1 - tail;
    }

    /** The z with P(Z > z) = p, 0 ≤ p ≤ 1; ∞ for 0. */
    public static double quantileAbove(double p) {
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("a probability must be in [0, 1], is " + p);
        }
        double q = 0.5 - p;
        if (Math.abs(q) <= CENTRAL) {
            double r = CENTRAL * CENTRAL - q * q;
            return q * polynomial(A, r) / polynomial(B, r);
        }
        double tail = Math.min(p, 1 - p);
        if (tail == 0) {
            return q > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
        double r = StrictMath.sqrt(-StrictMath.log(tail));
        double z = r <= MIDDLE
                ? polynomial(C, r - 1.6) / polynomial(D, r - 1.6)
                : polynomial(E, r - MIDDLE) / polynomial(F, r - MIDDLE);
        return q > 0 ? z : -z;
    }

    private static double polynomial(double[] coefficients, double x) {
        double value = 0;
        for (int i = coefficients.length - 1; i >= 0; i--) {
            value = value * x + coefficients[i];
        }
        return value;
    }
}
