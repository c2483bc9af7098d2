package org.goldgrad.properties.initialization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.initialization.WeightScale;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What people get wrong when they scale initial weights, around any definition whose outputs grow with σ. */
final class WeightMistakes {
    private static final String GLOROT = "glorot";
    private static final String VARIANCE = "variance";

    private WeightMistakes() {}

    /** Wrong fans and wrong factors. */
    static List<Mistake> of(Definition right) {
        return Stream.concat(fans(right).stream(), factors(right).stream()).toList();
    }

    /** Other integers in place of the right ones. */
    static List<Mistake> fans(Definition right) {
        return List.of(
                mistake(
                                "fan-out-for-fan-in",
                                "divides by the number of outputs",
                                "fan_out in place of fan_in",
                                Twist.integers(right, Map.of("outputs", "inputs", "inputs", "outputs")))
                        .except(VARIANCE, GLOROT),
                mistake(
                        "kernel-left-out",
                        "counts channels only and leaves the kernel out",
                        "fan_in = inputs, fan_out = outputs in place of inputs·height·width, outputs·height·width",
                        Twist.integers(right, Map.of("height", "1", "width", "1"))),
                mistake(
                                "kernel-left-out-of-fan-out",
                                "leaves the kernel out of fan_out",
                                "fan_out = outputs in place of outputs·height·width",
                                new FanOut(right))
                        .seenIn(
                                "https://github.com/keras-team/keras/pull/2252",
                                "https://github.com/chainer/chainer/pull/1774")
                        .under(VARIANCE, GLOROT),
                mistake(
                                "fans-of-the-last-axes",
                                "takes the sizes of the last two axes for the fans, as of a matrix",
                                "fan_in = height, fan_out = width",
                                Twist.integers(
                                        right,
                                        Map.of("inputs", "height", "outputs", "width", "height", "1", "width", "1")))
                        .seenIn("https://github.com/nntrainer/nntrainer/issues/1352"),
                mistake(
                                "fans-of-another-layout",
                                "reads inputs×height×width×outputs as outputs×inputs×height×width",
                                "fan_in = height·width·outputs, fan_out = inputs·width·outputs",
                                Twist.integers(
                                        right,
                                        Map.of(
                                                "outputs", "inputs", "inputs", "height", "height", "width", "width",
                                                "outputs")))
                        .seenIn("https://github.com/Lasagne/Lasagne/issues/49")
                        .under(VARIANCE, GLOROT),
                mistake(
                        "kernel-taken-for-square",
                        "squares the kernel's height",
                        "height² in place of height·width",
                        Twist.integers(right, Map.of("width", "height"))));
    }

    private static List<Mistake> factors(Definition right) {
        return List.of(
                mistake(
                        "variance-for-deviation",
                        "scales by the variance",
                        "σ² in place of σ",
                        new Scaled(right, new Sigma())),
                mistake("gain-applied-twice", "doubles the variance twice", "σ² = 4/fan_in", root(right, 2))
                        .under(VARIANCE, "he"),
                mistake(
                                "fans-added-up",
                                "divides by the sum of the fans, not by their mean",
                                "σ² = 1/(fan_in + fan_out)",
                                root(right, 0.5))
                        .under(VARIANCE, GLOROT),
                mistake(
                                "three-for-two",
                                "takes the 3 of the uniform distribution for the 2 of the fans' mean",
                                "σ² = 3/(fan_in + fan_out)",
                                root(right, 1.5))
                        .seenIn("https://github.com/tflearn/tflearn/issues/870")
                        .under(VARIANCE, GLOROT));
    }

    /** The definition with all its outputs multiplied by √c. */
    static Definition root(Definition right, double c) {
        return new Scaled(right, new Factor() {
            @Override
            public <R extends Real<R>> R of(Question<R> q) {
                return q.arithmetic().of(c).sqrt();
            }
        });
    }

    /** A number that depends on the question. */
    @FunctionalInterface
    interface Factor {
        <R extends Real<R>> R of(Question<R> q);
    }

    /** The definition with every output but the fans multiplied. */
    record Scaled(Definition right, Factor factor) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Answer<R> answer = right.of(q);
            R c = factor.of(q);
            for (Map.Entry<String, Tensor<R>> output : right.of(q).outputs().entrySet()) {
                if (!output.getKey().startsWith("fan_")) {
                    answer = answer.and(output.getKey(), output.getValue().times(c));
                }
            }
            return answer;
        }
    }

    private record Sigma() implements Factor {
        @Override
        public <R extends Real<R>> R of(Question<R> q) {
            return WeightScale.normal(q).output("sigma").value();
        }
    }

    /** σ² = 2/(inputs·height·width + outputs), and everything else that grows with σ. */
    private record FanOut(Definition right) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Definition scaled = new Scaled(right, new Factor() {
                @Override
                public <S extends Real<S>> S of(Question<S> asked) {
                    double kernel = (double) asked.integer("height") * asked.integer("width");
                    double in = asked.integer("inputs") * kernel;
                    double out = asked.integer("outputs");
                    return asked.arithmetic()
                            .of(in + out * kernel)
                            .dividedBy(in + out)
                            .sqrt();
                }
            });
            Answer<R> answer = scaled.of(q);
            return answer.outputs().containsKey("fan_out")
                    ? answer.and("fan_out", q.arithmetic().of(q.integer("outputs")))
                    : answer;
        }
    }
}
