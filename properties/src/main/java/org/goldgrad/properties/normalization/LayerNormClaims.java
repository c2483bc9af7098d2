package org.goldgrad.properties.normalization;

import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of layer normalisation. */
final class LayerNormClaims {
    private LayerNormClaims() {}

    /** Worked by hand in the source; here in fractions and through the subject. */
    static Check theTensor(Subject subject, Draw draw) {
        Inputs in = LayerNormOperation.tensor();
        List<Rational> means = List.of(of(2, 1), of(3, 1), of(5, 2), of(8, 3));
        List<Rational> variances = List.of(of(2, 3), of(2, 3), of(5, 4), of(2, 9));
        Check check = Check.NOTHING_YET;
        List<Tensor<Rational>> rows = in.in(Rational.ARITHMETIC).tensor("x").slices();
        for (int i = 0; i < rows.size(); i++) {
            Tensor<Rational> row = rows.get(i);
            Rational mean = row.sum().dividedBy(row.size());
            Rational variance = row.map(x -> x.minus(mean).square()).sum().dividedBy(row.size());
            check = check.equal("mean of sample " + i, mean, means.get(i))
                    .equal("variance of sample " + i, variance, variances.get(i));
        }
        Measured answer = subject.ask(LayerNormOperation.OPERATION, in);
        check = answer.agrees(check, "mean", doubles(means));
        return answer.agrees(check, "variance", doubles(variances));
    }

    private static Rational of(long numerator, long denominator) {
        return Rational.of(numerator, denominator);
    }

    private static double[] doubles(List<Rational> fractions) {
        return fractions.stream().mapToDouble(Rational::doubleValue).toArray();
    }

    /** Σy and Σ(y−β)² over a row, with the error that its elements are allowed. */
    static Check moments(Subject subject, Draw draw) {
        Inputs drawn = LayerNormOperation.OPERATION.inputs(draw);
        double gamma = drawn.array("gamma").at(0);
        double beta = drawn.array("beta").at(0);
        Inputs in = drawn.with("gamma", drawn.array("gamma").map(x -> gamma))
                .with("beta", drawn.array("beta").map(x -> beta));
        Measured answer = subject.ask(LayerNormOperation.OPERATION, in);
        int n = in.array("x").size(2);
        Check check = Check.NOTHING_YET;
        for (int row = 0; row < answer.array("mean").size(); row++) {
            double sum = 0;
            double squares = 0;
            double allowed = 0;
            double allowedSquares = 0;
            for (int i = row * n; i < (row + 1) * n; i++) {
                double d = answer.at("y", i) - beta;
                sum += d;
                squares += d * d;
                double off = answer.allowed("y", i) + Math.ulp(Math.abs(beta) + Math.abs(d)) * n;
                allowed += off;
                allowedSquares += (2 * Math.abs(d) + off) * off;
            }
            DoubleDouble v = variance(in, row);
            double expected = v.times(gamma * gamma)
                    .dividedBy(v.plus(in.scalar("eps")))
                    .times(n)
                    .doubleValue();
            check = check.near("Σ(y-β)", sum, 0, allowed + n * Double.MIN_NORMAL)
                    .near(
                            "Σ(y-β)²",
                            squares,
                            expected,
                            allowedSquares + n * Math.ulp(expected) + n * Double.MIN_NORMAL);
        }
        return check;
    }

    private static DoubleDouble variance(Inputs in, int row) {
        Tensor<DoubleDouble> x = in.in(DoubleDouble.ARITHMETIC).tensor("x");
        int n = x.size(2);
        Tensor<DoubleDouble> r = x.reshape(x.size() / n, n).slice(row);
        DoubleDouble mean = r.sum().dividedBy(n);
        return r.map(xi -> xi.minus(mean).square()).sum().dividedBy(n);
    }

    /** Whether some row has variance 0. */
    static boolean constantRow(Inputs in) {
        for (int row = 0; row < in.array("x").size() / in.array("x").size(2); row++) {
            if (variance(in, row).doubleValue() == 0) {
                return true;
            }
        }
        return false;
    }

