package org.goldgrad.analytic.initialization;

import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * How widely initial weights are spread, W outputs×inputs×height×width; a dense layer's height and width are 1.
 *
 * <pre>
 *   fan_in = inputs·height·width        variance=lecun    σ² = 1/fan_in                  (LeCun et al. 1998)
 *   fan_out = outputs·height·width      variance=he       σ² = 2/fan_in                  (He et al. 2015)
 *                                       variance=glorot   σ² = 2/(fan_in + fan_out)      (Glorot and Bengio 2010)
 *   U(−b, b) has variance b²/3, so b = √3 σ
 * </pre>
 */
public final class WeightScale {
    /** Where truncated normals are cut off, in their standard deviations before that. */
    private static final int CUT = 2;
    /** Terms of the series below: the last is 2⁻⁷⁰⁰ of its sum. */
    private static final int TERMS = 150;

    private WeightScale() {}

    /** All numbers of it: fans, σ and b. */
    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        R sigma = variance(q).sqrt();
        return Answer.of("fan_in", Tensor.scalar(fanIn(q)))
                .and("fan_out", fanOut(q))
                .and("sigma", sigma)
                .and("bound", bound(q));
    }

    /** N(0, σ²). */
    public static <R extends Real<R>> Answer<R> normal(Question<R> q) {
        return Answer.of("sigma", Tensor.scalar(variance(q).sqrt()));
    }

    /** U(−b, b). */
    public static <R extends Real<R>> Answer<R> uniform(Question<R> q) {
        return Answer.of("bound", Tensor.scalar(bound(q)));
    }

    /** N(0, s²) within ±2s, where s = σ/√v if that is corrected for the variance v that is left of 1, and else s = σ. */
    public static <R extends Real<R>> Answer<R> truncated(Question<R> q) {
        R variance = variance(q);
        boolean corrected = q.convention("correction").equals("corrected");
        R s = (corrected ? variance.dividedBy(varianceWithin(q.arithmetic())) : variance).sqrt();
        return Answer.of("sigma", Tensor.scalar(s)).and("bound", s.times(CUT));
    }

    private static <R extends Real<R>> R fanIn(Question<R> q) {
        return size(q, "inputs");
    }

    private static <R extends Real<R>> R fanOut(Question<R> q) {
        return size(q, "outputs");
    }

    /** A product of sizes, which a coarse format can only hold rounded. */
    private static <R extends Real<R>> R size(Question<R> q, String channels) {
        R fan = q.arithmetic().of(q.integer(channels) * q.integer("height") * q.integer("width"));
        return q.arithmetic().honest(fan, fan);
    }

    private static <R extends Real<R>> R bound(Question<R> q) {
        return variance(q).times(3).sqrt();
    }

    /** σ². */
    private static <R extends Real<R>> R variance(Question<R> q) {
        Arithmetic<R> arithmetic = q.arithmetic();
        return switch (q.convention("variance")) {
            case "lecun" -> arithmetic.of(1).dividedBy(fanIn(q));
            case "he" -> arithmetic.of(2).dividedBy(fanIn(q));
            default -> arithmetic.of(2).dividedBy(fanIn(q).plus(fanOut(q)));
        };
    }

    /**
     * The variance of a standard normal number given that it is within ±a, a = 2: 0.7737…, whose root is 0.8796….
     *
     * <pre>
     *   v = 1 − 2aφ(a)/(2Φ(a) − 1)      Φ(a) − ½ = φ(a) Σ a²ᵏ⁺¹/(1·3·…·(2k+1))      so v = 1 − 1/Σ a²ᵏ/(1·3·…·(2k+1))
     * </pre>
     *
     * What follows the last term is less than it, since every term from k = 4 on is less than half the one before.
     */
    static <R extends Real<R>> R varianceWithin(Arithmetic<R> arithmetic) {
        R[] terms = arithmetic.array(TERMS);
        terms[0] = arithmetic.one();
        for (int k = 1; k < TERMS; k++) {
            terms[k] = terms[k - 1].times(CUT * CUT).dividedBy(2 * k + 1);
        }
        R sum = arithmetic.within(arithmetic.sum(terms), terms[TERMS - 1]);
        return arithmetic.one().minus(sum.reciprocal());
    }
}
