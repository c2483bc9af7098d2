package org.goldgrad.reference.recurrent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.ejml.simple.SimpleMatrix;

/**
 * Central differences of a loss, which reads variables that are written into, against gradients computed otherwise.
 *
 * <pre>
 *   (f(3h) − 9f(2h) + 45f(h) − 45f(−h) + 9f(−2h) − f(−3h))/60h             h = 2⁻⁸
 * </pre>
 */
record Differences(DoubleSupplier loss) {
    private static final double H = 0x1p-8;

    /**
     * The stencil is off by h⁶f⁽⁷⁾/140, 3e-17 f⁽⁷⁾, and by 1.83/h times the rounding of the loss, which is good to some
     * 2⁻⁴⁹. Together 1.1e-12 for f⁽⁷⁾ up to 10⁴; measured 9e-13.
     */
    private static final double ALLOWED = 1.1e-12;

    /** The inner product of two sequences: the loss whose gradient by either is the other. */
    static double inner(List<SimpleMatrix> a, List<SimpleMatrix> b) {
        double sum = 0;
        for (int t = 0; t < a.size(); t++) {
            sum += a.get(t).elementMult(b.get(t)).elementSum();
        }
        return sum;
    }

    Differences agree(String name, List<SimpleMatrix> variables, List<SimpleMatrix> gradients) {
        assertEquals(variables.size(), gradients.size(), name);
        for (int t = 0; t < variables.size(); t++) {
            agree(name + "_" + (t + 1), variables.get(t), gradients.get(t));
        }
        return this;
    }

    Differences agree(String name, SimpleMatrix variable, SimpleMatrix gradient) {
        assertEquals(variable.getNumRows(), gradient.getNumRows(), name);
        assertEquals(variable.getNumCols(), gradient.getNumCols(), name);
        for (int entry = 0; entry < variable.getNumElements(); entry++) {
            assertEquals(slope(variable, entry), gradient.get(entry), ALLOWED, name + ", entry " + entry);
        }
        return this;
    }

    private double slope(SimpleMatrix variable, int entry) {
        double center = variable.get(entry);
        double[] f = new double[7];
        for (int k = -3; k <= 3; k++) {
            variable.set(entry, center + k * H);
            f[k + 3] = loss.getAsDouble();
        }
        variable.set(entry, center);
        return (f[6] - f[0] - 9 * (f[5] - f[1]) + 45 * (f[4] - f[2])) / (60 * H);
    }
}
