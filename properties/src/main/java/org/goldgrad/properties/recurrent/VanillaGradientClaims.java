package org.goldgrad.properties.recurrent;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Spectrum;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.recurrent.Nonlinearity;
import org.goldgrad.analytic.recurrent.VanillaRnn;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of gradients that flow back through a plain recurrent layer. */
final class VanillaGradientClaims {
    private static final Operation GRADIENT = VanillaOperation.GRADIENT;

    private VanillaGradientClaims() {}

    /** (∂h_k/∂h_t)ᵀ dh_k, step by step from k down to t: v ← (v ⊙ φ'(a_s)) Wᵀ. */
    static Check sumOfPaths(Subject subject, Draw draw) {
        Inputs in = GRADIENT.inputs(draw);
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> slopes =
                Slopes.of(Nonlinearity.of(q), VanillaRnn.LAYER.of(q).intermediate("a"));
        Tensor<DoubleDouble> back = q.tensor("W").transpose();
        List<Tensor<DoubleDouble>> Gamma = new ArrayList<>(q.tensor("dh").slices());
        int T = Gamma.size();
        for (int k = 0; k < T; k++) {
            Tensor<DoubleDouble> path = q.tensor("dh").slice(k);
            for (int t = k - 1; t >= 0; t--) {
                path = path.times(slopes.slice(t + 1)).matmul(back);
                Gamma.set(t, Gamma.get(t).plus(path));
            }
        }
        double[] expected = Array.nearest(Tensor.stack(Gamma)).elements();
        return subject.ask(GRADIENT, in).agrees(Check.NOTHING_YET, "Gamma", expected);
    }

