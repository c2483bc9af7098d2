package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The scalar recurrent network, which SameDiff unrolls and differentiates. */
final class Nd4jScalar {
    private static final Graphs RECURRENCES = new Graphs();

    private Nd4jScalar() {}

    /** The recurrence as a graph, and its gradients by SameDiff. */
    static Reply scalar(Inputs inputs) {
        int T = inputs.array("u").size();
        Map<String, INDArray> placeholders = new HashMap<>();
        for (String name : List.of("u", "w", "h0")) {
            placeholders.put(name, Nd4jArrays.of(inputs.array(name)));
            placeholders.put("tangent " + name, Nd4jArrays.of(inputs.array(name)));
        }
        Graph.Values values = RECURRENCES.of(List.of(T), () -> recurrence(T)).run(placeholders);
        Array h = steps(T, t -> values.output("h" + t));
        return new Reply.Answered(Outputs.of("z", steps(T, t -> values.output("z" + t)))
                .and("h", h)
                .and("y", Array.scalar(h.at(T - 1)))
                .and("edges", steps(T, t -> values.gradient("w" + t)))
                .and("dw", values.gradient("w"))
                .and("du", values.gradient("u"))
                .and("dh0", values.gradient("h0"))
                .and("ddw", values.gradient("tangent w")));
    }

    /**
     * Two graphs in one, with no variable in common, so that one pass differentiates both.
     *
     * <pre>
     *   z_t = u_t + h_{t−1}     h_t = w_t z_t           w_t a copy of w for every step; loss h_T
     *   p_t = z_t + w p_{t−1}   p_t = dh_t/dw, p_0 = 0  loss p_T
     * </pre>
     *
     * <p>SameDiff cannot differentiate a gradient. The second derivative is had as its users have it: the first one,
     * p_T, written out as a graph and differentiated once. Inputs are unstacked: the gradient of slices of a 1×T matrix
     * is wrong in M2.1, all of it arrives at the first element.
     */
    private static Graph recurrence(int T) {
        SameDiff graph = SameDiff.create();
        List<String> outputs = new ArrayList<>();
        List<String> gradients = new ArrayList<>(List.of("w", "u", "h0", "tangent w"));
        SDVariable[] u = graph.unstack(graph.placeHolder("u", DataType.DOUBLE, T), 0, T);
        SDVariable w = graph.placeHolder("w", DataType.DOUBLE);
        SDVariable h = graph.placeHolder("h0", DataType.DOUBLE);
        for (int t = 1; t <= T; t++) {
            SDVariable z = u[t - 1].add("z" + t, h);
            h = graph.identity("w" + t, w).mul("h" + t, z);
            outputs.addAll(List.of("z" + t, "h" + t));
            gradients.add("w" + t);
        }
        h.markAsLoss();

        u = graph.unstack(graph.placeHolder("tangent u", DataType.DOUBLE, T), 0, T);
        w = graph.placeHolder("tangent w", DataType.DOUBLE);
        h = graph.placeHolder("tangent h0", DataType.DOUBLE);
        SDVariable p = graph.constant(Nd4jArrays.of(Array.scalar(0)));
        for (int t = 1; t <= T; t++) {
            SDVariable z = u[t - 1].add(h);
            h = w.mul(z);
            p = z.add(w.mul(p));
        }
        p.markAsLoss();
        return Graph.of(graph, outputs, gradients);
    }

    /** The scalars of steps 1 … T as one vector. */
    private static Array steps(int T, IntFunction<Array> scalar) {
        return Array.vector(IntStream.rangeClosed(1, T)
                .mapToDouble(t -> scalar.apply(t).value())
                .toArray());
    }
}
