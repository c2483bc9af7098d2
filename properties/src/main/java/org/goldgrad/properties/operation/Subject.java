package org.goldgrad.properties.operation;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;

/** The implementation that a law is about: asked for answers, and allowed the error that its format explains. */
public record Subject(Implementation implementation) {

    /** The answer of an implementation with the error it is allowed. */
    public Measured ask(Operation operation, Inputs inputs) {
        operation.require(inputs);
        Reply reply = implementation.answer(operation, inputs);
        if (reply instanceof Reply.Declined declined) {
            throw new Unanswered(declined.reason());
        }
        Outputs outputs = ((Reply.Answered) reply).outputs();
        return new Measured(outputs, ErrorBudget.of(operation.definition(), inputs), this);
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

    /** The implementation does not do what the law is about. */
    public static final class Unanswered extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unanswered(String reason) {
            super(reason);
        }
    }
}
