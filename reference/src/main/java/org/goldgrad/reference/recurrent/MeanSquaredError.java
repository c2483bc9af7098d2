package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * The mean of the squared errors of a sequence of predictions, over all steps with a target, the batch and the outputs.
 *
 * <pre>
 *   ℓ = (1/n) Σ (y_t − z_t)²              n = (steps with a target)·batch·outputs
 *   ∂ℓ/∂y_t = (2/n) (y_t − z_t)           0 at a step without a target
 *
 *   y_t, z_t  batch×outputs
 * </pre>
 *
 * EECS 182, homework 8, question 2(c).
 */
record MeanSquaredError(Targets targets) {

    double of(List<SimpleMatrix> y, List<SimpleMatrix> z) {
        double sum = 0;
        for (int t = targets.first(y.size()); t < y.size(); t++) {
            SimpleMatrix error = y.get(t).minus(z.get(t));
            sum += error.elementMult(error).elementSum();
        }
        return sum / n(y);
    }

    List<SimpleMatrix> gradient(List<SimpleMatrix> y, List<SimpleMatrix> z) {
        int first = targets.first(y.size());
        List<SimpleMatrix> dy = new ArrayList<>(Sequence.zeros(first, Shape.of(y.get(0))));
        for (int t = first; t < y.size(); t++) {
            dy.add(y.get(t).minus(z.get(t)).scale(2 / n(y)));
        }
        return List.copyOf(dy);
    }

    private double n(List<SimpleMatrix> y) {
        return (double) (y.size() - targets.first(y.size())) * y.get(0).getNumElements();
    }
}