    static Check symmetricGrowth(Subject subject, Draw draw) {
        Inputs drawn = lastTargetOnly(GRADIENT.inputs(draw)).withConvention("nonlinearity", "identity");
        Inputs in = drawn.with("W", symmetric(drawn.array("W")));
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Spectrum<DoubleDouble> spectrum = Spectrum.of(q.tensor("W"));
        Tensor<DoubleDouble> Q = spectrum.vectors();
        int T = q.tensor("dh").size(0);
        Tensor<DoubleDouble> components = q.tensor("dh").slice(T - 1).matmul(Q);
        List<Tensor<DoubleDouble>> Gamma = new ArrayList<>();
        for (int t = 1; t <= T; t++) {
            int steps = T - t;
            Tensor<DoubleDouble> growth = spectrum.values().map(lambda -> lambda.pow(steps));
            Gamma.add(components.times(growth).matmul(Q.transpose()));
        }
        Measured answer = subject.ask(GRADIENT, in);
        Array expected = Array.nearest(Tensor.stack(Gamma));
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < expected.size(); i++) {
            // The rotations that found Q are good to some 2⁻⁹⁶ of what they turn, in double-double.
            int steps = T - 1 - i / q.tensor("dh").slice(0).size();
            double turned = StrictMath.pow(OperatorNorm.of(in.array("W")).above(), steps) * norm(last(in.array("dh")));
            double slack = answer.allowed("Gamma", i) + 0x1p-90 * turned + Math.ulp(expected.at(i)) / 2;
            check = check.near("Gamma" + expected.index(i), answer.at("Gamma", i), expected.at(i), slack);
        }
        return check;
    }

    /** The upper triangle of W below the diagonal, too. */
    private static Array symmetric(Array W) {
        int n = W.size(0);
        Array symmetric = W;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                symmetric = symmetric.with(i * n + j, W.at(j * n + i));
            }
        }
        return symmetric;
    }

    /** Triangular W, whose eigenvalues stand on its diagonal. */
    static Check spectralRadiusExplodes(Subject subject, Draw draw) {
        Inputs drawn = oneSequence(lastTargetOnly(GRADIENT.inputs(draw)));
        Array W = triangular(drawn.array("W"), 1);
        if (!(spectralRadius(W) > 1)) {
            return Check.SKIPPED;
        }
        Measured answer = subject.ask(GRADIENT, drawn.with("W", W));
        double end = norm(last(drawn.array("dh")));
        return Check.NOTHING_YET.atMost(
                "‖∂L/∂h_T‖", end, norm(answer.array("dh0").elements()), allowed(answer, "dh0", 0, W.size(0)));
    }

    static Check spectralRadiusShrinks(Subject subject, Draw draw) {
        Inputs drawn = oneSequence(lastTargetOnly(GRADIENT.inputs(draw)));
        Array W = triangular(drawn.array("W"), 0x1p-8);
        Measured answer = subject.ask(GRADIENT, drawn.with("W", W));
        int n = W.size(0);
        Check check = Check.NOTHING_YET;
        for (int t = 0; t + 1 < drawn.array("dh").size(0) && spectralRadius(W) < 1; t++) {
            check = check.atMost(
                    "‖Γ_" + (t + 1) + "‖",
                    norm(answer.array("Gamma").take(0, t).elements()),
                    norm(answer.array("Gamma").take(0, t + 1).elements()),
                    allowed(answer, "Gamma", t * n, (t + 2) * n));
        }
        return check;
    }

    /** The lower triangle of W, its diagonal scaled. */
    private static Array triangular(Array W, double scale) {
        int n = W.size(0);
        Array triangle = W;
        for (int i = 0; i < W.size(); i++) {
            double factor = i / n == i % n ? scale : i / n < i % n ? 0 : 1;
            triangle = triangle.with(i, W.at(i) * factor);
        }
        return triangle;
    }

    private static double spectralRadius(Array triangular) {
        double largest = 0;
        for (int i = 0; i < triangular.size(); i += triangular.size(0) + 1) {
            largest = Math.max(largest, Math.abs(triangular.at(i)));
        }
        return largest;
    }

    /** For each sequence and whatever ∂L/∂h_T is: ‖∂L/∂h_0‖ ≤ (γ‖W‖₂)^T ‖∂L/∂h_T‖. */
    static Check vanishingBound(Subject subject, Draw draw) {
        return vanishingBound(GRADIENT, subject, draw);
    }

    /** The same for any layer with the arguments of a plain one. */
    static Check vanishingBound(Operation gradient, Subject subject, Draw draw) {
        Inputs in = oneSequence(lastTargetOnly(gradient.inputs(draw)));
        Measured answer = subject.ask(gradient, in);
        int T = in.array("x").size(0);
        double bound = StrictMath.pow(steepest(in), T) * norm(last(in.array("dh")));
        return Check.NOTHING_YET.atMost(
                "‖∂L/∂h_0‖",
                norm(answer.array("dh0").elements()),
                bound,
                Math.ulp(bound) * 8 + allowed(answer, "dh0", 0, in.array("W").size(0)));
    }

    /** A W so small that the bound bites; each loss alone, then all of them. */
    static Check allTargetsDoNotHelp(Subject subject, Draw draw) {
        Inputs drawn = oneSequence(GRADIENT.inputs(draw));
        Inputs in = drawn.with("W", drawn.array("W").map(w -> w / 128));
        Array dh = in.array("dh");
        int T = dh.size(0);
        int n = dh.size(2);
        double[] through = new double[T];
        Check check = Check.NOTHING_YET;
        for (int k = 0; k < T; k++) {
            Measured alone = subject.ask(GRADIENT, in.with("dh", only(dh, k)));
            for (int t = 0; t <= k; t++) {
                double bound =
                        StrictMath.pow(steepest(in), k - t) * norm(dh.take(0, k).elements());
                double slack = Math.ulp(bound) * 8 + allowed(alone, "Gamma", t * n, (t + 1) * n);
                check = check.atMost(
                        "‖∂L_k/∂h_t‖", norm(alone.array("Gamma").take(0, t).elements()), bound, slack);
                through[t] += t < k ? bound : 0;
            }
        }
        Measured all = subject.ask(GRADIENT, in);
        for (int t = 0; t < T; t++) {
            double direct = norm(dh.take(0, t).elements());
            double slack = Math.ulp(direct + through[t]) * 8 * T + allowed(all, "Gamma", t * n, (t + 1) * n);
            check = check.atMost(
                    "‖∂L_t/∂h_t‖ - Σ…",
                    direct - through[t],
                    norm(all.array("Gamma").take(0, t).elements()),
                    slack);
        }
        return check;
    }

    /** A number that is at least γ‖W‖₂. */
    private static double steepest(Inputs in) {
        double gamma = Nonlinearity.of(in.in(DoubleDouble.ARITHMETIC)).steepest();
        return gamma * OperatorNorm.of(in.array("W")).above();
    }

    private static Inputs lastTargetOnly(Inputs in) {
        Array dh = in.array("dh");
        return in.with("dh", only(dh, dh.size(0) - 1));
    }

    /** The upstream gradients of step k, and 0 elsewhere. */
    private static Array only(Array dh, int k) {
        int n = dh.size() / dh.size(0);
        Array one = dh.map(g -> 0);
        for (int i = k * n; i < (k + 1) * n; i++) {
            one = one.with(i, dh.at(i));
        }
        return one;
    }

    private static Inputs oneSequence(Inputs in) {
        return GRADIENT.signature().take(in, "batch", 0);
    }

    private static double[] last(Array dh) {
        return dh.take(0, dh.size(0) - 1).elements();
    }

    static double norm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /** How far the norm of some elements may be off: not more than all of them together, and a few roundings. */
    static double allowed(Measured answer, String output, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += answer.allowed(output, i) + (to - from) * Math.ulp(answer.at(output, i));
        }
        return sum;
    }
}
