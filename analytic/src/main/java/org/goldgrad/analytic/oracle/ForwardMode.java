package org.goldgrad.analytic.oracle;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.math3.analysis.differentiation.DerivativeStructure;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;

/**
 * Derivatives by commons-math3's forward mode: a second opinion that shares nothing with our tape.
 *
 * <p>Its tanh′ is computed as 1 − t² from a rounded t, so it is no oracle where tanh saturates.
 */
public final class ForwardMode {
    private ForwardMode() {}

    /** ∂L/∂x for every element x of the named input. */
    public static double[] of(Definition function, Inputs inputs, String input) {
        int n = inputs.array(input).size();
        Duals duals = new Duals(n);
        Map<String, Tensor<Dual>> tensors = new LinkedHashMap<>(inputs.in(duals).tensors());
        Tensor<Dual> x = Tensor.of(
                duals,
                inputs.array(input).shape(),
                i -> duals.number(
                        new DerivativeStructure(n, 1, i, inputs.array(input).at(i))));
        tensors.put(input, x);
        Dual loss = new Loss(function).of(new Question<>(duals, tensors, inputs.integers(), inputs.conventions()));
        double[] derivatives = loss.value.getAllDerivatives();
        return java.util.Arrays.copyOfRange(derivatives, 1, n + 1);
    }

    /** Numbers that carry their derivatives with respect to n inputs. */
    private record Duals(int n) implements Arithmetic<Dual> {
        Dual number(DerivativeStructure value) {
            return new Dual(this, value);
        }

        @Override
        public Dual of(double value) {
            return number(new DerivativeStructure(n, 1, value));
        }

        @Override
        public Dual[] array(int n) {
            return new Dual[n];
        }

        @Override
        public Dual sum(Dual[] x) {
            Dual s = of(0);
            for (Dual xi : x) {
                s = s.plus(xi);
            }
            return s;
        }

        @Override
        public Dual dot(Dual[] x, Dual[] y) {
            Dual s = of(0);
            for (int i = 0; i < x.length; i++) {
                s = s.plus(x[i].times(y[i]));
            }
            return s;
        }

        @Override
        public int precision() {
            return 53;
        }
    }

    private record Dual(Duals duals, DerivativeStructure value) implements Real<Dual> {
        private Dual number(DerivativeStructure result) {
            return duals.number(result);
        }

        @Override
        public Arithmetic<Dual> arithmetic() {
            return duals;
        }

        @Override
        public Dual plus(Dual that) {
            return number(value.add(that.value));
        }

        @Override
        public Dual minus(Dual that) {
            return number(value.subtract(that.value));
        }

        @Override
        public Dual times(Dual that) {
            return number(value.multiply(that.value));
        }

        @Override
        public Dual dividedBy(Dual that) {
            return number(value.divide(that.value));
        }

        @Override
        public Dual negate() {
            return number(value.negate());
        }

        @Override
        public Dual sqrt() {
            return number(value.sqrt());
        }

        @Override
        public Dual exp() {
            return number(value.exp());
        }

        @Override
        public Dual expm1() {
            return number(value.expm1());
        }

        @Override
        public Dual log() {
            return number(value.log());
        }

        @Override
        public Dual log1p() {
            return number(value.log1p());
        }

        @Override
        public Dual tanh() {
            return number(value.tanh());
        }

        @Override
        public Dual sigmoid() {
            DerivativeStructure e =
                    value.multiply(value.getValue() < 0 ? 1 : -1).exp();
            return number((value.getValue() < 0 ? e : e.pow(0)).divide(e.add(1)));
        }

        @Override
        public Dual relu() {
            return value.getValue() > 0 ? this : duals.of(0);
        }

        @Override
        public Dual abs() {
            return number(value.multiply(Math.signum(value.getValue())));
        }

        @Override
        public Dual max(Dual that) {
            return value.getValue() >= that.value.getValue() ? this : that;
        }

        @Override
        public Dual pow(int n) {
            return number(value.pow(n));
        }

        @Override
        public double doubleValue() {
            return value.getValue();
        }
    }
}
