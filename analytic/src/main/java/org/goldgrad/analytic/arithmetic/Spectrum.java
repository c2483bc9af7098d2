package org.goldgrad.analytic.arithmetic;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Eigenvalues and spectral projectors of a symmetric matrix S, with a proof where the arithmetic encloses.
 *
 * <p>Jacobi's rotations give V with VᵀSV ≈ Λ diagonal and VᵀV ≈ I; how good they are is then measured, not trusted. With
 * T = VᵀSV, e = ‖T − Λ‖, f = ‖VᵀV − I‖ < 1 and κ = f/(1−f) ≥ ‖(VᵀV)^(−½) − I‖, the orthogonal Q = V(VᵀV)^(−½) has
 * QᵀSQ = Λ + E with ‖E‖ ≤ δ = e + (2κ + κ²)‖T‖ (Frobenius norms throughout), so
 *
 * <pre>
 *   |λᵢ(S) − Λᵢ| ≤ δ                                                          (Weyl 1912)
 *   |(U_kU_kᵀ − V_kV_kᵀ)ᵢⱼ| ≤ 2δ/(Λ_k − Λ_{k+1} − δ) + 2f + f²                  (Davis and Kahan 1970, sin Θ)
 *   S  n×n        Λ  n, descending        V  n×n, column i belongs to Λᵢ
 * </pre>
 *
 * @param values the eigenvalues, largest first
 */
public record Spectrum<R extends Real<R>>(Tensor<R> values, Tensor<R> vectors, R delta, R skew) {

    /** The spectrum of a symmetric matrix. */
    public static <R extends Real<R>> Spectrum<R> of(Tensor<R> S) {
        Arithmetic<R> arithmetic = S.arithmetic();
        int n = S.size(0);
        Jacobi<R> jacobi = new Jacobi<>(honest(S).map(arithmetic::midpoint));
        jacobi.run();
        List<Integer> order = IntStream.range(0, n)
                .boxed()
                .sorted((i, j) -> (int)
                        Math.signum(jacobi.diagonal(j).minus(jacobi.diagonal(i)).doubleValue()))
                .toList();
        Tensor<R> V = Tensor.of(arithmetic, new int[] {n, n}, p -> jacobi.vector(p / n, order.get(p % n)));
        if (!arithmetic.encloses()) {
            Tensor<R> values = Tensor.of(arithmetic, new int[] {n}, i -> jacobi.diagonal(order.get(i)));
            return new Spectrum<>(values, V, arithmetic.zero(), arithmetic.zero());
        }
        return proven(S, V);
    }

    /**
     * S as a backward stable eigensolver knows it: m Householder transformations of length m perturb it by at most about
     * m²u‖S‖ (Higham 2002, Lemma 19.3, with its constant taken as 1), wherever the error falls.
     */
    private static <R extends Real<R>> Tensor<R> honest(Tensor<R> S) {
        R size = norm(S).times((double) S.size());
        return S.map(s -> S.arithmetic().honest(s, size));
    }

    private static <R extends Real<R>> Spectrum<R> proven(Tensor<R> S, Tensor<R> V) {
        Arithmetic<R> arithmetic = S.arithmetic();
        int n = S.size(0);
        Tensor<R> T = V.transpose().matmul(S).matmul(V);
        Tensor<R> lambda = Tensor.of(arithmetic, new int[] {n}, i -> arithmetic.midpoint(T.get(i, i)));
        Tensor<R> E =
                Tensor.of(arithmetic, T.shape(), p -> p / n == p % n ? T.at(p).minus(lambda.at(p / n)) : T.at(p));
        R f = norm(V.transpose().matmul(V).minus(LinearSystem.identity(arithmetic, n)));
        R kappa = f.dividedBy(arithmetic.one().minus(f).relu());
        R delta = norm(E).plus(kappa.times(2).plus(kappa.square()).times(norm(T)));
        return new Spectrum<>(lambda.map(x -> arithmetic.within(x, delta)), V, delta, f);
    }

