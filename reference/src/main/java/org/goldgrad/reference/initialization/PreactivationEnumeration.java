package org.goldgrad.reference.initialization;

import org.ejml.simple.SimpleMatrix;

/**
 * Mean and variance of a pre-activation, by going through everything that may happen.
 *
 * <pre>
 *   a = c + Σ_i w_i h_i      over all outcomes^fan choices of weights and all rows of h, all equally likely
 *   w  outcomes×1      h  states×fan
 * </pre>
 *
 * @param mean E[a]
 * @param variance E[(a − E[a])²]
 */
public record PreactivationEnumeration(double mean, double variance) {
    /** The moments of c + w·h. */
    public static PreactivationEnumeration of(double c, SimpleMatrix w, SimpleMatrix h) {
        double[] a = preactivations(w, h);
        double origin = a[0]; // what all have in common costs no digits
        double offset = mean(a, x -> x - origin);
        double variance = mean(a, x -> (x - origin - offset) * (x - origin - offset));
        return new PreactivationEnumeration(c + (origin + offset), variance);
    }

    private static double[] preactivations(SimpleMatrix w, SimpleMatrix h) {
        int outcomes = w.getNumElements();
        int fan = h.getNumCols();
        int choices = 1;
        for (int i = 0; i < fan; i++) {
            choices = Math.multiplyExact(choices, outcomes);
        }
        double[] a = new double[Math.multiplyExact(choices, h.getNumRows())];
        for (int k = 0; k < a.length; k++) {
            int choice = k / h.getNumRows();
            for (int i = 0; i < fan; i++) {
                a[k] += w.get(choice % outcomes) * h.get(k % h.getNumRows(), i);
                choice /= outcomes;
            }
        }
        return a;
    }

    /** The mean of f, added up so that no more than one rounding is felt (Kahan 1965). */
    private static double mean(double[] a, java.util.function.DoubleUnaryOperator f) {
        double sum = 0;
        double lost = 0;
        for (double x : a) {
            double term = f.applyAsDouble(x) - lost;
            double next = sum + term;
            lost = next - sum - term;
            sum = next;
        }
        return sum / a.length;
    }
}
