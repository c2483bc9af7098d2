package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.golden.vectors.GoldenCase;

/**
 * An answer beside the right one, element by element.
 *
 * <pre>
 *   r = |x − e| / allowed          ulp = |x − e| / (2u·2^⌊log₂|e|⌋)          digits = −log₁₀(|x − e| / |e|)
 *   bits = p − log₂ r = −log₂(ru), where ru is the roundoff that would just allow the error
 * </pre>
 *
 * <p>Where rounding may swallow e whole, |e| ≤ allowed (0 among them), nothing is relative to e, so ulp and digits are those
 * of an error in the case's largest magnitude: what is left where large numbers cancel. Digits end at the p·log₁₀2 that a format has, bits at the 53 of the expected double.
 */
record Comparison(List<Element> elements, Format format, double peak) {
    private static final double LOG10_2 = StrictMath.log10(2);
    private static final int EXPECTED_BITS = Format.BINARY64.precision();

    /**
     * One element.
     *
     * @param position row-major, in the output
     * @param floor the part of the allowed error that underflow explains
     */
    record Element(
            String output, int position, String name, double expected, double actual, double allowed, double floor) {
        double error() {
            double error = Math.abs(actual - expected);
            return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
        }

        boolean within() {
            return error() <= allowed;
        }

        double ratio() {
            return error() == 0 ? 0 : error() / allowed;
        }

        /** (x − e)/allowed, with its sign; 0 where nothing is allowed. */
        double scaled() {
            return allowed == 0 ? 0 : (actual - expected) / allowed;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s is %s, should be %s ± %.3g", name, actual, expected, allowed);
        }
    }

    /** Compares an answer of the right names and shapes. */
    static Comparison of(GoldenCase golden, Outputs actual, Format format) {
        return of(golden.expected(), golden.budget(), actual, format);
    }

    /** Compares with the right numbers whatever has their names and shapes. */
    static Comparison of(Outputs right, ErrorBudget budget, Outputs actual, Format format) {
        List<Element> elements = new ArrayList<>();
        right.arrays().forEach((output, expected) -> {
            Array got = actual.array(output);
            for (int i = 0; i < expected.size(); i++) {
                String name = expected.rank() == 0 ? output : output + expected.index(i);
                elements.add(new Element(
                        output,
                        i,
                        name,
                        expected.at(i),
                        got.at(i),
                        allowed(right, budget, output, i, format),
                        floor(budget, output, i, format)));
            }
        });
        return new Comparison(elements, format, budget.peak());
    }

    /**
     * What an element may be off: its budget, which counts from the true value, and the half ulp that the expected double
     * itself is from there. An element without a budget is copied or negated, and must be exact.
     */
    static double allowed(GoldenCase golden, String output, int element, Format format) {
        return allowed(golden.expected(), golden.budget(), output, element, format);
    }

    private static double allowed(Outputs right, ErrorBudget budget, String output, int element, Format format) {
        double allowed = budget.allowed(output, element, format);
        return allowed == 0 ? 0 : allowed + Math.ulp(right.array(output).at(element)) / 2;
    }

    private static double floor(ErrorBudget budget, String output, int element, Format format) {
        double rounded = budget.roundings(output, element, format) * format.unitRoundoff();
        return Math.max(0, budget.allowed(output, element, format) - rounded);
    }

    /** The elements that no honest rounding explains. */
    List<Element> wrong() {
        return elements.stream().filter(element -> !element.within()).toList();
    }

    /** The element furthest off in units of what is allowed; one that is no number comes first. */
    Element worst() {
        return elements.stream().max(Comparator.comparingDouble(Element::ratio)).orElseThrow();
    }

    Verdict.Precision precision() {
        return new Verdict.Precision(
                max(this::ulp),
                max(Element::ratio),
                -max(element -> -digits(element)),
                -max(element -> -bits(element)));
    }

    private double max(ToDoubleFunction<Element> of) {
        return elements.stream().mapToDouble(of).max().orElse(0);
    }

    private double scale(Element element) {
        return Math.abs(element.expected()) <= element.allowed() ? peak : Math.abs(element.expected());
    }

    private double ulp(Element element) {
        int exponent = Math.max(Math.getExponent(scale(element)), Math.getExponent(format.smallestNormal()));
        return element.error() / Math.scalb(2 * format.unitRoundoff(), exponent);
    }

    private double digits(Element element) {
        double most = format.precision() * LOG10_2;
        return element.error() == 0 ? most : clamp(-StrictMath.log10(element.error() / scale(element)), most);
    }

    private double bits(Element element) {
        double lost = StrictMath.log10(element.ratio()) / LOG10_2; // −∞ for an exact answer
        return clamp(format.precision() - lost, EXPECTED_BITS);
    }

    private static double clamp(double x, double most) {
        return Math.max(0, Math.min(x, most));
    }
}
