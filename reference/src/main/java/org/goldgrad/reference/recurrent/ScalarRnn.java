package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;
import org.goldgrad.reference.Shape;

/**
 * The smallest recurrent network: one linear unit and one weight, shared by T time steps, with both derivatives.
 *
 * <pre>
 *   forward     z_t = u_t + h_{t−1}        h_t = w z_t        y = h_T            t = 1 … T
 *   backward    δ_T = 1                    δ_{t−1} = w δ_t                       δ_t = ∂y/∂h_t
 *   gradient    edge_t = δ_t z_t           dw = Σ edge_t      du_t = w δ_t       dh0 = δ_0
 *   tangent     ḣ_0 = 0                    ż_t = ḣ_{t−1}      ḣ_t = z_t + w ż_t  ẋ = dx/dw
 *               δ̇_T = 0                    δ̇_{t−1} = δ_t + w δ̇_t
 *   curvature   ddw = Σ (δ̇_t z_t + δ_t ż_t)
 *
 *   u, z, h, edges, du  length T           w, h0, y, dw, dh0, ddw  scalars
 * </pre>
 *
 * EECS 182, homework 8, question 1. The weight has one outgoing edge per time step, and backpropagation adds what
 * arrives over each of them. The second derivative differentiates that whole computation once more, forwards.
 *
 * @param z the sums that enter the unit, T×1
 * @param h its outputs, T×1
 * @param y the last output
 * @param dw dy/dw
 * @param edges what each edge of w contributes to dw, T×1
 * @param du ∂y/∂u_t, which is also ∂y/∂z_t and ∂y/∂h_{t−1}, T×1
 * @param dh0 ∂y/∂h_0
 * @param ddw d²y/dw²
 */
public record ScalarRnn(
        SimpleMatrix z,
        SimpleMatrix h,
        double y,
        double dw,
        SimpleMatrix edges,
        SimpleMatrix du,
        double dh0,
        double ddw) {

    /** Runs the network over the inputs u (T×1, T ≥ 1) and back. */
    public static ScalarRnn of(SimpleMatrix u, double w, double h0) {
        int T = u.getNumRows();
        if (T == 0 || u.getNumCols() != 1) {
            throw new IllegalArgumentException("u must be T×1 with T ≥ 1, is " + Shape.of(u));
        }
        SimpleMatrix z = new SimpleMatrix(T, 1);
        SimpleMatrix h = new SimpleMatrix(T, 1);
        SimpleMatrix zDot = new SimpleMatrix(T, 1);
        double last = h0;
        double lastDot = 0;
        for (int t = 0; t < T; t++) {
            z.set(t, u.get(t) + last);
            zDot.set(t, lastDot);
            last = w * z.get(t);
            lastDot = z.get(t) + w * zDot.get(t);
            h.set(t, last);
        }

        SimpleMatrix edges = new SimpleMatrix(T, 1);
        SimpleMatrix du = new SimpleMatrix(T, 1);
        double dw = 0;
        double ddw = 0;
        double delta = 1;
        double deltaDot = 0;
        for (int t = T - 1; t >= 0; t--) {
            edges.set(t, delta * z.get(t));
            dw += edges.get(t);
            ddw += deltaDot * z.get(t) + delta * zDot.get(t);
            deltaDot = delta + w * deltaDot;
            delta = w * delta;
            du.set(t, delta);
        }
        return new ScalarRnn(z, h, last, dw, edges, du, delta, ddw);
    }
}
