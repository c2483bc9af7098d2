package org.goldgrad.analytic.optimization;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Arithmetic;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;

/**
 * How much every weight of a net counts in its path norm (Neyshabur, Salakhutdinov and Srebro 2015).
 *
 * <pre>
 *   φ² = Σ U_if² V_ki² W_ok²   over the paths feature f → node i → node k → output o
 *   κ_w = Σ over the paths through w of the product of the other two squares = ½ ∂²φ²/∂w²
 *   U, κ_U  hidden1×features     V, κ_V  hidden2×hidden1     W, κ_W  outputs×hidden2
 * </pre>
 */
public final class PathNorm {
    private PathNorm() {}

    /** κ of every weight. */
    public static <R extends Real<R>> Layers<R> kappa(Layers<R> weights) {
        return through(weights.map(w -> w.times(w)));
    }

    /** The same for any factors in place of the squares: the sum over the paths through a weight of the other two's product. */
    public static <R extends Real<R>> Layers<R> through(Layers<R> factors) {
        Tensor<R> u = factors.U();
        Tensor<R> v = factors.V();
        Tensor<R> w = factors.W();
        Paths<R> throughU = new Paths<>(u);
        Paths<R> throughV = new Paths<>(v);
        Paths<R> throughW = new Paths<>(w);
        for (int f = 0; f < u.size(1); f++) {
            for (int i = 0; i < u.size(0); i++) {
                for (int k = 0; k < v.size(0); k++) {
                    for (int o = 0; o < w.size(0); o++) {
                        throughU.add(i, f, v.get(k, i), w.get(o, k));
                        throughV.add(k, i, u.get(i, f), w.get(o, k));
                        throughW.add(o, k, u.get(i, f), v.get(k, i));
                    }
                }
            }
        }
        return new Layers<>(throughU.sums(), throughV.sums(), throughW.sums());
    }

    /** The paths through each weight of a layer, by the factors of their other two weights. */
    private static final class Paths<R extends Real<R>> {
        private final Tensor<R> layer;
        private final List<List<R>> first = new ArrayList<>();
        private final List<List<R>> second = new ArrayList<>();

        Paths(Tensor<R> layer) {
            this.layer = layer;
            for (int e = 0; e < layer.size(); e++) {
                first.add(new ArrayList<>());
                second.add(new ArrayList<>());
            }
        }

        void add(int row, int column, R a, R b) {
            int e = row * layer.size(1) + column;
            first.get(e).add(a);
            second.get(e).add(b);
        }

        Tensor<R> sums() {
            Arithmetic<R> arithmetic = layer.arithmetic();
            return Tensor.of(
                    arithmetic,
                    layer.shape(),
                    e -> arithmetic.dot(
                            first.get(e).toArray(arithmetic.array(0)),
                            second.get(e).toArray(arithmetic.array(0))));
        }
    }
}
