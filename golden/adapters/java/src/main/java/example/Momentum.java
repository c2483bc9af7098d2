package example;

/**
 * Gradient descent with momentum, the rate inside the velocity.
 *
 * <pre>
 *   v ← αv + εg      θ ← θ - v
 * </pre>
 */
public record Momentum(double alpha, double epsilon) {
    public record State(double[] theta, double[] v) {}

    public State step(State before, double[] g) {
        double[] theta = before.theta().clone();
        double[] v = before.v().clone();
        for (int j = 0; j < g.length; j++) {
            v[j] = alpha * v[j] + epsilon * g[j];
            theta[j] -= v[j];
        }
        return new State(theta, v);
    }
}
