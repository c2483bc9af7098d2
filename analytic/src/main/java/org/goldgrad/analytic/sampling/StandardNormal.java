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
        0.0352624965998911
    };
    private static final double[] Q = {
        440.413735824752,
        793.826512519948,
        637.333633378831,
        296.564248779674,
        86.7807322029461,
        16.064177579207,
        1.75566716318264,
        0.0883883476483184
    };
    private static final double CENTRAL = 0.425;
    private static final double MIDDLE = 5;
    private static final double[] A = {
        3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946,
        45921.95393154987, 67265.7709270087, 33430.57558358813, 2509.0809287301227
    };
    private static final double[] B = {
        1,
        42.31333070160091,
        687.1870074920579,
        5394.196021424751,
        21213.794301586597,
        39307.89580009271,
        28729.085735721943,
        5226.495278852854
    };
    private static final double[] C = {
        1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045,
        1.2704582524523684, 0.2417807251774506, 0.022723844989269184, 0.0007745450142783414
    };
    private static final double[] D = {
        1,
        2.053191626637759,
        1.6763848301838038,
        0.6897673349851,
        0.14810397642748008,
        0.015198666563616457,
        0.0005475938084995345,
        1.0507500716444169e-9
    };
    private static final double[] E = {
        6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
        0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7
    };
    private static final double[] F = {
        1,
        0.599832206555888,
        0.1369298809227358,
        0.014875361290850615,
        0.0007868691311456133,
        1.8463183175100548e-5,
        1.421511758316446e-7,
        2.0442631033899397e-15
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

    /** The z with P(Z > z) = p, 0 ≤ p ≤ 1; ∞ for 0, NaN for NaN. */
    public static double quantileAbove(double p) {
        if (p < 0 || p > 1) {
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
