package org.goldgrad.analytic.arithmetic;

/**
 * How far a function of m can move when m moves by at most r: |f(m + δ) − f(m)| for |δ| ≤ r, bounded through the function's
 * own value v ∋ f(m), so that a small value moves little and a saturated one hardly at all.
 *
 * <p>A recurrent network multiplies radii by such factors at every step; each bound here tends to |f′(m)|r as r → 0.
 */
final class Perturbation {
    private Perturbation() {}

    /** |e^(m+δ) − eᵐ| = eᵐ|e^δ − 1| ≤ eᵐ(eʳ − 1). */
    static Magnitude exp(Ball v, Magnitude r) {
        return v.magnitude().times(r.expm1());
    }

    /** As for exp, with eᵐ = 1 + v. */
    static Magnitude expm1(Ball v, Magnitude r) {
        return exp(v.plus(1), r);
    }

    /** |ln(m+δ) − ln m| ≤ ln(m/(m−r)) ≤ r/(m−r), for a ball x = m ± r of positive numbers. */
    static Magnitude log(Ball x) {
        return x.radius().dividedBy(x.distanceFromZero());
    }

    /** √(m−r) ≥ √m(1 − r/m), so |√(m+δ) − √m| = |δ|/(√(m+δ) + √m) ≤ √m·r/(2m − r), for such a ball. */
    static Magnitude sqrt(Ball v, Ball x) {
        Magnitude denominator = Magnitude.floor(x.midpoint().plus(x.lowerEnd()));
        return v.magnitude().times(x.radius()).dividedBy(denominator);
    }

    /** |(m+δ)(n+ε) − mn| ≤ |m|s + (|n| + s)r for x = m ± r and y = n ± s. */
    static Magnitude product(Ball x, Ball y) {
        Magnitude r = x.radius();
        Magnitude s = y.radius();
        Magnitude left = s.isZero() ? s : Magnitude.ceiling(x.midpoint()).times(s);
        Magnitude right =
                r.isZero() ? r : Magnitude.ceiling(y.midpoint()).plus(s).times(r);
        return left.plus(right);
    }

    /** |(m+δ)/(n+ε) − m/n| = |δ − ε·m/n| / |n+ε| ≤ (r + s|m/n|) / (|n| − s) for x = m ± r and y = n ± s without 0. */
    static Magnitude quotient(Ball v, Ball x, Ball y) {
        return x.radius().plus(y.radius().times(v.magnitude())).dividedBy(y.distanceFromZero());
    }

    /**
     * With d = tanh δ, |d| ≤ r ≤ 1/2,
     * <pre>
     *   tanh(m+δ) − v = (v+d)/(1+vd) − v = d(1−v²)/(1+vd)     at most (1−v²)·r/(1−r) ≤ (1−v²)(r + 2r²)
     * </pre>
     * in absolute value, and for larger r at most 2.
     */
    static Magnitude tanh(Ball v, Magnitude r) {
        if (r.compareTo(Magnitude.HALF) > 0) {
            return Magnitude.TWO;
        }
        Magnitude slope = v.arithmetic().one().minus(v.square()).magnitude();
        return slope.times(r.plus(r.times(r).scaled(1)));
    }

    /**
     * <pre>
     *   σ(m+δ) − v = v(1−v)(e^δ − 1)/(1 + v(e^δ − 1))     at most v(1−v)(eʳ − 1)
     * </pre>
     * in absolute value, because the denominator is at least 1 for δ ≥ 0 and e^δ ≥ e⁻ʳ for δ < 0; and always at most 1.
     */
    static Magnitude sigmoid(Ball v, Magnitude r) {
        Magnitude slope = v.magnitude().times(v.arithmetic().one().minus(v).magnitude());
        return slope.times(r.expm1()).min(Magnitude.ONE);
    }
}
