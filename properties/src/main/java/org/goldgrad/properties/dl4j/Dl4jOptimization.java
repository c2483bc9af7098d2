package org.goldgrad.properties.dl4j;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.nd4j.Group;
import org.goldgrad.properties.nd4j.Nd4jUpdater;
import org.goldgrad.properties.nd4j.Nd4jUpdater.Step;
import org.goldgrad.properties.nd4j.Trace;
import org.goldgrad.properties.operation.Reply;

/**
 * Optimizers: a network with a layer for every group, which has an updater and a decay of its own. States begin as
 * Deeplearning4j begins them, but for those that the question gives.
 */
final class Dl4jOptimization {
    private Dl4jOptimization() {}

    static Reply answer(Nd4jUpdater updater, Inputs inputs) {
        Optional<String> refusal = updater.refusal().apply(inputs);
        if (refusal.isPresent()) {
            return new Reply.Declined(refusal.get());
        }
        List<Group> groups = Group.all(inputs);
        Training training = training(updater, groups);
        Trace trace = new Trace(inputs);
        for (int t = 0; t < Group.steps(inputs); t++) {
            for (Group group : groups) {
                int i = group.index();
                training.gradient(i).assign(group.gradient(t, training.parameters(i)));
            }
            training.step(Group.iteration(inputs, t));
            for (Group group : groups) {
                write(trace, t, group.index(), updater, training);
            }
        }
        return new Reply.Answered(trace.outputs());
    }

    private static void write(Trace trace, int t, int i, Nd4jUpdater updater, Training training) {
        Step step = new Step(training.states(i), training.gradient(i), training.gradient(i));
        updater.outputs().forEach((name, array) -> trace.put(name, t, i, array.apply(step)));
        trace.put("theta", t, i, training.parameters(i));
    }

    private static Training training(Nd4jUpdater updater, List<Group> groups) {
        List<DenseLayer> layers = new ArrayList<>();
        for (Group group : groups) {
            DenseLayer.Builder layer = Training.layer(group.size(), 1)
                    .updater(updater.configuration().apply(group));
            decay(layer, group);
            layers.add(layer.build());
        }
        Training training = Training.of(layers);
        for (Group group : groups) {
            training.parameters(group.index()).assign(group.row("theta0"));
            updater.begin(group, training.states(group.index()));
        }
        return training;
    }

    /** Coupled decay is L2 regularization; decoupled decay is multiplied by the rate or not. */
    private static void decay(DenseLayer.Builder layer, Group group) {
        switch (group.decay()) {
            case "coupled" -> layer.l2(group.setting("weight_decay"));
            case "decoupled" -> layer.weightDecay(group.setting("weight_decay"), true);
            case "unscaled" -> layer.weightDecay(group.setting("weight_decay"), false);
            default -> {} // the rule has no decay
        }
    }
}
