package org.goldgrad.analytic.arithmetic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts points and lists those that a ball should contain and certainly does not. */
final class Containment {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private int unbounded;

    /** The truth is known exactly. */
    void check(String what, Object input, Ball ball, BigDecimal truth) {
        if (isCounted(what, ball) && !ball.contains(truth)) {
            violation(what, input, truth, ball);
        }
    }

    /** The truth is known to so many digits; a ball that comes that near is given the benefit of the doubt. */
    void check(String what, Object input, Ball ball, BigDecimal truth, int digits) {
        BigDecimal doubt = truth.abs().scaleByPowerOfTen(-digits);
        if (isCounted(what, ball)
                && (truth.add(doubt).compareTo(ball.lower()) < 0
                        || truth.subtract(doubt).compareTo(ball.upper()) > 0)) {
            violation(what, input, truth, ball);
        }
    }

    /** The truth is that x = g(y) for some y in the ball, and g takes these values at its ends. */
    void checkInverse(String what, Object input, Ball ball, BigDecimal oneEnd, BigDecimal otherEnd, BigDecimal x) {
        if (isCounted(what, ball) && oneEnd.compareTo(x) * otherEnd.compareTo(x) > 0) {
            violation(what, input, x, ball);
        }
    }

    private boolean isCounted(String what, Ball ball) {
        if (ball.isUnbounded()) {
            unbounded++;
            return false;
        }
        counts.merge(what, 1, Integer::sum);
        return true;
    }

    private void violation(String what, Object input, BigDecimal truth, Ball ball) {
        violations.add(what + " of " + input + ": " + truth.round(new MathContext(40)) + " is not in " + ball);
    }

    /** Points checked so far; in an unbounded ball there is nothing to check. */
    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    List<String> violations() {
        return violations;
    }

    @Override
    public String toString() {
        return total() + " points, " + violations.size() + " violations, " + unbounded + " unbounded balls: " + counts;
    }
}
