package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Ball;
import org.goldgrad.analytic.arithmetic.Balls;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.ErrorBudget;
import org.goldgrad.analytic.oracle.Smooth;

/** Optimisers that are given more than gradients, step by step. */
final class Steps {
    private static final int BITS = 192;

    private Steps() {}

    /** The state after every step, which is told its number, the first being 0. */
    static <S> List<S> from(S start, int steps, BiFunction<S, Integer, S> step) {
        List<S> states = new ArrayList<>();
        S state = start;
        for (int t = 0; t < steps; t++) {
            state = step.apply(state, t);
            states.add(state);
        }
        return states;
    }

    /** Whether every step exists, on no kink, and doubles find it: no direction of 0, no division by 0. */
    static boolean exist(Definition definition, Inputs in) {
        return Smooth.at(definition, in);
    }

    /**
     * Whether every linear system is regular, which balls prove, and conditioned so well that doubles err by at most 2⁻¹⁰ of
     * the largest number met on the way.
     */
    static boolean solve(Definition definition, Inputs in) {
        try {
            ErrorBudget budget = ErrorBudget.of(definition, in);
            return budget.rounding().keySet().stream().allMatch(output -> isSure(budget, output))
                    && definition.of(in.in(new Balls(BITS))).outputs().values().stream()
                            .allMatch(tensor -> Arrays.stream(tensor.elements()).noneMatch(Ball::isUnbounded));
        } catch (ArithmeticException singular) {
            return false;
        }
    }

    private static boolean isSure(ErrorBudget budget, String output) {
        int size = budget.rounding().getOrDefault(output, new double[0]).length;
        return IntStream.range(0, size)
                .allMatch(i -> budget.allowed(output, i, Format.BINARY64) <= 0x1p-10 * budget.peak());
    }

    /** The question about the first step alone, where these are given step by step. */
    static Inputs first(Inputs in, String... data) {
        Inputs first = in;
        for (String name : data) {
            first = first.with(name, first.array(name).take(0, 0));
        }
        return first;
    }
}
