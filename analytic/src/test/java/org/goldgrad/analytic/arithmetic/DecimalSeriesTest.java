package org.goldgrad.analytic.arithmetic;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apache.commons.math3.dfp.Dfp;
import org.apache.commons.math3.dfp.DfpField;
import org.junit.jupiter.api.Test;

/** The yardstick of the ball tests against a third opinion, commons-math3's Dfp, where Dfp is trustworthy. */
class DecimalSeriesTest {
    private final DecimalSeries series = new DecimalSeries(100);
    private final DfpField field = new DfpField(130);
    private final SplittableRandom random = new SplittableRandom(20240607);

    @Test
    void agrees_with_dfp_on_the_exponential() {
        agrees(series::exp, Dfp::exp, -300, 300);
    }

    @Test
    void agrees_with_dfp_on_the_logarithm() {
        agrees(series::log, Dfp::log, 2, 1e6);
    }

    @Test
    void agrees_with_dfp_on_the_hyperbolic_tangent_away_from_zero() {
        agrees(series::tanh, Dfp::tanh, 0.01, 40);
    }

    /** Dfp has no expm1; its exponential less 1 loses 6 digits at 1e-6, which 130 digits can spare. */
    @Test
    void agrees_with_dfp_on_expm1_not_too_near_zero() {
        agrees(series::expm1, x -> x.exp().subtract(field.getOne()), 1e-6, 2);
    }

    /** log1p near 0 against the inverse function, which is summed from another series. */
    @Test
    void log1p_and_expm1_invert_each_other_near_zero() {
        for (int exponent = -320; exponent < 0; exponent++) {
            BigDecimal x = BigDecimal.valueOf(random.nextDouble(1, 10)).scaleByPowerOfTen(exponent - 1);
            close(x, series.log1p(series.expm1(x)), x);
        }
    }

    private void agrees(UnaryOperator<BigDecimal> ours, UnaryOperator<Dfp> dfp, double from, double to) {
        for (int i = 0; i < 100; i++) {
            BigDecimal x = new BigDecimal(random.nextDouble(from, to), new MathContext(17));
            close(
                    x,
                    ours.apply(x),
                    new BigDecimal(dfp.apply(field.newDfp(x.toString())).toString()));
        }
    }

    private void close(BigDecimal x, BigDecimal ours, BigDecimal theirs) {
        BigDecimal allowed = theirs.abs().scaleByPowerOfTen(-series.digits());
        assertTrue(
                ours.subtract(theirs).abs().compareTo(allowed) <= 0,
                () -> "at " + x + ": " + ours.round(new MathContext(30)) + " and " + theirs.round(new MathContext(30)));
    }
}
