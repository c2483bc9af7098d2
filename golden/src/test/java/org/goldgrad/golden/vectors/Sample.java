package org.goldgrad.golden.vectors;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.reference.optimization.Rate;

/** A small operation of our own, so that these tests do not depend on what is in the catalogue. */
final class Sample {
    static final Mistake ASCENDS = Mistake.mistake("ascends", "adds the step", "θ + v", Sample::ascending);
    static final Mistake RESETS = Mistake.mistake("forgets", "forgets the velocity", "α = 0", Sample::forgetful);
    static final Mistake REVERSES = Mistake.mistake("throws", "is not finished", "none", Sample::unfinished);

    /** Not a mistake at all. */
    static final Mistake EQUIVALENT =
            Mistake.mistake("planted-survivor", "multiplies by one", "1·θ", Momentum.DEFINITION);

    static final Operation MOMENTUM = declare(ASCENDS, RESETS, REVERSES);

    private Sample() {}

    static Operation declare(Mistake... mistakes) {
        Map<String, String> rates = new LinkedHashMap<>();
        rates.put("inside", "the velocity contains the rate");
        rates.put("outside", "the rate multiplies the velocity");
        return Operation.named("optimization.sample", "Momentum")
                .formula("v_t = αv_{t-1} + εg_t")
                .input("theta0", "parameters", Domain.REAL)
                .input("g", "steps,parameters", Domain.SPREAD)
                .setting("alpha", "", Domain.DECAY)
                .setting("epsilon", "", Domain.POSITIVE)
                .output("v", "steps,parameters")
                .output("theta", "steps,parameters")
                .size("steps", 1, 6)
                .convention(new Convention("rate", "Where the rate is", rates, ""))
                .definition(Momentum.DEFINITION)
                .reference(Sample::refer)
                .mistakes(List.of(mistakes))
                .example(
                        "Ten to the minus one",
                        Inputs.empty()
                                .with("theta0", 1, -2)
                                .with("g", Array.matrix(new double[] {0.5, 3}, new double[] {-1, 0.25}))
                                .with("alpha", 0.9)
                                .with("epsilon", 0.1))
                .declare();
    }

    /** Generates the file of the sample operation. */
    static Path generated(Path folder) throws IOException {
        Generator.generate(List.of(MOMENTUM), folder, line -> {});
        return folder.resolve("optimization/sample.json");
    }

    private static <R extends Real<R>> Answer<R> ascending(Question<R> q) {
        return Momentum.DEFINITION.of(q.with("g", q.tensor("g").map(R::negate)));
    }

    private static <R extends Real<R>> Answer<R> forgetful(Question<R> q) {
        return Momentum.DEFINITION.of(q.with(
                "alpha",
                q.tensor("alpha").map(alpha -> alpha.times(alpha.arithmetic().zero()))));
    }

    private static <R extends Real<R>> Answer<R> unfinished(Question<R> q) {
        throw new UnsupportedOperationException("not yet");
    }

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.Momentum(
                in.scalar("alpha"),
                in.scalar("epsilon"),
                in.convention("rate").equals("inside") ? Rate.INSIDE : Rate.OUTSIDE);
        int steps = in.array("g").size(0);
        int d = in.array("g").size(1);
        double[] v = new double[steps * d];
        double[] theta = new double[steps * d];
        var state = rule.at(new SimpleMatrix(in.array("theta0").elements()));
        for (int t = 0; t < steps; t++) {
            double[] g = java.util.Arrays.copyOfRange(in.array("g").elements(), t * d, (t + 1) * d);
            state = rule.step(state, new SimpleMatrix(g));
            for (int i = 0; i < d; i++) {
                v[t * d + i] = state.get("v").get(i);
                theta[t * d + i] = state.theta().get(i);
            }
        }
        int[] shape = {steps, d};
        return Outputs.of("v", Array.of(shape, v)).and("theta", Array.of(shape, theta));
    }
}
