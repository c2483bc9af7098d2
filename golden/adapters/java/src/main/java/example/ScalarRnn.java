package example;

/**
 * A linear network with one weight, and its derivatives by hand.
 *
 * <pre>
 *   z_t = u_t + h_{t-1}      h_t = w z_t      y = h_T
 *   δ_t = ∂y/∂h_t:   δ_T = 1      δ_{t-1} = w δ_t
 *   edges_t = δ_t z_t      dw = Σ edges_t      du_t = w δ_t      dh0 = δ_0
 *   dots are derivatives by w:   ż_t = ḣ_{t-1}      ḣ_t = z_t + w ż_t      δ̇_{t-1} = δ_t + w δ̇_t
 *   ddw = Σ δ̇_t z_t + δ_t ż_t
 * </pre>
 */
public record ScalarRnn(
        double[] z, double[] h, double y, double[] edges, double dw, double[] du, double dh0, double ddw) {
    /** Forwards and backwards through every step. */
    public static ScalarRnn of(double[] u, double w, double h0) {
        int T = u.length;
        double[] z = new double[T];
        double[] zDot = new double[T];
        double[] h = new double[T];
        double state = h0;
        double stateDot = 0;
        for (int t = 0; t < T; t++) {
            z[t] = u[t] + state;
            zDot[t] = stateDot;
            h[t] = w * z[t];
            state = h[t];
            stateDot = z[t] + w * zDot[t];
        }
        double[] edges = new double[T];
        double[] du = new double[T];
        double delta = 1;
        double deltaDot = 0;
        double dw = 0;
        double ddw = 0;
        for (int t = T - 1; t >= 0; t--) {
            edges[t] = delta * z[t];
            du[t] = w * delta;
            dw += edges[t];
            ddw += deltaDot * z[t] + delta * zDot[t];
            deltaDot = delta + w * deltaDot;
            delta = w * delta;
        }
        return new ScalarRnn(z, h, state, edges, dw, du, delta, ddw);
    }
}
