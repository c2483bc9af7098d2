package org.goldgrad.analytic.formula;

import java.util.List;
import java.util.Locale;
import org.goldgrad.analytic.arithmetic.Real;

/** The functions that formulas may use. */
public enum Function {
    SQRT(1) {
        @Override
        <R extends Real<R>> R of(Values<R> values, List<Formula> x) {
            return x.get(0).value(values).sqrt();
        }
    },
    ABS(1) {
        @Override
        <R extends Real<R>> R of(Values<R> values, List<Formula> x) {
            return x.get(0).value(values).abs();
        }
    },
    EXP(1) {
        @Override
        <R extends Real<R>> R of(Values<R> values, List<Formula> x) {
            return x.get(0).value(values).exp();
        }
    },
    LOG(1) {
        @Override
        <R extends Real<R>> R of(Values<R> values, List<Formula> x) {
            return x.get(0).value(values).log();
        }
    },
    MAX(2) {
        @Override
        <R extends Real<R>> R of(Values<R> values, List<Formula> x) {
            return x.get(0).value(values).max(x.get(1).value(values));
        }
    },
    /** The first argument at the first step, the second afterwards; the other one is not computed. */
    FIRST(2) {
        @Override
        <R extends Real<R>> R of(Values<R> values, List<Formula> x) {
            return x.get(values.step() == 1 ? 0 : 1).value(values);
        }
    };

    private final int arguments;

    Function(int arguments) {
        this.arguments = arguments;
    }

    int arguments() {
        return arguments;
    }

    abstract <R extends Real<R>> R of(Values<R> values, List<Formula> x);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
