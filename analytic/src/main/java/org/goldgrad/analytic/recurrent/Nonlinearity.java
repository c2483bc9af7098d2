package org.goldgrad.analytic.recurrent;

import java.util.Locale;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.definition.Question;

/**
 * The nonlinearity φ of a recurrence, and how steep it gets.
 *
 * <pre>
 *   φ(a)    tanh a    max(a, 0)    1/(1 + e⁻ᵃ)    a          relu′(0) = 0
 *   γ       1         1            1/4            1          the least γ with |φ′| ≤ γ
 * </pre>
 */
public enum Nonlinearity implements Squash {
    TANH(1) {
        @Override
        public <R extends Real<R>> R of(R a) {
            return a.tanh();
        }
    },
    RELU(1) {
        @Override
        public <R extends Real<R>> R of(R a) {
            return a.relu();
        }
    },
    SIGMOID(0.25) {
        @Override
        public <R extends Real<R>> R of(R a) {
            return a.sigmoid();
        }
    },
    IDENTITY(1) {
        @Override
        public <R extends Real<R>> R of(R a) {
            return a;
        }
    };

    private final double steepest;

    Nonlinearity(double steepest) {
        this.steepest = steepest;
    }

    /** γ. */
    public double steepest() {
        return steepest;
    }

    /** The one that the question names. */
    public static Nonlinearity of(Question<?> q) {
        return valueOf(q.convention("nonlinearity").toUpperCase(Locale.ROOT));
    }
}
