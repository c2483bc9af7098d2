package org.goldgrad.analytic.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.arithmetic.Graph;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;

/**
 * How far an honest implementation may be off, element by element, to second order.
 *
 * <pre>
 *   |error in y| ≤ (B + I)·u + Q·u² + F·η
 *   B = Σₖ |∂y/∂vₖ| eₖ      over the rounded nodes vₖ of the definition, eₖ their own error in units of u
 *   I = Σⱼ |∂y/∂xⱼ| |xⱼ|    over the inputs that the format cannot hold
 *   Q = Σₖ |∂y/∂vₖ| qₖ      over the curved nodes, qₖ = ½ Σ|∂²vₖ/∂a∂b| δₐδ_b, δ the first-order errors of their arguments
 *   F = Σₖ |∂y/∂vₖ|         over the rounded nodes: each may underflow by η, the format's smallest normal number
 * </pre>
 *
 * <p>Adjoints come from one tape in doubles. What each kind of node costs stands in the arithmetic package's {@code Step}.
 * Two orders suffice while errors stay small on the scale on which the functions bend, reach·u ≤ ¼: where that fails, the
 * format is too coarse for the question, and a verdict would mean nothing.
 *
 * @param rounding B, by output
 * @param inexact I, by format and output; a format that holds every input is absent
 * @param floor F, by output
 * @param curvature Q, by output, with every input taken as inexact; 0 where only the first order was asked for
 * @param reach how far first-order errors reach on the scale of the functions' bends, in units of u
 * @param peak the largest magnitude met on the way: a format that cannot hold it cannot be asked
 */
public record ErrorBudget(
        Map<String, double[]> rounding,
        Map<Format, Map<String, double[]>> inexact,
        Map<String, double[]> floor,
        Map<String, double[]> curvature,
        double reach,
        double peak) {

    /** The first-order budget of a definition at these inputs, which is all that binary64 needs. */
    public static ErrorBudget of(Definition definition, Inputs inputs) {
        return of(definition, inputs, false);
    }

    /** The budget of a definition at these inputs, to second order. */
    public static ErrorBudget curved(Definition definition, Inputs inputs) {
        return of(definition, inputs, true);
    }

    private static ErrorBudget of(Definition definition, Inputs inputs, boolean curved) {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        Question<Variable<Binary64>> question = inputs.in(tape);
        Answer<Variable<Binary64>> answer = definition.of(question);
        Graph graph = Graph.of(tape);

        double[] errors = graph.errors();
        Map<Format, double[]> unrepresentable = unrepresentable(question, graph);
        Graph.Bend bend = curved
                ? graph.bend(sum(errors, unrepresentable.getOrDefault(Format.BFLOAT16, new double[errors.length])))
                : new Graph.Bend(new double[errors.length], 0);
        List<double[]> weights = new ArrayList<>(List.of(errors, graph.rounded(), bend.second()));
        weights.addAll(unrepresentable.values());
        List<Variable<Binary64>> all = new ArrayList<>();
        answer.outputs().values().forEach(tensor -> all.addAll(Arrays.asList(tensor.elements())));
        double[][] sums = graph.weighed(all, weights);

        Map<Format, Map<String, double[]>> inexact = new EnumMap<>(Format.class);
        int row = 3;
        for (Format format : unrepresentable.keySet()) {
            inexact.put(format, byOutput(answer, sums[row++]));
        }
        return new ErrorBudget(
                byOutput(answer, sums[0]),
                inexact,
                byOutput(answer, sums[1]),
                byOutput(answer, sums[2]),
                bend.reach(),
                graph.peak());
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    /** For every format that cannot hold some input: |xⱼ| at those inputs. */
    private static Map<Format, double[]> unrepresentable(Question<Variable<Binary64>> question, Graph graph) {
        Map<Format, double[]> weights = new EnumMap<>(Format.class);
        for (Format format : Format.values()) {
            List<Variable<Binary64>> inputs = new ArrayList<>();
            for (Tensor<Variable<Binary64>> tensor : question.tensors().values()) {
                for (Variable<Binary64> x : tensor.elements()) {
                    if (!format.holds(x.doubleValue())) {
                        inputs.add(x);
                    }
                }
            }
            if (!inputs.isEmpty()) {
                weights.put(format, graph.magnitudes(inputs));
            }
        }
        return weights;
    }

    private static Map<String, double[]> byOutput(Answer<?> answer, double[] all) {
        Map<String, double[]> parts = new LinkedHashMap<>();
        int from = 0;
        for (Map.Entry<String, ? extends Tensor<?>> output : answer.outputs().entrySet()) {
            int to = from + output.getValue().size();
            parts.put(output.getKey(), Arrays.copyOfRange(all, from, to));
            from = to;
        }
        return parts;
    }

    /** The allowed error of an element of an output, for an implementation working in this format. */
    public double allowed(String output, int element, Format format) {
        double u = format.unitRoundoff();
        return roundings(output, element, format) * u
                + element(curvature, output, element) * u * u
                + element(floor, output, element) * format.smallestNormal();
    }

    /** F: what an absolute error of 1 in every rounded node would cost. */
    public double floor(String output, int element) {
        return element(floor, output, element);
    }

    /** Whether the format is fine enough, and wide enough, for the question. */
    public boolean suits(Format format) {
        return reach * format.unitRoundoff() <= 0.25 && peak <= format.largest();
    }

    /** Whether it allows a finite error everywhere: 0·∞ in an adjoint gives NaN, which would allow nothing. */
    public boolean isFinite() {
        return Double.isFinite(peak)
                && Double.isFinite(reach)
                && isFinite(curvature)
                && isFinite(rounding)
                && isFinite(floor)
                && inexact.values().stream().allMatch(ErrorBudget::isFinite);
    }

    private static boolean isFinite(Map<String, double[]> elements) {
        return elements.values().stream().flatMapToDouble(Arrays::stream).allMatch(Double::isFinite);
    }

    /** B + I, the allowed error in units of u to first order, where nothing underflows. */
    public double roundings(String output, int element, Format format) {
        Map<String, double[]> extra = inexact.get(format);
        return element(rounding, output, element) + (extra == null ? 0 : element(extra, output, element));
    }

    private static double element(Map<String, double[]> parts, String output, int element) {
        double[] part = parts.get(output);
        if (part == null) {
            throw new IllegalArgumentException("no budget for " + output + " among " + parts.keySet());
        }
        return part[element];
    }
}
