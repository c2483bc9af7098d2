package example;

import java.util.Arrays;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** What Goldgrad asks, in this project's terms. */
final class Textbook implements Implementation {
    @Override
    public String name() {
        return "textbook";
    }

    @Override
    public String version() {
        return "1.0, Java " + Runtime.version().feature();
    }

    @Override
    public Format format() {
        return Format.BINARY64;
    }

    /** What is built in; the other conventions are settings here, and follow the question. */
    @Override
    public Map<String, String> conventions(Operation operation) {
        return switch (operation.id()) {
            case "recurrent.lstm" -> Map.of("gate_order", "ifgo");
            case "optimization.momentum" -> Map.of("rate", "inside");
            case "optimization.adam" -> Map.of("epsilon", "outside", "decay", "decoupled");
            default -> Map.of();
        };
    }

    @Override
    public Reply answer(Operation operation, Inputs in) {
        return switch (operation.id()) {
            case "recurrent.scalar" -> new Reply.Answered(scalar(in));
            case "recurrent.lstm" -> new Reply.Answered(lstm(in));
            case "optimization.momentum" -> new Reply.Answered(momentum(in));
            case "optimization.running_average" -> new Reply.Answered(runningAverage(in));
            case "optimization.adam" -> new Reply.Answered(adam(in));
            case "normalization.layer_norm" -> new Reply.Answered(layerNorm(in));
            case "regularization.ridge_solution" -> new Reply.Answered(ridge(in));
            default -> new Reply.Declined("not written yet");
        };
    }

    private static Outputs scalar(Inputs in) {
        ScalarRnn rnn = ScalarRnn.of(in.array("u").elements(), in.scalar("w"), in.scalar("h0"));
        return Outputs.of("z", Array.vector(rnn.z()))
                .and("h", Array.vector(rnn.h()))
                .and("y", Array.scalar(rnn.y()))
                .and("edges", Array.vector(rnn.edges()))
                .and("dw", Array.scalar(rnn.dw()))
                .and("du", Array.vector(rnn.du()))
                .and("dh0", Array.scalar(rnn.dh0()))
                .and("ddw", Array.scalar(rnn.ddw()));
    }

    /** x is time×batch×features, U features×4×hidden. */
    private static Outputs lstm(Inputs in) {
        double[][] x = rows(in.array("x"), 2);
        double[][] h0 = rows(in.array("h0"), 1);
        double[][] c0 = rows(in.array("c0"), 1);
        int batch = h0.length;
        int hidden = h0[0].length;
        Lstm layer = new Lstm(
                rows(in.array("U"), 1), rows(in.array("W"), 1), in.array("b").elements());
        double[][] h = new double[x.length][];
        double[][] c = new double[batch][];
        for (int k = 0; k < batch; k++) {
            Lstm.State state = new Lstm.State(h0[k], c0[k]);
            for (int i = k; i < x.length; i += batch) {
                state = layer.step(x[i], state);
                h[i] = state.h();
            }
            c[k] = state.c();
        }
        return Outputs.of("h", array(h, x.length / batch, batch, hidden)).and("c", array(c, batch, hidden));
    }

    private static Outputs momentum(Inputs in) {
        Momentum rule = new Momentum(in.scalar("alpha"), in.scalar("epsilon"));
        double[][] g = rows(in.array("g"), 1);
        double[][] v = new double[g.length][];
        double[][] theta = new double[g.length][];
        Momentum.State state = new Momentum.State(in.array("theta0").elements(), new double[g[0].length]);
        for (int t = 0; t < g.length; t++) {
            state = rule.step(state, g[t]);
            v[t] = state.v();
            theta[t] = state.theta();
        }
        int[] shape = in.array("g").shape();
        return Outputs.of("v", array(v, shape)).and("theta", array(theta, shape));
    }

    private static Outputs runningAverage(Inputs in) {
        boolean corrected = in.convention("correction").equals("corrected");
        RunningAverage rule = new RunningAverage(in.scalar("beta"), in.scalar("delta"), corrected);
        double[][] g = rows(in.array("g"), 1);
        double[][] v = new double[g.length][];
        double[][] theta = new double[g.length][];
        RunningAverage.State state =
                new RunningAverage.State(in.array("theta0").elements(), new double[g[0].length], 0);
        for (int t = 0; t < g.length; t++) {
            state = rule.step(state, g[t]);
            v[t] = state.v();
            theta[t] = state.theta();
        }
        int[] shape = in.array("g").shape();
        return Outputs.of("v", array(v, shape)).and("theta", array(theta, shape));
    }

    /** g is steps×groups×parameters, and every group has settings of its own. */
    private static Outputs adam(Inputs in) {
        double[][] g = rows(in.array("g"), 2);
        double[][] theta0 = rows(in.array("theta0"), 1);
        double[][] m = new double[g.length][];
        double[][] v = new double[g.length][];
        double[][] theta = new double[g.length][];
        for (int group = 0; group < theta0.length; group++) {
            Adam rule = new Adam(
                    in.array("lr").at(group),
                    in.array("beta1").at(group),
                    in.array("beta2").at(group),
                    in.array("eps").at(group),
                    in.array("weight_decay").at(group));
            int parameters = theta0[group].length;
            Adam.State state = new Adam.State(theta0[group], new double[parameters], new double[parameters], 0);
            for (int i = group; i < g.length; i += theta0.length) {
                state = rule.step(state, g[i]);
                m[i] = state.m();
                v[i] = state.v();
                theta[i] = state.theta();
            }
        }
        int[] shape = in.array("g").shape();
        return Outputs.of("m", array(m, shape)).and("v", array(v, shape)).and("theta", array(theta, shape));
    }

    /** x is batch×time×features. */
    private static Outputs layerNorm(Inputs in) {
        double[][] x = rows(in.array("x"), 2);
        double[][] y = new double[x.length][];
        double[] mean = new double[x.length];
        double[] variance = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            LayerNorm sample = LayerNorm.of(
                    x[i], in.array("gamma").elements(), in.array("beta").elements(), in.scalar("eps"));
            y[i] = sample.y();
            mean[i] = sample.mean();
            variance[i] = sample.variance();
        }
        int[] shape = in.array("x").shape();
        int[] samples = Arrays.copyOf(shape, 2);
        return Outputs.of("y", array(y, shape))
                .and("mean", Array.of(samples, mean))
                .and("variance", Array.of(samples, variance));
    }

    private static Outputs ridge(Inputs in) {
        double[] w = Ridge.solution(rows(in.array("X"), 1), in.array("y").elements(), in.scalar("lambda"));
        return Outputs.of("w", Array.vector(w));
    }

    /** An array as one row for each index of its first axes, which end before this one. */
    private static double[][] rows(Array array, int axis) {
        int count = 1;
        for (int i = 0; i < axis; i++) {
            count *= array.size(i);
        }
        int length = array.size() / count;
        double[][] rows = new double[count][];
        for (int i = 0; i < count; i++) {
            rows[i] = Arrays.copyOfRange(array.elements(), i * length, (i + 1) * length);
        }
        return rows;
    }

    /** Rows as an array of this shape. */
    private static Array array(double[][] rows, int... shape) {
        return Array.of(
                shape, Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray());
    }
}
