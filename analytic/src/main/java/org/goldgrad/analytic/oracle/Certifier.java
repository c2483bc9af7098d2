package org.goldgrad.analytic.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Ball;
import org.goldgrad.analytic.arithmetic.Balls;
import org.goldgrad.analytic.arithmetic.Rational;
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
 * the precision and evaluate again. Where no precision helps, the answer may lie exactly between two doubles, with a
 * quotient on the way that no ball holds exactly; then it is computed in fractions, if it is one.
 */
public final class Certifier {
    private static final int FIRST_PRECISION = 128;
    private static final int LAST_PRECISION = 4096;

    private Certifier() {}

    /**
     * The correctly rounded outputs, and the working precision that proved them.
     *
     * @throws Uncertifiable if neither 4096 bits nor fractions prove every element: a singular system, a missing spectral
     *     gap, an irrational route to a result exactly between two doubles, a result outside their range
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
        String last = obstacle;
        return inFractions(definition, inputs)
                .orElseThrow(() -> new Uncertifiable("cannot be certified with " + LAST_PRECISION + " bits: " + last));
    }

    private static Optional<Certificate> inFractions(Definition definition, Inputs inputs) {
        try {
            Answer<Rational> answer = definition.of(inputs.in(Rational.ARITHMETIC));
            boolean inRange = all(answer).allMatch(x -> Double.isFinite(x.doubleValue()));
            int bits = all(answer).mapToInt(Certifier::length).max().orElse(1);
            Outputs intermediates = new Answer<>(answer.intermediates(), Map.of()).nearest();
            return inRange ? Optional.of(new Certificate(answer.nearest(), intermediates, bits)) : Optional.empty();
        } catch (UnsupportedOperationException | ArithmeticException irrational) {
            return Optional.empty();
        }
    }

    private static Stream<Rational> all(Answer<Rational> answer) {
        return Stream.of(answer.outputs(), answer.intermediates())
                .flatMap(tensors -> tensors.values().stream())
                .flatMap(tensor -> Stream.of(tensor.elements()));
    }

    private static int length(Rational x) {
        return Math.max(
                x.value().getNumerator().bitLength(), x.value().getDenominator().bitLength());
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

    /**
     * What was proven: every double is the true value, correctly rounded.
     *
     * @param bits the precision of the balls that proved it, or the length of the longest fraction
     */
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
