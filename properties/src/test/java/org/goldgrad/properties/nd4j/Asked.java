package org.goldgrad.properties.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.goldgrad.analytic.arithmetic.Binary64;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** An operation, asked of a framework and of its definition in doubles. */
public record Asked(Implementation implementation, String id, Definition definition) {
    static final Nd4jImplementation ND4J = new Nd4jImplementation();

    Asked(String id, Definition definition) {
        this(ND4J, id, definition);
    }

    public Operation operation() {
        return Operation.named(id, id)
                .definition(definition)
                .reference(this::defined)
                .declare();
    }

    private Outputs defined(Inputs inputs) {
        return definition.of(inputs.in(Binary64.ARITHMETIC)).nearest();
    }

    public Outputs answer(Inputs inputs) {
        return assertInstanceOf(Reply.Answered.class, implementation.answer(operation(), inputs))
                .outputs();
    }

    public String declined(Inputs inputs) {
        return assertInstanceOf(Reply.Declined.class, implementation.answer(operation(), inputs))
                .reason();
    }

    /** Checks names, shapes and values. */
    public void agrees(Inputs inputs) {
        Outputs actual = answer(inputs);
        assertEquals(defined(inputs).arrays().keySet(), actual.arrays().keySet());
        agreesOn(actual, inputs);
    }

    /** Checks some of the outputs; the definition's doubles may be off by a budget too, so two are allowed. */
    public void agreesOn(Outputs actual, Inputs inputs) {
        Outputs expected = defined(inputs);
        ErrorBudget budget = ErrorBudget.of(definition, inputs);
        actual.arrays().keySet().forEach(name -> {
            Array array = expected.array(name);
            assertArrayEquals(array.shape(), actual.array(name).shape(), name);
            for (int i = 0; i < array.size(); i++) {
                double off = Math.abs(actual.array(name).at(i) - array.at(i));
                double allowed = 2 * budget.allowed(name, i, Format.BINARY64);
                String where = id + " " + name + array.index(i) + ": "
                        + actual.array(name).at(i) + " instead of " + array.at(i) + ", off by " + off + ", allowed "
                        + allowed + "; " + inputs;
                assertTrue(off <= allowed, where);
            }
        });
    }

    /** Multiples of 1/16 from −2 to 2. */
    public static Array tidy(Random random, int... shape) {
        return some(random, x -> 4 * x - 2, shape);
    }

    /** Multiples of 1/16 in (0, 1). */
    public static Array fractions(Random random, int... shape) {
        return some(random, x -> 1.0 / 16 + x * 14 / 16, shape);
    }

    private static Array some(Random random, DoubleUnaryOperator spread, int... shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        double[] elements = new double[size];
        for (int i = 0; i < size; i++) {
            elements[i] = Math.rint(16 * spread.applyAsDouble(random.nextDouble())) / 16;
        }
        return Array.of(shape, elements);
    }
}
