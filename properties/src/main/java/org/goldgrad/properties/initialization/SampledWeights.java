package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.initialization.WeightScale;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.reference.initialization.Fans;
import org.goldgrad.reference.initialization.Scheme;

/** What operations that draw initial weights have in common: shapes, seeds, conventions, and most mistakes. */
final class SampledWeights {
    static final String SOURCE = "IFT6135 (2020), assignment 2, question 3";

    static final Convention VARIANCE = new Convention(
            "variance",
            "What the variance of a weight makes up for",
            schemes(),
            "LeCun et al. 1998, He et al. 2015, Glorot and Bengio 2010; LBANN took the first for the second:"
                    + " https://github.com/LBANN/lbann/pull/316");

    /** The most that a size may be, and how many seeds there are. */
    private static final String MOST = "4096";

    private static final int SEEDS = 1_000_000;

    /** So many numbers are not the same by chance, even in a coarse format. */
    private static final int MANY = 16;

    private SampledWeights() {}

    private static Map<String, String> schemes() {
        Map<String, String> schemes = new LinkedHashMap<>();
        schemes.put("lecun", "1/fan_in: units of unit variance stay so");
        schemes.put("he", "2/fan_in: also through a relu");
        schemes.put("glorot", "2/(fan_in + fan_out): activations forwards and gradients backwards, on average");
        return schemes;
    }

    /** The sizes of a weight as integers. */
    static Operation.Builder shaped(Operation.Builder builder) {
        return builder.count("outputs", 1, MOST, 0)
                .count("inputs", 1, MOST, 0)
                .count("height", 1, MOST, 0)
                .count("width", 1, MOST, 0)
                .size("outputs", 1, 12)
                .size("inputs", 1, 12)
                .size("height", 1, 5)
                .size("width", 1, 5)
                .convention(VARIANCE)
                .source(SOURCE);
    }

    /** A declaration that lacks its title, formula, definition, reference and mistakes of its own. */
    static Operation.Builder drawn(Operation.Builder builder, Definition right) {
        return shaped(builder)
                .sampled(SEEDS)
                .output("W", "outputs,inputs,height,width")
                .definition(right)
                .mistakes(WeightMistakes.of(right))
                .mistakes(dependence(right))
                .example("dense", question(90, 135, 1, 1, 1))
                .example("3×3 convolution", question(64, 21, 3, 3, 20))
                .example("5×1 convolution", question(40, 60, 5, 1, 300));
    }

    private static Inputs question(int outputs, int inputs, int height, int width, int seed) {
        return shape(outputs, inputs, height, width).withInteger(Operation.SEED, seed);
    }

    static Inputs shape(int outputs, int inputs, int height, int width) {
        return Inputs.empty()
                .withInteger("outputs", outputs)
                .withInteger("inputs", inputs)
                .withInteger("height", height)
                .withInteger("width", width);
    }

    /** Every entry is right by itself. */
    private static List<Mistake> dependence(Definition right) {
        return List.of(
                mistake(
                        "repeats-a-row",
                        "draws one row and repeats it, so that all units stay the same for ever",
                        "W_ij = w_j",
                        new With(right, "distinct_rows")),
                mistake(
                        "ignores-the-seed",
                        "draws the same weights whatever the seed is",
                        "W does not depend on seed",
                        new With(right, "distinct_seeds")),
                mistake(
                        "draws-without-the-seed",
                        "draws from a generator that nobody seeded, so that the same seed gives other weights",
                        "W does not follow from seed",
                        new With(right, "fresh")));
    }

    /** A law with one more number, which is 1. */
    private record With(Definition right, String name) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            return right.of(q).and(name, q.arithmetic().one());
        }
    }

    /** Another distribution with the right deviation. */
    static Mistake instead(String id, String did, String formula, Definition other) {
        return mistake(id, did, formula, other).seenIn("https://github.com/LBANN/lbann/pull/316");
    }

    /** Draws that many numbers by a seed. */
    @FunctionalInterface
    interface Draws {
        double[] of(double scale, int n, int seed);
    }

    /** The reference sampler. */
    static Outputs refer(Inputs in, ToDoubleFunction<Inputs> scale, Draws draws) {
        int[] shape = {in.integer("outputs"), in.integer("inputs"), in.integer("height"), in.integer("width")};
        int n = shape[0] * shape[1] * shape[2] * shape[3];
        double[] w = draws.of(scale.applyAsDouble(in), n, in.integer(Operation.SEED));
        return Outputs.of("W", Array.of(shape, w));
    }

    static Fans fans(Inputs in) {
        return Fans.of(in.integer("outputs"), in.integer("inputs"), in.integer("height"), in.integer("width"));
    }

    static Scheme scheme(Inputs in) {
        return VARIANCE.of(in, Scheme.class);
    }

    /** The claim that the seed, and nothing else, decides. */
    static Claim seeded(String id, java.util.function.Supplier<Operation> operation) {
        return holds(
                id,
                "a seed gives the same weights, bit by bit, whenever it is asked, and two seeds give different ones, if"
                        + " there are 16 weights or more",
                SOURCE,
                (subject, draw) -> seeds(operation.get(), subject, draw));
    }

    private static Check seeds(Operation operation, Subject subject, Draw draw) {
        Inputs in = operation.inputs(draw);
        Inputs other = in.withInteger(Operation.SEED, (in.integer(Operation.SEED) + 1) % SEEDS);
        Array first = subject.ask(operation, in).array("W");
        Array second = subject.ask(operation, other).array("W");
        if (first.size() < MANY) {
            return Check.SKIPPED;
        }
        return Check.NOTHING_YET
                .equal("W of the same seed", subject.ask(operation, in).array("W"), first)
                .that("W of another seed is " + second + " again", !second.equals(first));
    }

    /** The definition of σ² as an operation's formula says it. */
    static String formula(String law) {
        return law + """
                , independent for all i, j, k, l and every seed
                fan_in = inputs·height·width      fan_out = outputs·height·width
                variance=lecun    σ² = 1/fan_in
                variance=he       σ² = 2/fan_in
                variance=glorot   σ² = 2/(fan_in + fan_out)""";
    }

    static final Definition NORMAL = WeightScale::normal;
    static final Definition UNIFORM = WeightScale::uniform;
    static final Definition TRUNCATED = WeightScale::truncated;
}
