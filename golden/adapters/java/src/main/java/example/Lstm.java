package example;

/**
 * A long short-term memory layer; its gates are packed in the order i, f, g, o.
 *
 * <pre>
 *   i, f, o = sigmoid(x U + h W + b)      g = tanh(x U + h W + b)
 *   c = f ⊙ c + i ⊙ g                     h = tanh(c) ⊙ o
 *   U  features×4·hidden      W  hidden×4·hidden      b  length 4·hidden
 * </pre>
 */
public record Lstm(double[][] U, double[][] W, double[] b) {
    /** What one step hands to the next. */
    public record State(double[] h, double[] c) {}

    /** One step of one sequence. */
    public State step(double[] x, State before) {
        double[] z = b.clone();
        addProduct(z, x, U);
        addProduct(z, before.h(), W);
        int hidden = before.h().length;
        double[] h = new double[hidden];
        double[] c = new double[hidden];
        for (int j = 0; j < hidden; j++) {
            double i = sigmoid(z[j]);
            double f = sigmoid(z[hidden + j]);
            double g = Math.tanh(z[2 * hidden + j]);
            double o = sigmoid(z[3 * hidden + j]);
            c[j] = f * before.c()[j] + i * g;
            h[j] = Math.tanh(c[j]) * o;
        }
        return new State(h, c);
    }

    /** z += x A. */
    private static void addProduct(double[] z, double[] x, double[][] A) {
        for (int k = 0; k < x.length; k++) {
            for (int j = 0; j < z.length; j++) {
                z[j] += x[k] * A[k][j];
            }
        }
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
