package org.goldgrad.reference.normalization;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayerNormGradientTest {
    private static final double H = 0x1p-10;

    /**
     * The five-point stencil is off by h⁴f⁽⁵⁾/30, 3e-14 f⁽⁵⁾ for h = 2⁻¹⁰, and by 1.5/h times the rounding of the loss,
     * which is good to some 2⁻⁴⁸. Together 2e-11 for f⁽⁵⁾ up to 500; measured 4e-12.
     */
    private static final double ALLOWED = 2e-11;

    /** A layer of drawn weights, drawn rows, and the loss whose gradients by the outputs are dy, dmean, dvariance. */
    private record Problem(
            SimpleMatrix x,
            SimpleMatrix gamma,
            SimpleMatrix beta,
            SimpleMatrix dy,
            SimpleMatrix dmean,
            SimpleMatrix dvariance) {

        static Problem drawn(int rows, int features) {
            Random random = new Random(4);
            return new Problem(
                    SimpleMatrix.random_DDRM(rows, features, -1, 3, random),
                    SimpleMatrix.random_DDRM(features, 1, -2, 2, random),
                    SimpleMatrix.random_DDRM(features, 1, -1, 1, random),
                    SimpleMatrix.random_DDRM(rows, features, -1, 1, random),
                    SimpleMatrix.random_DDRM(rows, 1, -1, 1, random),
                    SimpleMatrix.random_DDRM(rows, 1, -1, 1, random));
        }

        double loss(double eps) {
            LayerNorm.Output output = LayerNorm.of(gamma, beta, eps).forward(x);
            return dy.elementMult(output.y()).elementSum()
                    + dmean.elementMult(output.mean()).elementSum()
                    + dvariance.elementMult(output.variance()).elementSum();
        }

        LayerNorm.Gradient gradient(double eps) {
            return LayerNorm.of(gamma, beta, eps).backward(x, dy, dmean, dvariance);
        }
    }

    private static double slope(DoubleUnaryOperator f) {
        return (f.applyAsDouble(-2 * H) - 8 * f.applyAsDouble(-H) + 8 * f.applyAsDouble(H) - f.applyAsDouble(2 * H))
                / (12 * H);
    }

    private static void assertGradient(Problem problem, SimpleMatrix variable, SimpleMatrix gradient, String name) {
        for (int e = 0; e < variable.getNumElements(); e++) {
            int entry = e;
            double center = variable.get(entry);
            double slope = slope(step -> {
                variable.set(entry, center + step);
                return problem.loss(0.5);
            });
            variable.set(entry, center);
            assertEquals(slope, gradient.get(entry), ALLOWED, name + ", entry " + entry);
        }
    }

    @ParameterizedTest(name = "{0} rows of {1}")
    @CsvSource({"1, 1", "1, 4", "3, 2", "2, 5", "5, 3"})
    void agrees_with_differences_of_the_loss_in_every_entry(int rows, int features) {
        Problem problem = Problem.drawn(rows, features);
        LayerNorm.Gradient gradient = problem.gradient(0.5);
        assertGradient(problem, problem.x(), gradient.dx(), "x");
        assertGradient(problem, problem.gamma(), gradient.dgamma(), "gamma");
        assertGradient(problem, problem.beta(), gradient.dbeta(), "beta");
        assertEquals(slope(step -> problem.loss(0.5 + step)), gradient.deps(), ALLOWED, "eps");
    }

    @Test
    void the_mean_and_the_variance_have_gradients_of_their_own() {
        SimpleMatrix x = new SimpleMatrix(new double[][] {{1, 3, 5, 7}});
        LayerNorm layer = LayerNorm.of(SimpleMatrix.ones(4, 1), new SimpleMatrix(4, 1), 1);
        SimpleMatrix dx = layer.backward(
                        x, new SimpleMatrix(1, 4), SimpleMatrix.filled(1, 1, 8), SimpleMatrix.filled(1, 1, 2))
                .dx();
        double[] d = {-3, -1, 1, 3}; // x − μ
        for (int j = 0; j < 4; j++) {
            assertEquals(8.0 / 4 + 2 * 2 * d[j] / 4, dx.get(j));
        }
    }
}
