package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Subject.Measured;

/**
 * Other coordinates φ for the same parameters.
 *
 * <pre>
 *   θ = Mφ      Xθ = (XM)φ      ∂L/∂φ = Mᵀ ∂L/∂θ
 *   M  d×d, regular: a triangle of small tidy numbers with powers of two on its diagonal, its rows rotated
 * </pre>
 */
record Reparametrization(Array M) {
    static Reparametrization drawn(int d, Draw draw) {
        double[][] M = new double[d][d];
        int rotation = draw.choice(d);
        for (int i = 0; i < d; i++) {
            double[] row = M[(i + rotation) % d];
            for (int j = 0; j < i; j++) {
                row[j] = draw.of(0.0, 1.0, -1.0, 0.5);
            }
            row[i] = draw.of(1.0, 2.0, -0.5);
        }
        return new Reparametrization(Array.matrix(M));
    }

    private int size() {
        return M.size(0);
    }

    private double at(int i, int j) {
        return M.at(i * size() + j);
    }

    /** The θ of some φ; exact for tidy numbers. */
    Array parameters(Array phi) {
        double[] theta = new double[size()];
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < size(); j++) {
                theta[i] += at(i, j) * phi.at(j);
            }
        }
        return Array.vector(theta);
    }

    /** XM for the rows of X, along its last axis: data, or gradients as rows. Exact for tidy numbers. */
    Array rows(Array X) {
        int d = size();
        double[] product = new double[X.size()];
        for (int e = 0; e < product.length; e++) {
            for (int k = 0; k < d; k++) {
                product[e] += X.at(e / d * d + k) * at(k, e % d);
            }
        }
        return Array.of(X.shape(), product);
    }

    /** Whether the trajectory in φ, mapped to θ, is the one in θ. */
    Check same(Measured inTheta, Measured inPhi) {
        int d = size();
        Check check = Check.NOTHING_YET;
        Array phi = inPhi.array("theta");
        for (int e = 0; e < phi.size(); e++) {
            double mapped = 0;
            double allowed = inTheta.allowed("theta", e);
            for (int j = 0; j < d; j++) {
                int at = e / d * d + j;
                double term = at(e % d, j) * phi.at(at);
                mapped += term;
                allowed += Math.abs(at(e % d, j)) * inPhi.allowed("theta", at) + d * Math.ulp(term);
            }
            check = check.near("Mφ" + phi.index(e), mapped, inTheta.at("theta", e), allowed);
        }
        return check;
    }
}