    /** U_kU_kᵀ, the orthogonal projector onto the eigenvectors of the k largest eigenvalues, 1 ≤ k ≤ n. */
    public Tensor<R> projector(int k) {
        return projector(0, k);
    }

    /** Onto the eigenvectors of λ_{from+1}, …, λ_to alone, 0 ≤ from &lt; to ≤ n: it has a gap on each side that is not an end. */
    public Tensor<R> projector(int from, int to) {
        Arithmetic<R> arithmetic = values.arithmetic();
        Tensor<R> U = Tensor.stack(vectors.transpose().slices().subList(from, to));
        Tensor<R> P = U.transpose().matmul(U);
        if (!arithmetic.encloses()) {
            return P;
        }
        R radius = skew.times(2).plus(skew.square());
        for (int k : new int[] {from, to}) {
            if (k > 0 && k < values.size()) {
                R gap = values.at(k - 1).minus(values.at(k)).minus(delta);
                radius = radius.plus(delta.times(2).dividedBy(gap.relu()));
            }
        }
        R known = radius;
        return P.map(x -> arithmetic.within(x, known));
    }

    private static <R extends Real<R>> R norm(Tensor<R> M) {
        return M.dot(M).sqrt();
    }

    /** Cyclic Jacobi rotations; quadratic convergence makes a fixed number of sweeps enough (Golub and Van Loan, §8.5). */
    private static final class Jacobi<R extends Real<R>> {
        private final Arithmetic<R> arithmetic;
        private final int n;
        private final R[][] A;
        private final R[][] V;

        @SuppressWarnings("unchecked") // R erases to Real
        Jacobi(Tensor<R> S) {
            arithmetic = S.arithmetic();
            n = S.size(0);
            A = (R[][]) new Real<?>[n][];
            V = (R[][]) new Real<?>[n][];
            for (int i = 0; i < n; i++) {
                A[i] = S.slice(i).elements();
                V[i] = LinearSystem.identity(arithmetic, n).slice(i).elements();
            }
        }

        R diagonal(int i) {
            return A[i][i];
        }

        R vector(int row, int column) {
            return V[row][column];
        }

        void run() {
            int sweeps = 6 + (32 - Integer.numberOfLeadingZeros(arithmetic.precision() / 8));
            for (int sweep = 0; sweep < sweeps; sweep++) {
                for (int p = 0; p < n; p++) {
                    for (int q = p + 1; q < n; q++) {
                        if (A[p][q].doubleValue() != 0) {
                            rotate(p, q);
                        }
                    }
                }
            }
        }

        /** The rotation by tan φ = t that makes A_pq zero: t = 2A_pq/(d ± √(d² + 4A_pq²)), d = A_qq − A_pp. */
        private void rotate(int p, int q) {
            R apq = A[p][q];
            R d = A[q][q].minus(A[p][p]);
            R root = d.square().plus(apq.square().times(4)).sqrt();
            R t = apq.times(2).dividedBy(d.doubleValue() < 0 ? d.minus(root) : d.plus(root));
            R c = t.square().plus(1).sqrt().reciprocal();
            R s = t.times(c);
            A[p][p] = near(A[p][p].minus(t.times(apq)));
            A[q][q] = near(A[q][q].plus(t.times(apq)));
            A[p][q] = arithmetic.zero();
            for (int i = 0; i < n; i++) {
                if (i != p && i != q) {
                    R aip = upper(i, p);
                    R aiq = upper(i, q);
                    setUpper(i, p, near(c.times(aip).minus(s.times(aiq))));
                    setUpper(i, q, near(s.times(aip).plus(c.times(aiq))));
                }
                R vip = V[i][p];
                R viq = V[i][q];
                V[i][p] = near(c.times(vip).minus(s.times(viq)));
                V[i][q] = near(s.times(vip).plus(c.times(viq)));
            }
        }

        private R upper(int i, int j) {
            return i < j ? A[i][j] : A[j][i];
        }

        private void setUpper(int i, int j, R x) {
            A[Math.min(i, j)][Math.max(i, j)] = x;
        }

        private R near(R x) {
            return arithmetic.midpoint(x);
        }
    }
}
