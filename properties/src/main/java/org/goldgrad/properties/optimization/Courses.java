package org.goldgrad.properties.optimization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.reference.optimization.Nesterov;
import org.goldgrad.reference.optimization.Optimizer;
import org.goldgrad.reference.optimization.State;

/** Reference optimizers, one for every group, stepped along given gradients, their states kept after every step. */
final class Courses {
    private Courses() {}

    /** The settings of one group, by name. */
    @FunctionalInterface
    interface Settings {
        double setting(String name);
    }

    /** One group's state after its step t along a gradient; t counts from 0. */
    @FunctionalInterface
    private interface Step {
        State of(State before, int t, SimpleMatrix g);
    }

    /** One group's way through the steps. */
    private record Course(State start, Step step) {}

    /**
     * The outputs of an optimizer along given gradients.
     *
     * @param letters what to read from its states, besides theta, each as the output of its name
     */
    static Outputs of(Inputs in, Function<Settings, Optimizer> rule, String... letters) {
        return courses(
                in,
                group -> {
                    Optimizer optimizer = rule.apply(settings(in, group));
                    return new Course(
                            optimizer.at(row(in, "theta0", group)), (state, t, g) -> optimizer.step(state, g));
                },
                letters);
    }

    /** The same from a checkpoint, where steps without a gradient are left out or, if counted for all, only counted. */
    static Outputs resumed(Inputs in, Function<Settings, Optimizer> rule, String... letters) {
        boolean own = in.convention("counter").equals("own");
        int t0 = (int) in.scalar("t0");
        return courses(
                in,
                group -> {
                    Optimizer optimizer = rule.apply(settings(in, group));
                    State start = optimizer.at(row(in, "theta0", group)).after(t0);
                    for (String letter : letters) {
                        start = start.with(letter, row(in, letter + "0", group));
                    }
                    Step step = (state, t, g) -> {
                        State counted = own ? state : state.after(t0 + t);
                        boolean present = in.array("present").at(t * groups(in) + group) > 0;
                        return present ? optimizer.step(counted, g) : counted;
                    };
                    return new Course(start, step);
                },
                letters);
    }

    /** Nesterov's momentum on objectives with the gradient curvature ⊙ p + g_t at p. */
    static Outputs nesterov(Inputs in, Function<Settings, Nesterov> rule) {
        return courses(
                in,
                group -> {
                    Nesterov optimizer = rule.apply(settings(in, group));
                    SimpleMatrix curvature = row(in, "curvature", group);
                    Step step = (state, t, g) -> {
                        UnaryOperator<SimpleMatrix> gradient =
                                p -> curvature.elementMult(p).plus(g);
                        return optimizer.step(state, gradient);
                    };
                    return new Course(optimizer.at(row(in, "theta0", group)), step);
                },
                "v");
    }

    private static Outputs courses(Inputs in, java.util.function.IntFunction<Course> courses, String... letters) {
        Array g = in.array("g");
        int groups = groups(in);
        int parameters = in.array("theta0").size() / groups;
        List<Course> all = new ArrayList<>();
        List<State> states = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            all.add(courses.apply(group));
            states.add(all.get(group).start);
        }
        List<State> told = new ArrayList<>();
        for (int t = 0; t < g.size(0); t++) {
            for (int group = 0; group < groups; group++) {
                SimpleMatrix gradient = slice(g, (t * groups + group) * parameters, parameters);
                states.set(group, all.get(group).step.of(states.get(group), t, gradient));
            }
            told.addAll(states);
        }
        Map<String, Array> outputs = new LinkedHashMap<>();
        for (String letter : letters) {
            outputs.put(letter, read(told, letter, g));
        }
        outputs.put("theta", read(told, "theta", g));
        return new Outputs(outputs);
    }

    private static Array read(List<State> states, String letter, Array g) {
        return Ejml.array(states.stream().map(state -> state.get(letter)).toList(), g.shape());
    }

    private static int groups(Inputs in) {
        Array theta0 = in.array("theta0");
        return theta0.rank() == 1 ? 1 : theta0.size(0);
    }

    private static Settings settings(Inputs in, int group) {
        return name -> {
            Array setting = in.array(name);
            return setting.rank() == 0 ? setting.value() : setting.at(group);
        };
    }

    /** What belongs to a group of something that has a number for every parameter, as a row. */
    private static SimpleMatrix row(Inputs in, String name, int group) {
        Array array = in.array(name);
        int parameters = array.size() / groups(in);
        return slice(array, group * parameters, parameters);
    }

    private static SimpleMatrix slice(Array array, int from, int size) {
        double[] elements = new double[size];
        System.arraycopy(array.elements(), from, elements, 0, size);
        return new SimpleMatrix(1, size, true, elements);
    }
}
