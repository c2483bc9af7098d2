package org.goldgrad.analytic.formula;

import java.util.HashMap;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;

/**
 * What the names in formulas stand for, at some step; later formulas may give names new values.
 *
 * @param <R> the number type
 */
public final class Values<R extends Real<R>> {
    /** The name of the step's number, which counts from 1. */
    public static final String STEP = "t";

    private final Arithmetic<R> arithmetic;
    private final Map<String, R> numbers = new HashMap<>();
    private int step = 1;

    public Values(Arithmetic<R> arithmetic) {
        this.arithmetic = arithmetic;
    }

    Arithmetic<R> arithmetic() {
        return arithmetic;
    }

    public void set(String name, R value) {
        numbers.put(name, value);
    }

    /** Sets the number of the step. */
    public void step(int t) {
        step = t;
    }

    public int step() {
        return step;
    }

    /** @throws IllegalArgumentException if nothing has this name */
    public R get(String name) {
        if (name.equals(STEP)) {
            return arithmetic.of(step);
        }
        R value = numbers.get(name);
        if (value == null) {
            throw new IllegalArgumentException("nothing is called " + name + " among " + numbers.keySet());
        }
        return value;
    }
}
