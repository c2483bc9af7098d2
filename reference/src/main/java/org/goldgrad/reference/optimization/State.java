package org.goldgrad.reference.optimization;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * What an optimizer knows after t steps: the parameters, and what it remembers, by the letters of its formula.
 *
 * <pre>
 *   rule.at(theta)                                          before the first step
 *   rule.at(theta).with("m", m).with("v", v).after(t)       from a checkpoint
 * </pre>
 *
 * Nothing changes a state: matrices are copied on their way in and out. Some letters follow from the others but would
 * lose their digits if computed from them, such as a variance that is a difference of moments. They are derived: a rule
 * hands them from step to step, and whoever puts in another letter makes the state forget them.
 */
public final class State {
    private final int t;
    private final Map<String, SimpleMatrix> letters;
    private final Map<String, SimpleMatrix> derived;

    private State(int t, Map<String, SimpleMatrix> letters, Map<String, SimpleMatrix> derived) {
        this.t = t;
        this.letters = letters;
        this.derived = derived;
    }

    /** Before the first step: theta, and zeros of its shape for every other letter. */
    static State at(SimpleMatrix theta, String... zeros) {
        Map<String, SimpleMatrix> letters = new LinkedHashMap<>();
        letters.put("theta", theta.copy());
        for (String letter : zeros) {
            letters.put(letter, theta.createLike());
        }
        return new State(0, letters, Map.of());
    }

    /** How many steps led here. */
    public int t() {
        return t;
    }

    /** The parameters. */
    public SimpleMatrix theta() {
        return get("theta");
    }

    /**
     * The matrix of a letter; a number is 1×1.
     *
     * @throws IllegalArgumentException if the rule remembers nothing by that letter
     */
    public SimpleMatrix get(String letter) {
        return held(letter).copy();
    }

    /** This state with other values for a letter that it has, in the shape it has. */
    public State with(String letter, SimpleMatrix values) {
        Shape.of(held(letter)).require(letter, "the shape it has", values);
        return new State(t, put(letters, letter, values), Map.of());
    }

    /** This state as if t steps had led to it. */
    public State after(int t) {
        if (t < 0) {
            throw new IllegalArgumentException("t must be at least 0, is " + t);
        }
        return new State(t, letters, derived);
    }

    /** This state with one more letter, a number. */
    State and(String letter, double number) {
        return new State(t, put(letters, letter, number(number)), derived);
    }

    /** This state with a derived letter. */
    State derive(String letter, SimpleMatrix values) {
        return new State(t, letters, put(derived, letter, values));
    }

    /** A derived letter, unless another letter was put in since. */
    Optional<SimpleMatrix> derived(String letter) {
        return Optional.ofNullable(derived.get(letter)).map(SimpleMatrix::copy);
    }

    /** Refuses a gradient that does not have the shape of theta. */
    void require(String name, SimpleMatrix gradient) {
        Shape.of(held("theta")).require(name, "the shape of theta", gradient);
    }

    static SimpleMatrix number(double number) {
        return new SimpleMatrix(new double[] {number});
    }

    private SimpleMatrix held(String letter) {
        SimpleMatrix held = letters.get(letter);
        if (held == null) {
            throw new IllegalArgumentException("there is no " + letter + " among " + letters.keySet());
        }
        return held;
    }

    private static Map<String, SimpleMatrix> put(Map<String, SimpleMatrix> before, String letter, SimpleMatrix values) {
        Map<String, SimpleMatrix> after = new LinkedHashMap<>(before);
        after.put(letter, values.copy());
        return after;
    }
}
