package org.goldgrad.properties.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Recurrent networks with a loss: regression at every step, and a classifier on the last. */
final class Dl4jTasks {
    private Dl4jTasks() {}

    static Reply regression(Inputs inputs) {
        Regression regression = new Regression(inputs);
        INDArray prediction = regression.activate(
                Rnn.forward(Dl4jVanilla.activation(inputs), inputs).run(Sequences.of(inputs.array("x"))));
        return new Reply.Answered(
                Outputs.of("prediction", Sequences.copy(prediction)).and("loss", Array.scalar(regression.loss())));
    }

    static Reply regressionGradient(Inputs inputs) {
        Rnn rnn = Rnn.of(Dl4jVanilla.activation(inputs), inputs);
        Regression regression = new Regression(inputs);
        regression.activate(rnn.activate(Sequences.of(inputs.array("x")), inputs.array("h0")));
        INDArray dh = regression.backprop(inputs.scalar("dloss"), Sequences.of(inputs.array("dprediction")));
        return new Reply.Answered(rnn.backprop(dh)
                .outputs()
                .and("dF", regression.linear().gradient("W", inputs.array("F")))
                .and("df", regression.linear().gradient("b", inputs.array("f"))));
    }

    static Reply classifier(Inputs inputs) {
        Classifier classifier = new Classifier(inputs);
        return new Reply.Answered(Outputs.of("logp", Nd4jArrays.copy(classifier.logp()))
                .and("loss", Array.scalar(classifier.loss.score())));
    }

    static Reply classifierGradient(Inputs inputs) {
        Classifier classifier = new Classifier(inputs);
        INDArray dlogits = classifier
                .loss
                .backprop()
                .mul(inputs.scalar("dloss") / inputs.array("labels").size())
                .add(classifier.ofLogp(Nd4jArrays.of(inputs.array("dlogp"))));
        Map<String, INDArray> named =
                classifier.rnn.backprop(classifier.linear.backprop(dlogits)).named();
        named.keySet().removeAll(List.of("dx", "dh0"));
        return new Reply.Answered(Rnn.outputs(named)
                .and("dF", classifier.linear.gradient("W", inputs.array("F")))
                .and("df", classifier.linear.gradient("b", inputs.array("f"))));
    }

    /** LastTimeStep of SimpleRnn, DenseLayer, and LossLayer with softmax; logp is ND4J's log_softmax. */
    private static final class Classifier {
        final Rnn rnn;
        final Part linear;
        final Part loss;
        final INDArray logits;

        Classifier(Inputs inputs) {
            Array F = inputs.array("F");
            rnn = Rnn.of(Activation.TANH, inputs, LastTimeStep::new);
            linear = Part.of(new DenseLayer.Builder()
                            .nIn(F.size(0))
                            .nOut(F.size(1))
                            .activation(Activation.IDENTITY)
                            .build())
                    .with("W", Nd4jArrays.of(F))
                    .with("b", Nd4jArrays.of(inputs.array("f")));
            loss = Part.of(new LossLayer.Builder(LossFunction.MCXENT)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .labelled(oneHot(inputs.array("labels"), F.size(1)));
            logits = linear.activate(rnn.activate(Sequences.of(inputs.array("x")), inputs.array("h0")))
                    .dup();
            loss.activate(logits);
        }

        INDArray logp() {
            return Nd4jArrays.run(
                    DynamicCustomOp.builder("log_softmax").addInputs(logits).addIntegerArguments(1))[0];
        }

        INDArray ofLogp(INDArray dlogp) {
            return Nd4jArrays.run(DynamicCustomOp.builder("log_softmax_bp")
                    .addInputs(logits, dlogp)
                    .addIntegerArguments(1))[0];
        }

        private static INDArray oneHot(Array labels, int classes) {
            INDArray rows = Nd4j.zeros(DataType.DOUBLE, labels.size(), classes);
            for (int i = 0; i < labels.size(); i++) {
                rows.putScalar(i, (int) labels.at(i), 1);
            }
            return rows;
        }
    }
}
