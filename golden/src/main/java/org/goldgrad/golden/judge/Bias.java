package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.arithmetic.Graph;
import org.goldgrad.analytic.arithmetic.Tape;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.arithmetic.Variable;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;

/**
 * Whether the errors of an output lean one way, although each is within its budget.
 *
 * <pre>
 *   S = Σᵢ sᵢrᵢ,  rᵢ = (xᵢ − eᵢ)/allowedᵢ      sᵢ = 1 (all too large) or sᵢ = sign eᵢ (all too far from zero)
 *   S = Σₖ S̄ₖδₖ,  |δₖ| ≤ eₖu                   to first order, over the roundings k; S̄ₖ = ∂S/∂vₖ, one reverse sweep
 *   P(|S| > √(2V ln(2/α))) ≤ α                 V = Σ_g (Σ_{k∈g} |S̄ₖ|eₖu)², if roundings of different blocks g are
 *                                              independent and none has a preferred sign (Hoeffding 1963)
 * </pre>
 *
 * <p>What is assumed is about roundings, not about elements, so elements that share intermediates may be correlated as
 * they like. One block holds all roundings that cost the same up to a power of two: equal numbers are rounded alike, and
 * tidy inputs make many. Underflow and the rounding of the expected doubles have no randomness to appeal to and are added
 * in full. Evidence of several cases adds up: S and V are sums.
 *
 * <p>This is a warning and not a verdict, because round-to-nearest is no random choice and a library function may well
 * have a preferred sign within the ulps it is allowed. From |rᵢ| ≤ 1 alone, which is what a budget proves, nothing
 * follows but |S| ≤ n. For the same reason Σ rᵢ² is not judged at all: what these assumptions say about it,
 * Σ rᵢ² ≤ 2 ln(2n/α) Σ Vᵢ with Vᵢ as above for S = rᵢ, is weaker than |rᵢ| ≤ 1 unless more than fifty roundings share
 * every budget equally.
 *
 * @param direction which signs sᵢ S is taken with
 * @param n how many elements
 * @param sum S
 * @param variance V
 * @param certain the part of |S| that needs no chance
 */
record Bias(String output, Direction direction, int n, double sum, double variance, double certain) {
    /** α, for one output and direction. */
    static final double FALSE_ALARM = 1e-9;

    private static final int BLOCKS = 512;
    private static final int PASS = 64;

    /** Which way errors may lean: what sᵢ is, and what a positive and a negative S mean. */
    enum Direction {
        LARGER("upward", "downward") {
            @Override
            double sign(double expected) {
                return 1;
            }
        },
        OUTWARD("away from zero", "toward zero") {
            @Override
            double sign(double expected) {
                return Math.signum(expected);
            }
        };

        private final String more;
        private final String less;

        Direction(String more, String less) {
            this.more = more;
            this.less = less;
        }

        abstract double sign(double expected);

        double weight(Comparison.Element element) {
            return element.allowed() == 0 ? 0 : sign(element.expected()) / element.allowed();
        }
    }

    /** The evidence in an answer, two directions for every output. */
    static List<Bias> of(Definition definition, Inputs inputs, Comparison comparison) {
        Tape<Binary64> tape = new Tape<>(Binary64.ARITHMETIC);
        Question<Variable<Binary64>> question = inputs.in(tape);
        Map<String, Tensor<Variable<Binary64>>> outputs =
                definition.of(question).outputs();
        int roundings = Graph.of(tape).errors().length;
        List<Variable<Binary64>> sums = new ArrayList<>();
        List<Bias> measured = new ArrayList<>();
        outputs.forEach((output, tensor) -> {
            List<Comparison.Element> elements = comparison.elements().stream()
                    .filter(element -> element.output().equals(output))
                    .toList();
            for (Direction direction : Direction.values()) {
                sums.add(weighed(tape, tensor, elements, direction));
                measured.add(measure(output, elements, direction));
            }
        });
        double[] variances = variances(tape, question, comparison.format(), roundings, sums);
        List<Bias> evidence = new ArrayList<>();
        for (int i = 0; i < variances.length; i++) {
            evidence.add(measured.get(i).withVariance(variances[i]));
        }
        return evidence;
    }

