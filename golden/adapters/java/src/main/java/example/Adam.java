package example;

/**
 * AdamW: Adam with decoupled weight decay (Kingma and Ba 2015, Algorithm 1; Loshchilov and Hutter 2019).
 *
 * <pre>
 *   m ← β₁m + (1-β₁)g       m̂ = m/(1-β₁ᵗ)      t counts from 1
 *   v ← β₂v + (1-β₂)g²      v̂ = v/(1-β₂ᵗ)      θ ← θ - α m̂/(√v̂ + ε) - αλθ
 * </pre>
 */
public record Adam(double lr, double beta1, double beta2, double eps, double weightDecay) {
    public record State(double[] theta, double[] m, double[] v, int t) {}

    public State step(State before, double[] g) {
        double[] theta = before.theta().clone();
        double[] m = before.m().clone();
        double[] v = before.v().clone();
        int t = before.t() + 1;
        for (int j = 0; j < g.length; j++) {
            m[j] = beta1 * m[j] + (1 - beta1) * g[j];
            v[j] = beta2 * v[j] + (1 - beta2) * g[j] * g[j];
            double mHat = m[j] / (1 - Math.pow(beta1, t));
            double vHat = v[j] / (1 - Math.pow(beta2, t));
            theta[j] -= lr * mHat / (Math.sqrt(vHat) + eps) + lr * weightDecay * theta[j];
        }
        return new State(theta, m, v, t);
    }
}
