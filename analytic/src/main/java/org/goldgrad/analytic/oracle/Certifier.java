package org.goldgrad.analytic.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.goldgrad.analytic.arithmetic.Ball;
import org.goldgrad.analytic.arithmetic.Balls;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;

/**
 * Proves the correctly rounded value of a definition.
 *
 * <p>Ziv's strategy: evaluate in balls; accept an element when both ends of its ball round to the same double; else double
 * the precision and evaluate again.
 */
public final class Certifier {
    private static final int FIRST_PRECISION = 128;
    private static final int LAST_PRECISION = 4096;

    private Certifier() {}

    /**
     * The correctly rounded outputs, and the working precision that proved them.
     *
     * @throws Uncertifiable if no precision up to 4096 bits proves every element: a singular system, a missing spectral
     *     gap, a result exactly between two doubles or outside their range
     */
    public static Certificate certify(Definition definition, Inputs inputs) {
        String obstacle = "";
        for (int bits = FIRST_PRECISION; bits <= LAST_PRECISION; bits *= 2) {
            try {
                Answer<Ball> answer = definition.of(inputs.in(new Balls(bits)));
                return new Certificate(rounded(answer.outputs()), rounded(answer.intermediates()), bits);
            } catch (Unproven unproven) {
                obstacle = unproven.getMessage();
            } catch (ArithmeticException undefined) {
                obstacle = undefined.getMessage();
            }
        }
        throw new Uncertifiable("cannot be certified with " + LAST_PRECISION + " bits: " + obstacle);
    }

    private static Outputs rounded(Map<String, Tensor<Ball>> tensors) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            double[] elements = new double[tensor.size()];
            for (int i = 0; i < elements.length; i++) {
                OptionalDouble element = tensor.at(i).rounded();
                if (element.isEmpty()) {
                    String doubt = tensor.at(i).isUnbounded()
                            ? "unbounded (a singular system, a missing spectral gap or a division by 0)"
                            : tensor.at(i).toString();
                    throw new Unproven(name + " element " + i + " is " + doubt);
                }
                elements[i] = element.getAsDouble();
            }
            arrays.put(name, Array.of(tensor.shape(), elements));
        });
        return new Outputs(arrays);
    }

    /** What was proven: every double is the true value, correctly rounded. */
    public record Certificate(Outputs outputs, Outputs intermediates, int bits) {}

    /** A question whose answer cannot be proven, and why. */
    public static final class Uncertifiable extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        Uncertifiable(String message) {
            super(message);
        }
    }

    /** This precision does not suffice. */
    private static final class Unproven extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unproven(String message) {
            super(message, null, false, false);
        }
    }
}