    static Check invariances(Subject subject, Draw draw) {
        Inputs in = LayerNormOperation.OPERATION.inputs(draw).with("eps", 0);
        if (constantRow(in)) {
            return Check.SKIPPED;
        }
        double scale = draw.of(2.0, 0.5, 4.0, 0x1p-10, 0x1p10);
        double shift = draw.of(1.0, -3.0, 0.25, 64.0) * largest(in);
        Measured before = subject.ask(LayerNormOperation.OPERATION, in);
        Measured scaled = subject.ask(
                LayerNormOperation.OPERATION, in.with("x", in.array("x").map(x -> scale * x)));
        Array moved = in.array("x").map(x -> x + shift);
        Check check = scaled.agrees(Check.NOTHING_YET, "y", before, "y");
        boolean exact = Arrays.equals(
                moved.map(x -> x - shift).elements(), in.array("x").elements());
        return exact
                ? subject.ask(LayerNormOperation.OPERATION, in.with("x", moved)).agrees(check, "y", before, "y")
                : check;
    }

    /** The power of two at or below the largest magnitude, so that a shift by a few of it is exact. */
    private static double largest(Inputs in) {
        double largest =
                Arrays.stream(in.array("x").elements()).map(Math::abs).max().orElse(1);
        return Math.scalb(1.0, Math.getExponent(largest));
    }

    private static Inputs constant(Inputs drawn) {
        int n = drawn.array("x").size(2);
        double[] x = drawn.array("x").elements();
        for (int i = 0; i < x.length; i++) {
            x[i] = x[i / n * n];
        }
        return drawn.with("x", Array.of(drawn.array("x").shape(), x));
    }

    static Check zeroVariance(Subject subject, Draw draw) {
        Inputs in = constant(LayerNormOperation.OPERATION.inputs(draw));
        if (in.scalar("eps") == 0) {
            return Check.SKIPPED;
        }
        double[] expected = new double[in.array("x").size()];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = in.array("beta").at(i % in.array("beta").size());
        }
        return subject.ask(LayerNormOperation.OPERATION, in).agrees(Check.NOTHING_YET, "y", expected);
    }

    static Check zeroVarianceGradient(Subject subject, Draw draw) {
        Inputs in = constant(LayerNormOperation.GRADIENT.inputs(draw));
        if (in.scalar("eps") == 0) {
            return Check.SKIPPED;
        }
        Measured answer = subject.ask(LayerNormOperation.GRADIENT, in);
        boolean finite = answer.outputs().arrays().values().stream()
                .flatMapToDouble(array -> Arrays.stream(array.elements()))
                .allMatch(Double::isFinite);
        return Check.NOTHING_YET.that("all gradients are finite", finite);
    }

    static Check orthogonality(Subject subject, Draw draw) {
        Inputs drawn = LayerNormOperation.GRADIENT.inputs(draw);
        Inputs in = drawn.with("dmean", drawn.array("dmean").map(x -> 0))
                .with("dvariance", drawn.array("dvariance").map(x -> 0))
                .with("eps", draw.of(0.0, drawn.scalar("eps")));
        if (constantRow(in)) {
            return Check.SKIPPED;
        }
        Measured answer = subject.ask(LayerNormOperation.GRADIENT, in);
        int n = in.array("x").size(2);
        Check check = Check.NOTHING_YET;
        for (int row = 0; row < in.array("x").size() / n; row++) {
            double sum = 0;
            double inner = 0;
            double allowed = 0;
            double allowedInner = 0;
            for (int i = row * n; i < (row + 1) * n; i++) {
                double dx = answer.at("dx", i);
                double x = in.array("x").at(i);
                double error = answer.allowed("dx", i) + n * Math.ulp(dx);
                sum += dx;
                inner += dx * x;
                allowed += error;
                allowedInner += error * Math.abs(x) + n * Math.ulp(dx * x);
            }
            check = check.near("Σdx of a row", sum, 0, allowed);
            if (in.scalar("eps") == 0) {
                check = check.near("⟨dx, x⟩ of a row", inner, 0, allowedInner);
            }
        }
        return check;
    }
}
