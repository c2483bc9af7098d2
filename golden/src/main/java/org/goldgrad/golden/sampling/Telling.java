package org.goldgrad.golden.sampling;

import java.util.Arrays;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Candidate.Evaluation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Signature;

/** How what an answer might be is told apart: numbers by their errors, laws by samples. */
public sealed interface Telling {
    /** How it is done for answers to a question of an operation. */
    static Telling of(Operation operation, Inputs question) {
        if (!operation.sampled()) {
            return new ByNumbers();
        }
        Argument output = operation.signature().outputs().get(0);
        int[] shape = Signature.shape(output, operation.signature().sizesOf(question));
        return new BySamples(output.name(), Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact));
    }

    /** Whether an answer of the second is told from one of the first. */
    boolean differs(Evaluation one, Evaluation other, Format format);

    /** Whether an answer is what this would give. */
    boolean explains(Evaluation one, Outputs answer, Format format);

    /** Whether the two have the same names and shapes, where that matters. */
    boolean comparable(Outputs one, Outputs other);

    /** Some element differs by more than both may be off. */
    record ByNumbers() implements Telling {
        @Override
        public boolean differs(Evaluation one, Evaluation other, Format format) {
            return one.differs(other, format);
        }

        @Override
        public boolean explains(Evaluation one, Outputs answer, Format format) {
            return one.explains(answer, format);
        }

        @Override
        public boolean comparable(Outputs one, Outputs other) {
            return one.arrays().keySet().equals(other.arrays().keySet())
                    && one.arrays().keySet().stream()
                            .allMatch(name -> Arrays.equals(
                                    one.array(name).shape(), other.array(name).shape()));
        }
    }

    /**
     * A sample tells with probability 0.999.
     *
     * @param entries how many numbers an answer has
     */
    record BySamples(String output, long entries) implements Telling {
        @Override
        public boolean differs(Evaluation one, Evaluation other, Format format) {
            Law a = Law.of(one.outputs());
            Law b = Law.of(other.outputs());
            return Power.of(a, b, entries) >= Levels.POWER || Power.of(b, a, entries) >= Levels.POWER;
        }

        @Override
        public boolean explains(Evaluation one, Outputs answer, Format format) {
            Array answers = answer.array(output);
            return Fit.of(Law.of(one.outputs()), format, answers);
        }

        @Override
        public boolean comparable(Outputs one, Outputs other) {
            return true;
        }
    }
}
