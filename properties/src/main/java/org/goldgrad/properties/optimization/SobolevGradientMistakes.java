package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.LinearSystem;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.SobolevGradient;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Twist;

/** What goes wrong where gradients are smoothed: in the Laplacian, in its ends, in how often and to what it is applied. */
final class SobolevGradientMistakes {
    private SobolevGradientMistakes() {}

    static List<Mistake> all() {
        Definition right = SobolevGradient::define;
        List<Mistake> mistakes = new ArrayList<>(StepMistakes.of(right, "g"));
        mistakes.add(
                mistake("spacing-ignored", "ignores the spacing", "h = 1", Twist.input(right, "h", Twist.constant(1))));
        mistakes.add(mistake(
                "starts-at-zero",
                "ignores the initial parameters",
                "θ_0 = 0",
                Twist.input(right, "theta0", Twist.zero())));
        mistakes.addAll(laplacians());
        mistakes.addAll(powers());
        return mistakes;
    }

    private static List<Mistake> laplacians() {
        return List.of(
                slip("spacing-not-squared", "divides by the spacing once", "1/h in place of 1/h²", Slip.ONCE),
                slip("spacing-multiplied", "multiplies by the squared spacing", "h² in place of 1/h²", Slip.TIMES),
                slip("laplacian-halved", "halves the Laplacian", "I - ½Δ in place of I - Δ", Slip.HALF),
                slip("laplacian-doubled", "doubles the Laplacian", "I - 2Δ in place of I - Δ", Slip.DOUBLE),
                slip("laplacian-added", "adds the Laplacian", "I + Δ in place of I - Δ", Slip.PLUS),
                slip(
                        "zero-beyond-the-ends",
                        "takes the function to be 0 beyond the ends of the grid",
                        "u_0 = u_{n+1} = 0 in place of u_0 = u_n, u_{n+1} = u_1",
                        Slip.DIRICHLET),
                slip(
                        "mirrored-at-the-ends",
                        "mirrors the function at the ends of the grid",
                        "u_0 = u_1, u_{n+1} = u_n in place of u_0 = u_n, u_{n+1} = u_1",
                        Slip.NEUMANN),
                slip(
                        "slope-of-slopes",
                        "takes the central difference twice",
                        "(u_{i+2} - 2u_i + u_{i-2})/(4h²)",
                        Slip.WIDE),
                slip(
                        "laplacian-to-the-power",
                        "raises the Laplacian alone to the power",
                        "(I + (-Δ)^s)⁻¹ in place of (I - Δ)^{-s}",
                        Slip.INSIDE),
                mistake(
                        "exact-frequencies",
                        "multiplies waves by what the continuous Laplacian does to them",
                        "1 + (2πk/(nh))² in place of 1 + (4/h²) sin²(πk/n), |k| ≤ n/2",
                        new Continuous()));
    }

    private static List<Mistake> powers() {
        return List.of(
                slip("plain", "steps along the gradient", "s = 0", Slip.NEVER),
                slip("power-ignored", "smooths once", "s = 1", Slip.ALWAYS_ONCE),
                slip("smoothed-once-more", "counts from 0 to s", "s + 1 in place of s", Slip.MORE),
                slip("smoothed-once-less", "counts from 1 to s - 1", "s - 1 in place of s, where s > 0", Slip.LESS),
                slip("smoothed-twice-as-often", "takes the power 2s", "2s in place of s", Slip.TWICE),
                slip(
                        "applied-instead-of-inverted",
                        "roughens the gradient",
                        "(I - Δ)^s in place of (I - Δ)^{-s}",
                        Slip.APPLIED),
                slip(
                        "parameters-smoothed",
                        "smooths the parameters, too",
                        "θ_t = (I - Δ)^{-s} (θ_{t-1} - lr g_t)",
                        Slip.PARAMETERS),
                slip(
                        "weighted-by-the-spacing",
                        "measures inner products with the spacing on one side only",
                        "h d in place of d",
                        Slip.WEIGHTED));
    }

    private static Mistake slip(String id, String did, String formula, Slip slip) {
        return mistake(id, did, formula, new Wrong(slip));
    }

    private enum Slip {
        ONCE,
        TIMES,
        HALF,
        DOUBLE,
        PLUS,
        DIRICHLET,
        NEUMANN,
        WIDE,
        INSIDE,
        NEVER,
        ALWAYS_ONCE,
        MORE,
        LESS,
        TWICE,
        APPLIED,
        PARAMETERS,
        WEIGHTED
    }

    private static <R extends Real<R>> Tensor<R> product(Tensor<R> A, Tensor<R> u) {
        return A.matmul(u.reshape(u.size(), 1)).reshape(u.size());
    }

