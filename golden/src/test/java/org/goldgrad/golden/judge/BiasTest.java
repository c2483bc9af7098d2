package org.goldgrad.golden.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Emulated;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.normalization.LayerNorm;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.analytic.recurrent.Lstm;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.draw.SplitMix;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Honest arithmetic is never accused of a bias, and a small bias that every budget lets through is seen. */
class BiasTest {
    private static final int CASES = 20;

    /** A definition and twenty questions to it. */
    private record Subject(String name, Definition definition, Function<SplitMix, Inputs> draw) {
        List<GoldenCase> cases() {
            SplitMix random = new SplitMix(2024);
            return IntStream.range(0, CASES)
                    .mapToObj(i -> Steps.golden(name, definition, Integer.toString(i), draw.apply(random)))
                    .toList();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Subject> subjects() {
        return Stream.of(
                new Subject("lstm", Lstm.LAYER, BiasTest::lstm),
                new Subject("momentum", Momentum.DEFINITION, BiasTest::momentum),
                new Subject("layer norm", LayerNorm::define, BiasTest::layerNorm));
    }

    private static Array draw(SplitMix random, int... shape) {
        double[] elements = new double[IntStream.of(shape).reduce(1, Math::multiplyExact)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (random.below(65) - 32) / 16.0;
        }
        return Array.of(shape, elements);
    }

    private static Inputs lstm(SplitMix random) {
        return Inputs.empty()
                .with("x", draw(random, 5, 3, 4))
                .with("h0", draw(random, 3, 2))
                .with("c0", draw(random, 3, 2))
                .with("U", draw(random, 4, 4, 2))
                .with("W", draw(random, 2, 4, 2))
                .with("b", draw(random, 4, 2))
                .withConvention("gate_order", "ifgo");
    }

    private static Inputs momentum(SplitMix random) {
        return Inputs.empty()
                .with("theta0", draw(random, 8))
                .with("g", draw(random, 20, 8))
                .with("alpha", 0.875)
                .with("epsilon", 0.09375)
                .withConvention("rate", "inside");
    }

    private static Inputs layerNorm(SplitMix random) {
        return Inputs.empty()
                .with("x", draw(random, 3, 4, 7))
                .with("gamma", draw(random, 7))
                .with("beta", draw(random, 7))
                .with("eps", 0x1p-10);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void honest_roundings_are_never_accused(Subject subject) {
        List<GoldenCase> cases = subject.cases();
        for (Format format : List.of(Format.BINARY32, Format.BFLOAT16)) {
            for (Emulated.Order order : Emulated.Order.values()) {
                List<List<Bias>> evidence = new ArrayList<>();
                for (GoldenCase golden : cases) {
                    Outputs honest = Steps.rounded(subject.definition(), golden.inputs(), format, order);
                    Comparison comparison = Comparison.of(golden, honest, format);
                    assertTrue(
                            comparison.wrong().isEmpty(),
                            () -> comparison.worst().toString());
                    List<Bias> of = Bias.of(subject.definition(), golden.inputs(), comparison);
                    of.forEach(bias -> assertEquals("", bias.warning().orElse("")));
                    evidence.add(of);
                }
                assertEquals(List.of(), Bias.warnings(evidence));
            }
        }
    }

    /** Every element 40u too far from zero, or where its budget allows less, by nine tenths of that. */
    private static Outputs biased(GoldenCase golden, Format format) {
        Map<String, Array> biased = new LinkedHashMap<>();
        golden.expected().arrays().forEach((name, array) -> {
            double[] elements = array.elements();
            for (int i = 0; i < elements.length; i++) {
                double most = 0.9 * golden.budget().allowed(name, i, format);
                double wanted = 40 * format.unitRoundoff() * Math.abs(elements[i]);
                elements[i] += Math.signum(elements[i]) * Math.min(wanted, most);
            }
            biased.put(name, Array.of(array.shape(), elements));
        });
        return new Outputs(biased);
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void a_bias_of_forty_roundings_is_seen_over_all_cases(Subject subject) {
        List<List<Bias>> evidence = new ArrayList<>();
        for (GoldenCase golden : subject.cases()) {
            Comparison comparison = Comparison.of(golden, biased(golden, Format.BINARY32), Format.BINARY32);
            assertTrue(comparison.wrong().isEmpty());
            evidence.add(Bias.of(subject.definition(), golden.inputs(), comparison));
        }
        List<String> warnings = Bias.warnings(evidence);
        assertTrue(
                warnings.stream().anyMatch(warning -> warning.contains("away from zero")),
                () -> "no warning: " + evidence);
    }
}
