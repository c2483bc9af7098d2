package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.reference.optimization.Optimizer;
import org.goldgrad.reference.optimization.State;

/** A reference optimiser, stepped along given gradients, its state kept after every step. */
final class Trajectory {
    private Trajectory() {}

    /**
     * The outputs of an optimiser over one vector of parameters.
     *
     * @param letters what to read from a state, each as the output of its name
     */
    static Outputs of(Inputs in, Optimizer rule, String... letters) {
        Array g = in.array("g");
        return outputs(states(rule, in.array("theta0"), g), g, letters);
    }

    /** The states after each step along g (steps,parameters) from theta0 (parameters). */
    static List<State> states(Optimizer rule, Array theta0, Array g) {
        List<State> states = new ArrayList<>();
        State state = rule.at(Ejml.row(theta0));
        for (int t = 0; t < g.size(0); t++) {
            state = rule.step(state, Ejml.row(g.take(0, t)));
            states.add(state);
        }
        return states;
    }

    /** Letters of states, one state after another, in the shape of g. */
    static Outputs outputs(List<State> states, Array g, String... letters) {
        Map<String, Array> arrays = new LinkedHashMap<>();
        for (String letter : letters) {
            arrays.put(
                    letter,
                    Ejml.array(states.stream().map(state -> state.get(letter)).toList(), g.shape()));
        }
        return new Outputs(arrays);
    }
}