    private static Variable<Binary64> weighed(
            Tape<Binary64> tape,
            Tensor<Variable<Binary64>> tensor,
            List<Comparison.Element> elements,
            Direction direction) {
        Variable<Binary64>[] weights = tape.array(elements.size());
        for (int i = 0; i < weights.length; i++) {
            weights[i] = tape.of(direction.weight(elements.get(i)));
        }
        return tape.dot(tensor.elements(), weights);
    }

    private static Bias measure(String output, List<Comparison.Element> elements, Direction direction) {
        double sum = 0;
        double certain = 0;
        for (Comparison.Element element : elements) {
            double weight = direction.weight(element);
            sum += weight * (element.actual() - element.expected());
            certain += Math.abs(weight) * (element.floor() + Math.ulp(element.expected()) / 2);
        }
        return new Bias(output, direction, elements.size(), sum, 0, certain);
    }

    /** V of every sum; only the first roundings of the tape count, after them come the sums themselves. */
    private static double[] variances(
            Tape<Binary64> tape,
            Question<Variable<Binary64>> question,
            Format format,
            int roundings,
            List<Variable<Binary64>> sums) {
        Graph graph = Graph.of(tape);
        double[] cost = graph.errors();
        double[] inexact = graph.magnitudes(question.tensors().values().stream()
                .flatMap(tensor -> List.of(tensor.elements()).stream())
                .filter(x -> !format.holds(x.doubleValue()))
                .toList());
        double[] variances = new double[sums.size()];
        for (int first = 0; first < BLOCKS; first += PASS) {
            double[][] blocks = new double[PASS][cost.length];
            for (int k = 0; k < roundings; k++) {
                double error = (cost[k] + inexact[k]) * format.unitRoundoff();
                int block = block(error) - first;
                if (block >= 0 && block < PASS) {
                    blocks[block][k] = error;
                }
            }
            for (double[] block : graph.weighed(sums, List.of(blocks))) {
                for (int i = 0; i < variances.length; i++) {
                    variances[i] += block[i] * block[i];
                }
            }
        }
        return variances;
    }

    /** Spreads significands over the blocks (multiplicative hashing, Knuth 1998, §6.4). */
    private static int block(double error) {
        long significand = Double.doubleToLongBits(error) & ((1L << 52) - 1);
        return (int) ((significand * 0x9E3779B97F4A7C15L) >>> 32) & (BLOCKS - 1);
    }

    private Bias withVariance(double v) {
        return new Bias(output, direction, n, sum, v, certain);
    }

    /** The evidence of two cases together. */
    Bias plus(Bias that) {
        return new Bias(
                output, direction, n + that.n, sum + that.sum, variance + that.variance, certain + that.certain);
    }

    /** What |S| exceeds with probability α at most. */
    double allowed() {
        return certain + Math.sqrt(2 * variance * StrictMath.log(2 / FALSE_ALARM));
    }

    /** One sentence, if S is further from 0 than chance explains. */
    Optional<String> warning() {
        if (!(Math.abs(sum) > allowed())) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "systematic bias: the errors of %s lean %s by %.2g of their budgets over %d elements, where independent"
                        + " roundings would stay within %.2g",
                output,
                sum > 0 ? direction.more : direction.less,
                Math.abs(sum) / n,
                n,
                allowed() / n));
    }

    /** The warnings of all cases of an operation together. */
    static List<String> warnings(List<List<Bias>> cases) {
        if (cases.isEmpty()) {
            return List.of();
        }
        List<Bias> total = new ArrayList<>(cases.get(0));
        for (List<Bias> evidence : cases.subList(1, cases.size())) {
            for (int i = 0; i < total.size(); i++) {
                total.set(i, total.get(i).plus(evidence.get(i)));
            }
        }
        return total.stream().map(Bias::warning).flatMap(Optional::stream).toList();
    }
}
