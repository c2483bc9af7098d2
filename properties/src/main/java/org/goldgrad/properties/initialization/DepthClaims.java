package org.goldgrad.properties.initialization;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject;

/** What a relu does to second moments: one layer in fractions by going through all signs, thirty by the tower property. */
final class DepthClaims {
    private static final int LAYERS = 30;
    private static final Rational ZERO = Rational.ARITHMETIC.zero();

    private DepthClaims() {}

    private static Rational meanSquare(List<Rational> x) {
        return FiniteWeights.mean(x.stream().map(Rational::square).toList());
    }

    private static Rational afterRelu(List<Rational> x) {
        return meanSquare(x.stream().map(Rational::relu).toList());
    }

    static Check half(Subject subject, Draw draw) {
        List<Rational> a = new ArrayList<>();
        FiniteWeights.numbers(draw, 1 + draw.choice(5)).forEach(x -> a.addAll(List.of(x, x.negate())));
        return Check.NOTHING_YET.equal(
                "E[relu(a)²] of a in " + a, afterRelu(a), meanSquare(a).dividedBy(2));
    }

    /** Equally likely numbers of mean 0, whose mean square is unit by unit. */
    static Check halfWithoutSymmetry(Subject subject, Draw draw) {
        List<Rational> a = new ArrayList<>(FiniteWeights.numbers(draw, 2));
        a.add(a.get(0).plus(a.get(1)).negate());
        return Check.NOTHING_YET.equal(
                "E[relu(a)²], in units of Var(a), of a in " + a,
                afterRelu(a),
                meanSquare(a).dividedBy(2));
    }

    /** Weights ±s for every sign, which is a right law for every s: E[relu(w·h)²] = s²‖h‖²/2. */
    static Check he(Subject subject, Draw draw) {
        List<Rational> h = FiniteWeights.numbers(draw, 1 + draw.choice(5));
        Rational s = FiniteWeights.number(draw);
        FiniteWeights layer = new FiniteWeights(ZERO, List.of(s, s.negate()), List.of(h));
        Rational square = meanSquare(h).times(h.size()); // ‖h‖²
        Check check = Check.NOTHING_YET.equal(
                "E[relu(w·h)²] over all signs of w = ±" + s + ", h = " + h,
                afterRelu(layer.outcomes()),
                s.square().times(square).dividedBy(2));
        return decay(subject, draw, "lecun", 0.5, decay(subject, draw, "he", 1, check));
    }

    /** 30 layers of relus: the mean square of x times a power of the factor, which is exact in binary. */
    private static Check decay(Subject subject, Draw draw, String variance, double factor, Check check) {
        Inputs in = DepthOperation.OPERATION
                .inputs(draw)
                .withConvention("variance", variance)
                .with("widths", widths(draw))
                .with("slope", 0);
        Array x = in.array("x");
        Rational square = ZERO;
        for (double xi : x.elements()) {
            square = square.plus(Rational.ARITHMETIC.of(xi).square());
        }
        double start = square.dividedBy(x.size()).doubleValue();
        double[] q = new double[LAYERS];
        double level = start;
        for (int t = 0; t < LAYERS; t++) {
            level *= factor;
            q[t] = level;
        }
        return subject.ask(DepthOperation.OPERATION, in).agrees(check, "q", q);
    }

    private static Array widths(Draw draw) {
        double[] widths = new double[LAYERS];
        int least = 1 + draw.choice(32);
        Arrays.setAll(widths, t -> least + t);
        return Array.vector(widths);
    }

    static Check glorot(Subject subject, Draw draw) {
        Inputs in = DepthOperation.OPERATION
                .inputs(draw)
                .withConvention("variance", "glorot")
                .with("slope", 0);
        Array x = in.array("x");
        double start = Arrays.stream(x.elements()).map(xi -> xi * xi).sum() / x.size();
        double[] q = new double[in.array("widths").size()];
        Arrays.fill(q, start);
        return subject.ask(DepthOperation.OPERATION, in).agrees(Check.NOTHING_YET, "q", q);
    }
}