    /** The algorithm with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> A = metric(q.scalar("h"), q.tensor("theta0").size(), q.integer("s"));
            Tensor<R> theta = q.tensor("theta0");
            List<Tensor<R>> thetas = new ArrayList<>();
            for (Tensor<R> g : q.tensor("g").slices()) {
                theta = switch (slip) {
                    case PARAMETERS -> smoothed(A, theta.minus(g.times(q.scalar("lr"))), q.integer("s"));
                    case WEIGHTED ->
                        theta.minus(smoothed(A, g, q.integer("s"))
                                .times(q.scalar("h"))
                                .times(q.scalar("lr")));
                    default -> theta.minus(smoothed(A, g, times(q.integer("s"))).times(q.scalar("lr")));
                };
                thetas.add(theta);
            }
            return Answer.of("theta", Tensor.stack(thetas));
        }

        private int times(int s) {
            return switch (slip) {
                case NEVER -> 0;
                case ALWAYS_ONCE, INSIDE -> 1;
                case MORE -> s + 1;
                case LESS -> Math.max(s - 1, 0);
                case TWICE -> 2 * s;
                default -> s;
            };
        }

        private <R extends Real<R>> Tensor<R> smoothed(Tensor<R> A, Tensor<R> g, int s) {
            Tensor<R> d = g;
            for (int k = 0; k < s; k++) {
                d = slip == Slip.APPLIED ? product(A, d) : LinearSystem.solve(A, d);
            }
            return d;
        }

        private <R extends Real<R>> Tensor<R> metric(R h, int n, int s) {
            R neighbour = switch (slip) {
                case ONCE -> h.reciprocal();
                case TIMES -> h.square();
                case HALF -> h.square().reciprocal().times(0.5);
                case DOUBLE -> h.square().reciprocal().times(2);
                case PLUS -> h.square().reciprocal().negate();
                case WIDE -> h.square().reciprocal().times(0.25);
                default -> h.square().reciprocal();
            };
            Tensor<R> rough = minusLaplacian(n, h.arithmetic()).times(neighbour);
            Tensor<R> power = rough;
            if (slip == Slip.INSIDE) {
                power = Matrices.damped(
                        rough.times(h.arithmetic().zero()), h.arithmetic().one());
                for (int k = 0; k < s; k++) {
                    power = power.matmul(rough);
                }
            }
            return Matrices.damped(power, h.arithmetic().one());
        }

        /** −Δ for h = 1. */
        private <R extends Real<R>> Tensor<R> minusLaplacian(int n, Arithmetic<R> arithmetic) {
            double[] entries = new double[n * n];
            int far = slip == Slip.WIDE ? 2 : 1;
            for (int i = 0; i < n; i++) {
                entries[i * n + i] += 2;
                for (int j : new int[] {i - far, i + far}) {
                    boolean beyond = j < 0 || j >= n;
                    if (beyond && slip == Slip.NEUMANN) {
                        entries[i * n + i] -= 1;
                    } else if (!beyond || slip != Slip.DIRICHLET) {
                        entries[i * n + Math.floorMod(j, n)] -= 1;
                    }
                }
            }
            return Tensor.of(arithmetic, new int[] {n, n}, e -> arithmetic.of(entries[e]));
        }
    }

    /** Smoothing by the eigenvalues of the continuous Laplacian; their angles are rounded to doubles, which shows nowhere. */
    private record Continuous() implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            int n = q.tensor("theta0").size();
            Arithmetic<R> arithmetic = q.arithmetic();
            List<R> kernel = new ArrayList<>();
            for (int j = 0; j < n; j++) {
                R sum = arithmetic.zero();
                for (int k = 0; k < n; k++) {
                    double frequency = 2 * Math.PI * Math.min(k, n - k) / n;
                    R eigenvalue = arithmetic
                            .of(frequency)
                            .dividedBy(q.scalar("h"))
                            .square()
                            .plus(1);
                    R wave = arithmetic.of(StrictMath.cos(2 * Math.PI * (j * k % n) / n));
                    sum = sum.plus(wave.dividedBy(eigenvalue.pow(q.integer("s"))));
                }
                kernel.add(sum.dividedBy(n));
            }
            Tensor<R> K = Tensor.of(arithmetic, new int[] {n, n}, e -> kernel.get(Math.floorMod(e / n - e % n, n)));
            Tensor<R> theta = q.tensor("theta0");
            List<Tensor<R>> thetas = new ArrayList<>();
            for (Tensor<R> g : q.tensor("g").slices()) {
                theta = theta.minus(product(K, g).times(q.scalar("lr")));
                thetas.add(theta);
            }
            return Answer.of("theta", Tensor.stack(thetas));
        }
    }
}
