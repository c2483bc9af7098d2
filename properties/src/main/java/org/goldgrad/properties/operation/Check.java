package org.goldgrad.properties.operation;

/**
 * What a law found on one input: how far it was off in units of what is allowed, and what was compared.
 *
 * @param applicable whether the law's hypotheses held
 * @param worst the largest measured/allowed; the law holds if it is at most 1
 * @param comparison the worst comparison, as one line
 */
public record Check(boolean applicable, double worst, String comparison) {
    /** The law says nothing about this input. */
    public static final Check SKIPPED = new Check(false, 0, "hypotheses not met");

    /** A law that holds until a comparison says otherwise. */
    public static final Check NOTHING_YET = new Check(true, 0, "");

    public boolean holds() {
        return worst <= 1;
    }

    /** Also: measured = expected up to the allowed error (0 means equal). */
    public Check near(String what, double measured, double expected, double allowed) {
        double error = Math.abs(measured - expected);
        double ratio = error == 0 ? 0 : error / allowed;
        return and(
                Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio,
                what + " = " + measured + ", should be " + expected + " ± " + allowed);
    }

    /** Also: measured ≤ bound + allowed. */
    public Check atMost(String what, double measured, double bound, double allowed) {
        boolean within = measured <= bound;
        double ratio = within ? 0 : (measured - bound) / allowed;
        return and(
                Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio,
                what + " = " + measured + ", should be at most " + bound + " + " + allowed);
    }

    /** Also: this is true. */
    public Check that(String what, boolean truth) {
        return and(truth ? 0 : Double.POSITIVE_INFINITY, what);
    }

    /** Also: equal, exactly. */
    public Check equal(String what, Object measured, Object expected) {
        return that(what + " = " + measured + ", should be exactly " + expected, measured.equals(expected));
    }

    private Check and(double ratio, String what) {
        return ratio > worst || comparison.isEmpty() ? new Check(applicable, ratio, what) : this;
    }
}
