package org.goldgrad.properties.operation;

import java.util.Arrays;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;

/**
 * The implementation that a law is about: asked for answers, and allowed the error that its format explains.
 *
 * @param second whether that is to second order in binary64, too
 */
public record Subject(Implementation implementation, boolean second) {
    /** To first order in binary64, which is almost always enough; to second in smaller formats. */
    public Subject(Implementation implementation) {
        this(implementation, false);
    }

    /** To second order in every format. */
    public static Subject curved(Implementation implementation) {
        return new Subject(implementation, true);
    }

    /**
     * The answer of an implementation with the error it is allowed.
     *
     * @throws Unanswered if the question is not for it: it declines, follows other conventions, or computes in a format
     *     that is too coarse or too narrow
     */
    public Measured ask(Operation operation, Inputs inputs) {
        operation.require(inputs);
        ErrorBudget budget = budget(operation, inputs);
        Reply reply = implementation.answer(operation, inputs);
        if (reply instanceof Reply.Declined declined) {
            throw new Unanswered(declined.reason());
        }
        Outputs outputs = ((Reply.Answered) reply).outputs();
        return new Measured(outputs, budget, this);
    }

    private ErrorBudget budget(Operation operation, Inputs inputs) {
        implementation.conventions(operation).forEach((convention, choice) -> {
            if (!choice.equals(inputs.conventions().get(convention))) {
                throw new Unanswered("it follows " + convention + "=" + choice);
            }
        });
        Format format = implementation.format();
        if (format == Format.BINARY64 && !second) {
            return ErrorBudget.of(operation.definition(), inputs);
        }
        ErrorBudget budget = ErrorBudget.curved(operation.definition(), inputs);
        boolean fits = budget.suits(format)
                && inputs.arrays().values().stream()
                        .allMatch(array -> Arrays.stream(array.elements()).allMatch(format::reaches));
        if (!fits) {
            throw new Unanswered("its format is too coarse or too narrow for the question");
        }
        return budget;
    }

    /** Answers and the error allowed for each. */
    public record Measured(Outputs outputs, ErrorBudget budget, Subject subject) {
        public Array array(String output) {
            return outputs.array(output);
        }

        public double at(String output, int element) {
            return array(output).at(element);
        }

        /** The error allowed for an element. */
        public double allowed(String output, int element) {
            return budget.allowed(output, element, subject.implementation.format());
        }

        /** Checks that every element of an output is the expected one, which was rounded to a double. */
        public Check agrees(Check check, String output, double[] expected) {
            Array array = array(output);
            Check result = check;
            for (int i = 0; i < expected.length; i++) {
                double rounding = Math.ulp(expected[i]) / 2;
                result = result.near(output + array.index(i), array.at(i), expected[i], allowed(output, i) + rounding);
            }
            return result;
        }

        /** Checks that every element of an output agrees with another answer, both with their errors. */
        public Check agrees(Check check, String output, Measured that, String thatOutput) {
            Array array = array(output);
            Check result = check;
            for (int i = 0; i < array.size(); i++) {
                result = result.near(
                        output + array.index(i),
                        array.at(i),
                        that.at(thatOutput, i),
                        allowed(output, i) + that.allowed(thatOutput, i));
            }
            return result;
        }
    }

    /** The implementation does not do what the law is about: the law says nothing. */
    public static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unanswered(String reason) {
            super(reason);
        }
    }
}
