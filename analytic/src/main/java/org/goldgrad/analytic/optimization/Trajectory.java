package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.formula.Line;
import org.goldgrad.analytic.formula.Rule;
import org.goldgrad.analytic.formula.Values;

/**
 * An optimizer along given gradients: its rule, applied to one parameter after another at one step after another.
 *
 * <pre>
 *   g, and everything that the rule sets   steps×groups×parameters, or steps×parameters where there is one group
 *   theta0                                 groups×parameters, or parameters: the initial theta
 *   other inputs of theta0's rank          one number for every parameter
 *   other inputs                           settings: one for every group, or a scalar
 *   x0                                     what x is before the first step, 0 if it is no input
 *   present, where it is an input          steps×groups: 0 where a group has no gradient, and nothing of it changes
 * </pre>
 *
 * The rule reads {@code g}, the gradient of the step, and {@code t}, the number of the step, which counts from 1.
 *
 * <p>What an implementation may do wrong besides its formulas can be changed by overriding: whose settings and whose memory
 * a group has, and how steps are counted.
 */
public class Trajectory implements Definition {
    /** Behind the name of something that the rule sets: what it was when the step began. */
    public static final String OLD = "_old";

    private static final String THETA = "theta";
    private static final String PRESENT = "present";

    private final Rule rule;
    private final List<String> outputs;
    private final List<String> intermediates;

    /**
     * The definition of an optimizer.
     *
     * @param outputs what to tell after every step, besides theta, which comes last
     * @param intermediates what else to tell, where the conventions have it
     */
    public Trajectory(Rule rule, List<String> outputs, List<String> intermediates) {
        this.rule = rule;
        this.outputs = List.copyOf(outputs);
        this.intermediates = List.copyOf(intermediates);
    }

    /** The same with another rule. */
    protected Trajectory(Trajectory other, Rule rule) {
        this(rule, other.outputs, other.intermediates);
    }

    public final Rule rule() {
        return rule;
    }

    /** Whether this is an output. */
    public final boolean tells(String name) {
        return name.equals(THETA) || outputs.contains(name);
    }

    /** Whether this is an intermediate. */
    public final boolean passes(String name) {
        return intermediates.contains(name);
    }

    /** The same optimizer by another rule. */
    public final Trajectory by(Rule other) {
        return new Trajectory(other, outputs, intermediates);
    }

    /** The group whose settings a group has. */
    protected int settings(int group) {
        return group;
    }

    /** Where the memory of element i of theta is. */
    protected int memory(int i, int parameters) {
        return i;
    }

    /** The number of the step, by which the rule counts. */
    protected int count(int t, int group, int groups) {
        return t;
    }

    /** Whether the memory is emptied before every step. */
    protected boolean forgets() {
        return false;
    }

    /** Whether a group is stepped at all. */
    protected boolean steps(int group) {
        return true;
    }

    @Override
    public final <R extends Real<R>> Answer<R> of(Question<R> q) {
        Course<R> course = new Course<>(q);
        int steps = q.tensor("g").size(0);
        for (int t = 0; t < steps; t++) {
            course.step(t);
        }
        return course.answer();
    }

    /** On its way. */
    private final class Course<R extends Real<R>> {
        private final Question<R> q;
        private final Rule chosen;
        private final Tensor<R> g;
        private final Tensor<R> theta0;
        private final int parameters;
        private final int groups;
        private final List<Values<R>> memories = new ArrayList<>();
        private final R[] theta;
        private final int[] seen;
        private final List<String> remembered; // what some line reads as it was when the step began
        private final Map<String, R[]> told = new LinkedHashMap<>();

        private Course(Question<R> q) {
            this.q = q;
            chosen = rule.under(q.conventions());
            g = q.tensor("g");
            theta0 = q.tensor("theta0");
            parameters = theta0.size(theta0.rank() - 1);
            groups = theta0.size() / parameters;
            theta = theta0.elements();
            seen = new int[groups];
            remembered = chosen.lines().stream()
                    .map(Line::name)
                    .filter(name -> chosen.reads(name + OLD))
                    .distinct()
                    .toList();
            for (int i = 0; i < theta.length; i++) {
                memories.add(new Values<>(q.arithmetic()));
                empty(i);
            }
            outputs.forEach(name -> told.put(name, q.arithmetic().array(g.size())));
            told.put(THETA, q.arithmetic().array(g.size()));
            intermediates.stream()
                    .filter(chosen::sets)
                    .forEach(name -> told.put(name, q.arithmetic().array(g.size())));
        }

        private void empty(int i) {
            chosen.lines().forEach(line -> memories.get(i).set(line.name(), initial(line.name(), i)));
        }

        private R initial(String name, int i) {
            Tensor<R> given = q.tensors().get(name + "0");
            return given == null ? q.arithmetic().zero() : ofElement(given, i);
        }

        private R ofElement(Tensor<R> tensor, int i) {
            int group = i / parameters;
            return tensor.rank() == 0
                    ? tensor.value()
                    : tensor.rank() == theta0.rank() ? tensor.at(i) : tensor.at(settings(group));
        }

        private void step(int t) {
            for (int group = 0; group < groups; group++) {
                boolean present = isPresent(t, group);
                seen[group] += present ? 1 : 0;
                for (int i = group * parameters; i < (group + 1) * parameters; i++) {
                    if (present && steps(group)) {
                        step(t, i);
                    }
                    tell(t * theta.length + i, i);
                }
            }
        }

        private boolean isPresent(int t, int group) {
            Tensor<R> present = q.tensors().get(PRESENT);
            return present == null || present.get(t, group).doubleValue() > 0;
        }

        private void step(int t, int i) {
            int group = i / parameters;
            if (forgets()) {
                empty(i);
            }
            Values<R> values = memories.get(memory(i, parameters));
            q.tensors().forEach((name, tensor) -> {
                if (tensor.rank() <= theta0.rank() && !name.equals(PRESENT)) {
                    values.set(name, ofElement(tensor, i));
                }
            });
            values.set("g", g.at(t * theta.length + i));
            values.set(THETA, theta[i]);
            remembered.forEach(name -> values.set(name + OLD, values.get(name)));
            values.step(before() + count(own() ? seen[group] : t + 1, group, groups));
            chosen.apply(values);
            theta[i] = values.get(THETA);
        }

        /** How many steps a checkpoint has counted. */
        private int before() {
            Tensor<R> t0 = q.tensors().get("t0");
            return t0 == null ? 0 : (int) t0.value().doubleValue();
        }

        private boolean own() {
            return q.conventions().getOrDefault("counter", "global").equals("own");
        }

        private void tell(int at, int i) {
            Values<R> values = memories.get(memory(i, parameters));
            told.forEach((name, numbers) -> numbers[at] = name.equals(THETA) ? theta[i] : values.get(name));
        }

        private Answer<R> answer() {
            Map<String, Tensor<R>> tensors = new LinkedHashMap<>();
            told.forEach((name, numbers) -> tensors.put(name, Tensor.of(q.arithmetic(), g.shape(), i -> numbers[i])));
            Map<String, Tensor<R>> through = new LinkedHashMap<>(tensors);
            through.keySet().retainAll(intermediates);
            tensors.keySet().removeAll(intermediates);
            return new Answer<>(tensors, through);
        }
    }
}
