package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** How much of the loss arrives at each step: SameDiff's gradients by the states, and their norms by ND4J. */
final class Nd4jGradientFlow {
    private static final Unrolled VANILLA = Unrolled.over(List.of("x"), Nd4jGradientFlow::vanilla);
    private static final Unrolled LSTM = Unrolled.over(List.of("x"), Nd4jGradientFlow::lstm);

    private Nd4jGradientFlow() {}

    /** The bound is ours, from ND4J's norms: it says what theory allows, and no framework computes it. */
    static Reply vanilla(Inputs inputs) {
        int T = inputs.array("x").size(0);
        int from = firstTarget(inputs);
        List<String> states = Unrolled.nodes("h", T);
        List<String> read = Unrolled.nodes("read", T).subList(from, T);
        List<String> both = Stream.concat(states.stream(), read.stream()).toList();
        double slope = inputs.convention("nonlinearity").equals("sigmoid") ? 0.25 : 1;
        double factor = slope * operatorNorm(inputs.array("W"));
        return VANILLA.differentiated(inputs, withInput(both), values -> {
            double[] bound = new double[T];
            double later = 0;
            for (int t = T - 1; t >= 0; t--) {
                double own = t < from ? 0 : norm(values.gradientArray(read.get(t - from)));
                later = own + factor * later;
                bound[t] = later;
            }
            return Outputs.of("norms", norms(values, states)).and("bound", Array.vector(bound));
        });
    }

    static Reply lstm(Inputs inputs) {
        List<String> states = Unrolled.nodes("h", inputs.array("x").size(0));
        return LSTM.differentiated(inputs, withInput(states), values -> Outputs.of("norms", norms(values, states)));
    }

    /** These nodes and an input, as M2.1 differentiates by nodes alone only where the loss is but one operation away. */
    private static List<String> withInput(List<String> nodes) {
        return Stream.concat(Stream.of("h0"), nodes.stream()).toList();
    }

    /** The largest singular value, by the operation svd without its factors; it fails on a single number. */
    private static double operatorNorm(Array matrix) {
        if (matrix.size() == 1) {
            return norm(Nd4jArrays.of(matrix));
        }
        int switchNumber = 16;
        INDArray[] values = Nd4jArrays.run(DynamicCustomOp.builder("svd")
                .addInputs(Nd4jArrays.of(matrix))
                .addIntegerArguments(0, 0, switchNumber));
        return values[0].maxNumber().doubleValue();
    }

    private static Array norms(Graph.Values values, List<String> states) {
        return Array.vector(states.stream()
                .mapToDouble(state -> norm(values.gradientArray(state)))
                .toArray());
    }

    private static double norm(INDArray array) {
        return array.norm2Number().doubleValue();
    }

    private static int firstTarget(Inputs inputs) {
        return inputs.convention("targets").equals("last") ? inputs.array("x").size(0) - 1 : 0;
    }

    private static void vanilla(Net net) {
        loss(net, Cell.of(net, net::nonlinearity).run("h", net.parts("x"), net.input("h0")));
    }

    /** The mean squared error of the targets; what the loss reads of a state is a node of its own. */
    private static void loss(Net net, List<SDVariable> states) {
        SDVariable F = net.input("F");
        SDVariable f = net.input("f");
        List<SDVariable> z = net.parts("z");
        int from = firstTarget(net.like());
        List<SDVariable> predictions = new ArrayList<>();
        for (int t = from; t < z.size(); t++) {
            SDVariable read = net.node("read", t + 1, states.get(t));
            predictions.add(Net.linear(read, F, f));
        }
        net.loss(Losses.meanSquaredError(net, net.stack(z.subList(from, z.size())), net.stack(predictions)));
    }

    /** Unrolled, as lstmLayer gives no gradients by its states. */
    private static void lstm(Net net) {
        Gates gates = Gates.of(net, net.input("U"), net.input("W"), net.input("b"));
        SDVariable h = net.input("h0");
        SDVariable c = net.input("c0");
        List<SDVariable> states = new ArrayList<>();
        for (SDVariable xt : net.parts("x")) {
            SDVariable i = net.graph().nn().sigmoid(gates.at('i', xt, h));
            SDVariable f = net.graph().nn().sigmoid(gates.at('f', xt, h));
            SDVariable o = net.graph().nn().sigmoid(gates.at('o', xt, h));
            SDVariable g = net.graph().math().tanh(gates.at('g', xt, h));
            c = f.mul(c).add(i.mul(g));
            h = net.node("h", states.size() + 1, net.graph().math().tanh(c).mul(o));
            states.add(h);
        }
        loss(net, states);
    }
}
