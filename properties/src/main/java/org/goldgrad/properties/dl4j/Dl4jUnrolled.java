package org.goldgrad.properties.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Recurrences for which there is no layer, unrolled: of DenseLayer, ActivationLayer and ElementWiseVertex. */
final class Dl4jUnrolled {
    private Dl4jUnrolled() {}

    static Reply residual(Inputs inputs) {
        return new Reply.Answered(Outputs.of("h", steps(new Blocks(inputs).h)));
    }

    static Reply residualGradient(Inputs inputs) {
        Blocks blocks = new Blocks(inputs);
        INDArray dh = null;
        Array upstream = inputs.array("dh");
        for (int t = blocks.dense.size() - 1; t >= 0; t--) {
            INDArray at = Nd4jArrays.of(Sequences.take(upstream, t));
            INDArray[] terms = blocks.sums.get(t).backprop(dh == null ? at : at.add(dh));
            dh = blocks.dense.get(t).backprop(terms[0]).add(terms[1]);
        }
        List<INDArray> dW = new ArrayList<>();
        List<INDArray> db = new ArrayList<>();
        for (Part dense : blocks.dense) {
            dW.add(dense.gradient("W"));
            db.add(dense.gradient("b").reshape(inputs.array("b").size(1)));
        }
        return new Reply.Answered(Outputs.of("dh0", Nd4jArrays.copy(Objects.requireNonNull(dh)))
                .and("dW", steps(dW))
                .and("db", steps(db)));
    }

    /** A DenseLayer for each block, whose output an ElementWiseVertex adds to its input. */
    private static final class Blocks {
        final List<Part> dense = new ArrayList<>();
        final List<Sum> sums = new ArrayList<>();
        final List<INDArray> h = new ArrayList<>();

        Blocks(Inputs inputs) {
            int hidden = inputs.array("b").size(1);
            INDArray state = Nd4jArrays.of(inputs.array("h0"));
            for (int t = 0; t < inputs.array("b").size(0); t++) {
                Part block = linear(hidden, hidden, Dl4jVanilla.activation(inputs))
                        .with("W", Nd4jArrays.of(Sequences.take(inputs.array("W"), t)))
                        .with("b", Nd4jArrays.of(Sequences.take(inputs.array("b"), t)));
                Sum sum = new Sum();
                state = sum.activate(block.activate(state), state);
                dense.add(block);
                sums.add(sum);
                h.add(state);
            }
        }
    }

    /** ElementWiseVertex with the operation Add, of two. */
    private static final class Sum {
        private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

        private final ElementWiseVertex vertex = new ElementWiseVertex(
                null, "sum", 0, new VertexIndices[2], new VertexIndices[1], ElementWiseVertex.Op.Add, DataType.DOUBLE);

        INDArray activate(INDArray left, INDArray right) {
            vertex.setInput(0, left, WORKSPACES);
            vertex.setInput(1, right, WORKSPACES);
            return vertex.doForward(true, WORKSPACES).dup();
        }

        INDArray[] backprop(INDArray epsilon) {
            vertex.setEpsilon(epsilon);
            return vertex.doBackward(false, WORKSPACES).getSecond();
        }
    }

    static Reply preactivation(Inputs inputs) {
        return new Reply.Answered(Outputs.of("h", steps(new Preactivations(inputs).h)));
    }

    static Reply preactivationGradient(Inputs inputs) {
        return new Reply.Answered(new Preactivations(inputs).backprop(inputs.array("dh")));
    }

    /** h_t = [φ(h_{t-1}), x_t] [W; U] + b by one DenseLayer for all steps, φ by an ActivationLayer. */
    private static final class Preactivations {
        private final int features;
        private final int hidden;
        private final Part linear;
        private final Part phi;
        private final List<INDArray> states = new ArrayList<>();
        private final List<INDArray> into = new ArrayList<>();
        final List<INDArray> h = new ArrayList<>();

        Preactivations(Inputs inputs) {
            features = inputs.array("U").size(0);
            hidden = inputs.array("U").size(1);
            linear = linear(hidden + features, hidden, Activation.IDENTITY)
                    .with("W", Sequences.below(Nd4jArrays.of(inputs.array("W")), Nd4jArrays.of(inputs.array("U"))))
                    .with("b", Nd4jArrays.of(inputs.array("b")));
            phi = Part.of(new ActivationLayer(Dl4jVanilla.activation(inputs)));
            INDArray state = Nd4jArrays.of(inputs.array("h0"));
            for (int t = 0; t < inputs.array("x").size(0); t++) {
                states.add(state);
                into.add(Nd4j.concat(1, phi.activate(state), Nd4jArrays.of(Sequences.take(inputs.array("x"), t))));
                state = linear.activate(into.get(t)).dup();
                h.add(state);
            }
        }

        /** Each layer is given again what it was given in the step. */
        Outputs backprop(Array upstream) {
            INDArray dh = null;
            List<INDArray> dx = new ArrayList<>();
            for (int t = into.size() - 1; t >= 0; t--) {
                INDArray at = Nd4jArrays.of(Sequences.take(upstream, t));
                linear.activate(into.get(t));
                INDArray dinto = linear.backprop(dh == null ? at : at.add(dh)).transpose();
                dx.add(0, Sequences.rows(dinto, hidden, hidden + features).transpose());
                phi.activate(states.get(t));
                dh = phi.backprop(Sequences.rows(dinto, 0, hidden).transpose());
            }
            INDArray weights = linear.gradient("W");
            return Outputs.of("dx", steps(dx))
                    .and("dh0", Nd4jArrays.copy(Objects.requireNonNull(dh)))
                    .and("dU", Nd4jArrays.copy(Sequences.rows(weights, hidden, hidden + features)))
                    .and("dW", Nd4jArrays.copy(Sequences.rows(weights, 0, hidden)))
                    .and("db", Nd4jArrays.copy(linear.gradient("b").reshape(hidden)));
        }
    }

    private static Part linear(int from, int to, Activation activation) {
        return Part.of(new DenseLayer.Builder()
                .nIn(from)
                .nOut(to)
                .activation(activation)
                .build());
    }

    private static Array steps(List<INDArray> steps) {
        return Nd4jArrays.copy(Nd4j.stack(0, steps.toArray(INDArray[]::new)));
    }
}
