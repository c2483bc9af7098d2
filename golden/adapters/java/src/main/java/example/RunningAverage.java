package example;

/**
 * Descent along a running average of the gradient, with or without its bias removed.
 *
 * <pre>
 *   v ← βv + (1-β)g      raw  θ ← θ - δv      corrected  θ ← θ - δ v/(1-βᵗ)      t counts from 1
 * </pre>
 */
public record RunningAverage(double beta, double delta, boolean corrected) {
    public record State(double[] theta, double[] v, int t) {}

    public State step(State before, double[] g) {
        double[] theta = before.theta().clone();
        double[] v = before.v().clone();
        int t = before.t() + 1;
        double correction = corrected ? 1 - Math.pow(beta, t) : 1;
        for (int j = 0; j < g.length; j++) {
            v[j] = beta * v[j] + (1 - beta) * g[j];
            theta[j] -= delta * v[j] / correction;
        }
        return new State(theta, v, t);
    }
}
