package org.goldgrad.properties.dl4j;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional.Mode;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Bidirectional of SimpleRnn: in the mode CONCAT for the two directions, in another for what they merge into. */
final class Dl4jBidirectional {
    private static final Map<String, Mode> MODES = Map.of("sum", Mode.ADD, "mean", Mode.AVERAGE, "product", Mode.MUL);

    private Dl4jBidirectional() {}

    static Reply layer(Inputs inputs) {
        int hidden = inputs.array("bf").size();
        INDArray both = new Layer(inputs, Mode.CONCAT).activate();
        INDArray merged = new Layer(inputs, merge(inputs)).activate();
        return new Reply.Answered(Outputs.of("hf", Sequences.copy(Sequences.part(both, 0, hidden)))
                .and("hb", Sequences.copy(Sequences.part(both, hidden, 2L * hidden)))
                .and("merged", Sequences.copy(merged)));
    }

    /** The gradients through hf and hb and those through what they merge into add up. */
    static Reply layerGradient(Inputs inputs) {
        Layer both = new Layer(inputs, Mode.CONCAT);
        both.activate();
        Map<String, INDArray> named =
                both.backprop(Sequences.beside(Sequences.of(inputs.array("dhf")), Sequences.of(inputs.array("dhb"))));
        Layer merged = new Layer(inputs, merge(inputs));
        merged.activate();
        merged.backprop(Sequences.of(inputs.array("dmerged")))
                .forEach((name, gradient) -> named.merge(name, gradient, INDArray::add));
        return new Reply.Answered(Rnn.outputs(named));
    }

    private static Mode merge(Inputs inputs) {
        return Objects.requireNonNull(MODES.get(inputs.convention("merge")));
    }

    /**
     * With states that come in as inputs, as in {@link Rnn}: that of the forward direction beside a sequence's first
     * step, that of the backward direction beside its last.
     */
    private static final class Layer {
        private final Inputs inputs;
        private final Part part;
        private final int features;
        private final int hidden;

        Layer(Inputs inputs, Mode mode) {
            this.inputs = inputs;
            features = inputs.array("Uf").size(0);
            hidden = inputs.array("Uf").size(1);
            INDArray x = Sequences.of(inputs.array("x"));
            Activation activation = Dl4jVanilla.activation(inputs);
            part = Part.of(new Bidirectional(mode, Rnn.description(activation, features + 2 * hidden, hidden)));
            INDArray none = Nd4j.zeros(DataType.DOUBLE, hidden, hidden);
            INDArray Wf = Nd4jArrays.of(inputs.array("Wf"));
            INDArray Wb = Nd4jArrays.of(inputs.array("Wb"));
            part.with("fW", Sequences.below(Nd4jArrays.of(inputs.array("Uf")), Wf, none))
                    .with("fRW", Wf)
                    .with("fb", Nd4jArrays.of(inputs.array("bf")))
                    .with("bW", Sequences.below(Nd4jArrays.of(inputs.array("Ub")), none, Wb))
                    .with("bRW", Wb)
                    .with("bb", Nd4jArrays.of(inputs.array("bb")))
                    .masked(Sequences.mask(inputs.array("lengths"), x.size(2)));
        }

        INDArray activate() {
            INDArray x = Sequences.of(inputs.array("x"));
            INDArray first = Sequences.zeros(x.size(0), hidden, x.size(2));
            Sequences.add(first, 0, Nd4jArrays.of(inputs.array("hf0")));
            INDArray last = Sequences.zeros(x.size(0), hidden, x.size(2));
            INDArray hb0 = Nd4jArrays.of(inputs.array("hb0"));
            for (int i = 0; i < x.size(0); i++) {
                for (int j = 0; j < hidden; j++) {
                    last.putScalar(i, j, end(i), hb0.getDouble(i, j));
                }
            }
            return part.activate(Sequences.beside(x, first, last));
        }

        private int end(int sequence) {
            return (int) inputs.array("lengths").at(sequence) - 1;
        }

