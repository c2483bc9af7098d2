package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.LinearSystem;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Question;

/**
 * Gradient descent in a Sobolev metric (Bai, Rosenberg and Xu 2022), on functions sampled on a periodic grid.
 *
 * <pre>
 *   (Δu)_i = (u_{i+1} − 2u_i + u_{i−1})/h²      indices modulo the number of points
 *   d_t = (I − Δ)⁻ˢ g_t      θ_t = θ_{t−1} − lr d_t
 *   g, d, θ  steps×points     θ0  points     h > 0, the spacing     s ≥ 0, an integer
 * </pre>
 */
public final class SobolevGradient {
    private SobolevGradient() {}

    public static <R extends Real<R>> Answer<R> define(Question<R> q) {
        Tensor<R> A = metric(q.scalar("h"), q.tensor("theta0").size());
        Tensor<R> theta = q.tensor("theta0");
        List<Tensor<R>> ds = new ArrayList<>();
        List<Tensor<R>> thetas = new ArrayList<>();
        for (Tensor<R> g : q.tensor("g").slices()) {
            Tensor<R> d = g;
            for (int k = 0; k < q.integer("s"); k++) {
                d = LinearSystem.solve(A, d);
            }
            d = transformed(d, g, q.integer("s"));
            theta = theta.minus(d.times(q.scalar("lr")));
            ds.add(d);
            thetas.add(theta);
        }
        return Answer.of("theta", Tensor.stack(thetas)).through("d", Tensor.stack(ds));
    }

    /** I − Δ on n points. */
    public static <R extends Real<R>> Tensor<R> metric(R h, int n) {
        Arithmetic<R> arithmetic = h.arithmetic();
        R neighbour = h.square().reciprocal();
        return Tensor.of(arithmetic, new int[] {n, n}, at -> {
            int i = at / n;
            int j = at % n;
            int neighbours = (j == (i + 1) % n ? 1 : 0) + (j == (i + n - 1) % n ? 1 : 0);
            R identity = arithmetic.of(i == j ? 1 : 0);
            R across = neighbour.times(neighbours - (i == j ? 2 : 0));
            return neighbours == 0 && i != j ? identity : identity.minus(across);
        });
    }

    /**
     * d, as Fourier transforms may know it, which diagonalise I − Δ and which many use. There and back each element adds up n
     * terms with roots of unity good to u, and eigenvalues are multiplied s times: (2(n + 2) + 6s)u Σ|g|, as no eigenvalue
     * is below 1.
     */
    private static <R extends Real<R>> Tensor<R> transformed(Tensor<R> d, Tensor<R> g, int s) {
        double growth = 2.0 * (g.size() + 2) + 6.0 * s;
        R size = g.map(R::abs).sum().times(growth);
        return d.map(x -> x.arithmetic().honest(x, size));
    }
}
