package org.goldgrad.properties.initialization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.initialization.PreactivationMoments;
import org.goldgrad.properties.draw.Draw;

/**
 * a = c + Σ w_i h_i over finite distributions, in fractions: its moments by going through everything that may happen.
 *
 * @param w equally likely outcomes of each weight
 * @param h equally likely rows of activations
 */
record FiniteWeights(Rational c, List<Rational> w, List<List<Rational>> h) {
    /** A fraction from −2 to 2 in quarters; 0 is the simplest. */
    static Rational number(Draw draw) {
        int choice = draw.choice(17);
        return Rational.of(choice % 2 == 0 ? choice / 2 : -(choice + 1) / 2, 4);
    }

    static List<Rational> numbers(Draw draw, int n) {
        List<Rational> numbers = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            numbers.add(number(draw));
        }
        return numbers;
    }

    /** Rows of d independent activations, each equally likely one of the values: values^d of them. */
    static List<List<Rational>> independent(List<Rational> values, int d) {
        List<List<Rational>> rows = List.of(List.of());
        for (int i = 0; i < d; i++) {
            List<List<Rational>> longer = new ArrayList<>();
            for (List<Rational> row : rows) {
                for (Rational value : values) {
                    List<Rational> extended = new ArrayList<>(row);
                    extended.add(value);
                    longer.add(extended);
                }
            }
            rows = longer;
        }
        return rows;
    }

    /**
     * Rows of d activations that are uncorrelated and depend on each other: one of them is m ± x and all others are m.
     */
    static List<List<Rational>> oneAtATime(Rational m, Rational x, int d) {
        List<List<Rational>> rows = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            for (Rational change : List.of(x, x.negate())) {
                List<Rational> row = new ArrayList<>();
                for (int j = 0; j < d; j++) {
                    row.add(j == i ? m.plus(change) : m);
                }
                rows.add(row);
            }
        }
        return rows;
    }

    static Rational mean(List<Rational> x) {
        return PreactivationMoments.mean(Tensor.vector(x));
    }

    static Rational variance(List<Rational> x) {
        return PreactivationMoments.variance(Tensor.vector(x));
    }

    /** Every value that a takes, equally likely. */
    List<Rational> outcomes() {
        List<Rational> outcomes = new ArrayList<>();
        for (List<Rational> weights : independent(w, h.get(0).size())) {
            for (List<Rational> row : h) {
                Rational a = c;
                for (int i = 0; i < row.size(); i++) {
                    a = a.plus(weights.get(i).times(row.get(i)));
                }
                outcomes.add(a);
            }
        }
        return outcomes;
    }

    /** d(σ²Var(h) + σ²E[h]² + μ²Var(h)), by the moments of the weights and of the activations' first column. */
    Rational formula() {
        List<Rational> column = h.stream().map(row -> row.get(0)).toList();
        return PreactivationMoments.ofUncorrelated(
                h.get(0).size(), List.of(mean(w), variance(w), mean(column), variance(column)));
    }

    @Override
    public String toString() {
        return "c=" + c + ", w=" + w + ", h=" + h;
    }
}
