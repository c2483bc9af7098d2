package org.goldgrad.properties.nd4j;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.Regularization.ApplyStep;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/** Optimizers: ND4J's updaters, called as its training loop calls them. */
final class Nd4jOptimization {
    private Nd4jOptimization() {}

    /** Every group has an updater of its own. */
    static Reply adam(Inputs inputs) {
        int steps = inputs.array("g").size(0);
        int groups = inputs.array("g").size(1);
        int d = inputs.array("g").size(2);
        double[] m = new double[steps * groups * d];
        double[] v = m.clone();
        double[] theta = m.clone();
        for (int group = 0; group < groups; group++) {
            AdamUpdater updater = updater(inputs, group, d);
            double lr = inputs.array("lr").at(group);
            Regularization decay = decay(inputs, group);
            INDArray parameters = row(inputs.array("theta0"), group, d);
            for (int t = 0; t < steps; t++) {
                int at = (t * groups + group) * d;
                INDArray update = row(inputs.array("g"), t * groups + group, d);
                step(updater, decay, lr, t, parameters, update);
                System.arraycopy(state(updater, "M"), 0, m, at, d);
                System.arraycopy(state(updater, "V"), 0, v, at, d);
                System.arraycopy(Nd4jArrays.elements(parameters), 0, theta, at, d);
            }
        }
        int[] shape = inputs.array("g").shape();
        return new Reply.Answered(
                Outputs.of("m", Array.of(shape, m)).and("v", Array.of(shape, v)).and("theta", Array.of(shape, theta)));
    }

    /**
     * One iteration of ND4J's training loop, for which t counts from 0: the updater turns the gradient into the update
     * in place, regularization is added before or after as it says itself, and the update is subtracted.
     */
    private static void step(
            AdamUpdater updater, Regularization decay, double lr, int t, INDArray parameters, INDArray update) {
        if (decay.applyStep() == ApplyStep.BEFORE_UPDATER) {
            decay.apply(parameters, update, lr, t, 0);
        }
        updater.applyUpdater(update, t, 0);
        if (decay.applyStep() == ApplyStep.POST_UPDATER) {
            decay.apply(parameters, update, lr, t, 0);
        }
        parameters.subi(update);
    }

    private static AdamUpdater updater(Inputs inputs, int group, int d) {
        AdamUpdater updater = new AdamUpdater(Adam.builder()
                .learningRate(inputs.array("lr").at(group))
                .beta1(inputs.array("beta1").at(group))
                .beta2(inputs.array("beta2").at(group))
                .epsilon(inputs.array("eps").at(group))
                .build());
        Map<String, INDArray> zeros = new HashMap<>();
        zeros.put("M", Nd4j.zeros(DataType.DOUBLE, d));
        zeros.put("V", Nd4j.zeros(DataType.DOUBLE, d));
        updater.setState(zeros, true);
        return updater;
    }

    private static double[] state(AdamUpdater updater, String name) {
        return Nd4jArrays.elements(
                Objects.requireNonNull(updater.getState().get(name), () -> "AdamUpdater has no " + name));
    }

    /** Coupled decay is L2 regularization; decoupled decay is multiplied by the rate or not. */
    private static Regularization decay(Inputs inputs, int group) {
        double lambda = inputs.array("weight_decay").at(group);
        String decay = inputs.convention("decay");
        return decay.equals("coupled")
                ? new L2Regularization(lambda)
                : new WeightDecay(lambda, decay.equals("decoupled"));
    }

    /** Row i of an array of rows of length d. */
    private static INDArray row(Array array, int i, int d) {
        double[] row = new double[d];
        System.arraycopy(array.elements(), i * d, row, 0, d);
        return Nd4jArrays.of(Array.vector(row));
    }
}
