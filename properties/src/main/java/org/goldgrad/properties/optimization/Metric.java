package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject.Measured;

/**
 * A matrix that a step was preconditioned by, held against the step itself: nothing is inverted.
 *
 * @param A d×d
 */
record Metric(Tensor<DoubleDouble> A) {
    /**
     * Also: A(before − θ_1) = b, where θ_1 is what an answer has after its only step.
     *
     * @param before the parameters before the step, exactly
     */
    Check maps(Check check, Measured answer, double[] before, Tensor<DoubleDouble> b) {
        Check result = check;
        for (int i = 0; i < before.length; i++) {
            DoubleDouble sum = A.arithmetic().zero();
            double allowed = Math.ulp(b.at(i).doubleValue());
            for (int j = 0; j < before.length; j++) {
                DoubleDouble step = DoubleDouble.of(before[j]).minus(answer.at("theta", j));
                sum = sum.plus(A.get(i, j).times(step));
                allowed += Math.abs(A.get(i, j).doubleValue()) * answer.allowed("theta", j);
            }
            double measured = sum.doubleValue();
            result = result.near("(A(θ_0 - θ_1))_" + i, measured, b.at(i).doubleValue(), allowed + Math.ulp(measured));
        }
        return result;
    }
}
