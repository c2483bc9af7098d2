package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Ejml;

/** A reference optimiser, stepped along given gradients, its state kept after every step. */
final class Trajectory {
    private Trajectory() {}

    /**
     * The outputs of an optimiser over one vector of parameters.
     *
     * @param start the state before the first step, from the initial parameters
     * @param step the state after a step along a gradient
     * @param outputs what to read from a state, by output
     */
    static <S> Outputs of(
            Inputs in,
            Function<SimpleMatrix, S> start,
            BiFunction<S, SimpleMatrix, S> step,
            Map<String, Function<S, SimpleMatrix>> outputs) {
        Array g = in.array("g");
        int d = g.size(1);
        List<S> states = new ArrayList<>();
        S state = start.apply(Ejml.matrix(in.array("theta0")));
        for (int t = 0; t < g.size(0); t++) {
            state = step.apply(state, Ejml.matrix(g.take(0, t), d, 1));
            states.add(state);
        }
        Map<String, Array> arrays = new LinkedHashMap<>();
        outputs.forEach((name, read) ->
                arrays.put(name, Ejml.array(states.stream().map(read).toList(), g.shape())));
        return new Outputs(arrays);
    }
}
