package org.goldgrad.properties.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.constraint.UnitNormConstraint;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.nd4j.Nd4jArrays;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Clipping by GradientNormalization, in a network with a layer for every tensor, and projections by constraints. */
final class Dl4jClipping {
    /** The norm is that of a whole matrix: of both its dimensions. */
    private static final int[] WHOLE = {0, 1};

    private Dl4jClipping() {}

    static Reply byNorm(Inputs inputs) {
        return clipped(inputs, GradientNormalization.ClipL2PerLayer);
    }

    static Reply byValue(Inputs inputs) {
        return clipped(inputs, GradientNormalization.ClipElementWiseAbsoluteValue);
    }

    /** An updater that does nothing leaves the gradient as it was clipped. */
    private static Reply clipped(Inputs inputs, GradientNormalization how) {
        Array g = inputs.array("g");
        List<DenseLayer> layers = new ArrayList<>();
        for (int i = 0; i < g.size(0); i++) {
            layers.add(Training.layer(g.size(1), 1)
                    .updater(new NoOp())
                    .gradientNormalization(how)
                    .gradientNormalizationThreshold(inputs.scalar("limit"))
                    .build());
        }
        Training training = Training.of(layers);
        INDArray rows = Nd4jArrays.of(g);
        for (int i = 0; i < g.size(0); i++) {
            training.gradient(i).assign(rows.getRow(i));
        }
        training.step(0);
        INDArray[] clipped = new INDArray[g.size(0)];
        for (int i = 0; i < g.size(0); i++) {
            clipped[i] = training.gradient(i);
        }
        return new Reply.Answered(Outputs.of("clipped", Nd4jArrays.copy(Nd4j.stack(0, clipped))));
    }

    static Reply toBall(Inputs inputs) {
        return constrained(inputs, new MaxNormConstraint(inputs.scalar("radius"), WHOLE));
    }

    static Reply toSphere(Inputs inputs) {
        return inputs.scalar("radius") == 1
                ? constrained(inputs, new UnitNormConstraint(WHOLE))
                : new Reply.Declined("Deeplearning4j's UnitNormConstraint has radius 1.");
    }

    /** After a step along a gradient of 0. */
    private static Reply constrained(Inputs inputs, LayerConstraint constraint) {
        Array W = inputs.array("W");
        Training training = Training.of(List.of(Training.layer(W.size(0), W.size(1))
                .updater(new NoOp())
                .constrainWeights(constraint)
                .build()));
        training.parameters(0).assign(Nd4j.toFlattened('f', Nd4jArrays.of(W)).reshape(W.size()));
        training.gradient(0).assign(0);
        training.step(0);
        INDArray projected = training.parameters(0).dup().reshape('f', W.size(0), W.size(1));
        return new Reply.Answered(Outputs.of("projected", Nd4jArrays.copy(projected)));
    }
}
