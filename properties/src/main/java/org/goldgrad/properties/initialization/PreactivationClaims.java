package org.goldgrad.properties.initialization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** Moments of sums of products, exactly: over finite distributions, in fractions, by going through all that may happen. */
final class PreactivationClaims {
    private static final Rational ZERO = Rational.ARITHMETIC.zero();
    private static final Rational ONE = Rational.ARITHMETIC.one();

    /**
     * Dimensions d with weights ±a/n, ±b/n of variance 1/d, as d(a² + b²) = 2n²: 1/d is a square for some only.
     */
    private static final List<List<Integer>> LECUN = List.of(
            List.of(1, 1, 1, 1), List.of(4, 1, 1, 2), List.of(2, 3, 4, 5), List.of(5, 1, 3, 5), List.of(1, 1, 7, 5));

    private PreactivationClaims() {}

    /** On all pairs of outcomes of two finite distributions. */
    static Check product(Subject subject, Draw draw) {
        List<Rational> x = FiniteWeights.numbers(draw, 1 + draw.choice(4));
        List<Rational> y = FiniteWeights.numbers(draw, 1 + draw.choice(4));
        List<Rational> products = new ArrayList<>();
        x.forEach(xi -> y.forEach(yj -> products.add(xi.times(yj))));
        return Check.NOTHING_YET.equal(
                "Var(XY) of X in " + x + " and Y in " + y, FiniteWeights.variance(products), formula(x, y));
    }

    /** Pairs (x, y), equally likely, that are uncorrelated. */
    static Check productOfDependent(Subject subject, Draw draw) {
        Rational x = FiniteWeights.number(draw);
        List<Rational> X = List.of(x, x.negate(), ZERO);
        List<Rational> Y = X.stream().map(Rational::square).toList();
        List<Rational> products = List.of(x.pow(3), x.pow(3).negate(), ZERO);
        return Check.NOTHING_YET.equal(
                "Var(XY) of the equally likely pairs X in " + X + ", Y in " + Y,
                FiniteWeights.variance(products),
                formula(X, Y));
    }

    private static Rational formula(List<Rational> x, List<Rational> y) {
        Rational vx = FiniteWeights.variance(x);
        Rational vy = FiniteWeights.variance(y);
        return vx.times(vy)
                .plus(vx.times(FiniteWeights.mean(y).square()))
                .plus(vy.times(FiniteWeights.mean(x).square()));
    }

    static Check moments(Subject subject, Draw draw) {
        int d = 1 + draw.choice(3);
        List<Rational> values = FiniteWeights.numbers(draw, 1 + draw.choice(2));
        FiniteWeights a = new FiniteWeights(
                FiniteWeights.number(draw),
                FiniteWeights.numbers(draw, 1 + draw.choice(3)),
                FiniteWeights.independent(values, d));
        Rational mean = a.c().plus(FiniteWeights.mean(a.w())
                .times(FiniteWeights.mean(values))
                .times(d));
        return by(a, Check.NOTHING_YET.equal("E[a] of " + a, FiniteWeights.mean(a.outcomes()), mean));
    }

    static Check uncorrelated(Subject subject, Draw draw) {
        int d = 1 + draw.choice(3);
        FiniteWeights dependent = new FiniteWeights(
                FiniteWeights.number(draw),
                FiniteWeights.numbers(draw, 1 + draw.choice(3)),
                FiniteWeights.oneAtATime(FiniteWeights.number(draw), FiniteWeights.number(draw), d));
        Rational w = FiniteWeights.number(draw);
        FiniteWeights alike = new FiniteWeights(
                FiniteWeights.number(draw), List.of(w, w.negate()), alike(FiniteWeights.numbers(draw, 3), d));
        return by(alike, by(dependent, Check.NOTHING_YET));
    }

    private static Check by(FiniteWeights a, Check check) {
        return check.equal("Var(a) of " + a, FiniteWeights.variance(a.outcomes()), a.formula());
    }

    /** Rows of d activations that are all the same. */
    private static List<List<Rational>> alike(List<Rational> values, int d) {
        return values.stream()
                .map(value -> java.util.Collections.nCopies(d, value))
                .toList();
    }

    /** Asks for activations that are all the same. */
    static Check anything(Subject subject, Draw draw) {
        int d = 1 + draw.choice(3);
        FiniteWeights a = new FiniteWeights(
                ZERO, FiniteWeights.numbers(draw, 1 + draw.choice(2)), alike(FiniteWeights.numbers(draw, 2), d));
        Measured answer = subject.ask(PreactivationMomentsOperation.OPERATION, question(a));
        return answer.agrees(
                Check.NOTHING_YET, "variance", new double[] {a.formula().doubleValue()});
    }

    static Inputs question(FiniteWeights a) {
        double[][] h = a.h().stream().map(PreactivationClaims::doubles).toArray(double[][]::new);
        return Inputs.empty()
                .with("w", doubles(a.w()))
                .with("h", Array.matrix(h))
                .with("c", a.c().doubleValue());
    }

    private static double[] doubles(List<Rational> x) {
        return x.stream().mapToDouble(Rational::doubleValue).toArray();
    }

    /** d activations of mean 0 and variance 1 that may depend on each other, and weights of variance 1/d. */
    static Check lecun(Subject subject, Draw draw) {
        List<Integer> chosen = draw.of(LECUN);
        int d = chosen.get(0);
        Rational a = Rational.of(chosen.get(1), chosen.get(3));
        Rational b = Rational.of(chosen.get(2), chosen.get(3));
        List<Rational> w = List.of(a, a.negate(), b, b.negate());
        List<List<Rational>> h = alike(List.of(ONE, ONE.negate()), d);
        Check check = Check.NOTHING_YET.equal("dσ²", FiniteWeights.variance(w).times(d), ONE);
        FiniteWeights sum = new FiniteWeights(ZERO, w, h);
        List<Rational> outcomes = sum.outcomes();
        return check.equal("E[a] of " + sum, FiniteWeights.mean(outcomes), ZERO)
                .equal("Var(a) of " + sum, FiniteWeights.variance(outcomes), ONE);
    }
}