        Map<String, INDArray> backprop(INDArray epsilon) {
            INDArray dinput = part.backprop(epsilon);
            INDArray dhb0 = Nd4j.zeros(DataType.DOUBLE, dinput.size(0), hidden);
            for (int i = 0; i < dinput.size(0); i++) {
                for (int j = 0; j < hidden; j++) {
                    dhb0.putScalar(i, j, dinput.getDouble(i, features + hidden + j, end(i)));
                }
            }
            INDArray forward = part.gradient("fW");
            INDArray backward = part.gradient("bW");
            int own = features + hidden;
            Map<String, INDArray> named = new LinkedHashMap<>();
            named.put("dx", Sequences.part(dinput, 0, features).permute(2, 0, 1));
            named.put(
                    "dhf0",
                    Sequences.part(Sequences.steps(dinput, 0, 1), features, own).reshape(dinput.size(0), hidden));
            named.put("dhb0", dhb0);
            named.put("dUf", Sequences.rows(forward, 0, features));
            named.put("dWf", part.gradient("fRW").add(Sequences.rows(forward, features, own)));
            named.put("dbf", part.gradient("fb").reshape(hidden));
            named.put("dUb", Sequences.rows(backward, 0, features));
            named.put("dWb", part.gradient("bRW").add(Sequences.rows(backward, own, own + hidden)));
            named.put("dbb", part.gradient("bb").reshape(hidden));
            return named;
        }
    }

    static Reply regression(Inputs inputs) {
        Regressed network = new Regressed(inputs);
        return new Reply.Answered(Outputs.of("y", Sequences.copy(network.y)).and("loss", Array.scalar(network.loss())));
    }

    static Reply regressionGradient(Inputs inputs) {
        return new Reply.Answered(
                new Regressed(inputs).backprop(inputs.scalar("dloss"), Sequences.of(inputs.array("dy"))));
    }

    /** Bidirectional, a linear layer without bias on both directions, and RnnLossLayer with a sum of squares. */
    private static final class Regressed {
        private final Inputs inputs;
        private final Part both;
        private final Part linear;
        private final Part loss;
        final INDArray y;

        Regressed(Inputs inputs) {
            this.inputs = inputs;
            Array U = inputs.array("Uf");
            both = Part.of(new Bidirectional(Mode.CONCAT, Rnn.description(Activation.SIGMOID, U.size(0), U.size(1))));
            for (String direction : List.of("f", "b")) {
                both.with(direction + "W", Nd4jArrays.of(inputs.array("U" + direction)))
                        .with(direction + "RW", Nd4jArrays.of(inputs.array("W" + direction)));
            }
            linear = Regression.linear(2 * U.size(1), inputs.array("z").size(2), false)
                    .with("W", Sequences.below(Nd4jArrays.of(inputs.array("Vf")), Nd4jArrays.of(inputs.array("Vb"))));
            loss = Regression.loss(LossFunction.L2).labelled(Sequences.of(inputs.array("z")));
            y = linear.activate(both.activate(Sequences.of(inputs.array("x"))));
            loss.activate(y);
        }

        /** The score is a mean over the batch. */
        double loss() {
            return loss.score() * y.size(0);
        }

        Outputs backprop(double dloss, INDArray dy) {
            INDArray dx =
                    both.backprop(linear.backprop(loss.backprop().mul(dloss).add(dy)));
            int hidden = inputs.array("Vf").size(0);
            INDArray dV = linear.gradient("W");
            Outputs outputs = Outputs.of("dx", Sequences.copy(dx))
                    .and("dVf", Nd4jArrays.copy(Sequences.rows(dV, 0, hidden)))
                    .and("dVb", Nd4jArrays.copy(Sequences.rows(dV, hidden, 2L * hidden)));
            for (String direction : List.of("f", "b")) {
                outputs = outputs.and("dU" + direction, both.gradient(direction + "W", inputs.array("U" + direction)))
                        .and("dW" + direction, both.gradient(direction + "RW", inputs.array("W" + direction)));
            }
            return outputs;
        }
    }
}
