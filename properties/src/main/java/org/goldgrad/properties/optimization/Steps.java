package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.oracle.Smooth;

/** Optimisers that are given more than gradients, step by step. */
final class Steps {
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

    /** Whether every step exists, on no kink, and doubles find it: no direction of 0, no division by 0, no singular metric. */
    static boolean exist(Definition definition, Inputs in) {
        try {
            return Smooth.at(definition, in);
        } catch (ArithmeticException singular) {
            return false;
        }
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
