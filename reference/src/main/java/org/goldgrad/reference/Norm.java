package org.goldgrad.reference;

import java.util.List;
import org.ejml.simple.SimpleMatrix;

/**
 * The Euclidean norm of all entries of a matrix, the Frobenius norm.
 *
 * <pre>
 *   ‖A‖ = √Σ a²_{ij} = 2ᵉ √Σ (2⁻ᵉ a_{ij})²          2ᵉ ≤ max |a_{ij}| < 2ᵉ⁺¹
 * </pre>
 *
 * So scaled, which is exact, squares neither overflow nor vanish. EJML's normF scales too, but by the largest entry
 * that is a number, and so finds 0 where all are NaN.
 */
public final class Norm {
    private Norm() {}

    public static double of(SimpleMatrix A) {
        double largest = 0;
        for (int k = 0; k < A.getNumElements(); k++) {
            largest = Math.max(largest, Math.abs(A.get(k)));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        int e = Math.getExponent(largest);
        double sum = 0;
        for (int k = 0; k < A.getNumElements(); k++) {
            double a = Math.scalb(A.get(k), -e);
            sum += a * a;
        }
        return Math.scalb(Math.sqrt(sum), e);
    }

    /** The operator norm max ‖xA‖/‖x‖: the largest singular value. */
    public static double ofOperator(SimpleMatrix A) {
        return A.svd().getSingleValue(0);
    }

    /** The norm of every step of a sequence, T×1. */
    public static SimpleMatrix ofEach(List<SimpleMatrix> sequence) {
        return new SimpleMatrix(sequence.stream().mapToDouble(Norm::of).toArray());
    }
}
