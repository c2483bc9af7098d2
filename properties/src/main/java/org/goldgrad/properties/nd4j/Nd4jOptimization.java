package org.goldgrad.properties.nd4j;

import java.util.Optional;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.nd4j.Nd4jUpdater.Step;
import org.goldgrad.properties.operation.Reply;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.Regularization.ApplyStep;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * Optimizers: ND4J's updaters, called as SameDiff's training loop calls them, one for every group. States are set to what the
 * question begins with: of themselves RmsProp would begin at ε and AdaGrad at 1e-6.
 */
final class Nd4jOptimization {
    private final Group group;
    private final Nd4jUpdater description;
    private final GradientUpdater<?> updater;
    private final Optional<Regularization> decay;
    private final double lr;
    private final INDArray parameters;

    private Nd4jOptimization(Group group, Nd4jUpdater description) {
        this.group = group;
        this.description = description;
        IUpdater configuration = description.configuration().apply(group);
        updater = instantiated(configuration, group.size());
        updater.getState().values().forEach(state -> state.assign(0));
        description.begin(group, updater.getState());
        decay = decay(group);
        lr = configuration.hasLearningRate() ? configuration.getLearningRate(0, 0) : 1;
        parameters = group.row("theta0");
    }

    static Reply answer(Nd4jUpdater updater, Inputs inputs) {
        Nd4jArrays.start();
        Optional<String> refusal = updater.refusal().apply(inputs);
        if (refusal.isPresent()) {
            return new Reply.Declined(refusal.get());
        }
        Trace trace = new Trace(inputs);
        for (Group group : Group.all(inputs)) {
            Nd4jOptimization training = new Nd4jOptimization(group, updater);
            for (int t = 0; t < Group.steps(inputs); t++) {
                training.step(t, trace);
            }
        }
        return new Reply.Answered(trace.outputs());
    }

    /** As SameDiff makes them. */
    private static GradientUpdater<?> instantiated(IUpdater configuration, int size) {
        long states = configuration.stateSize(size);
        INDArray none = null;
        return configuration.instantiate(states == 0 ? none : Nd4j.zeros(DataType.DOUBLE, 1, states), true);
    }

    /**
     * One iteration, counted from 0 or from where a question resumes: the updater turns the gradient into the update in place,
     * regularization is added before or after as it says itself, and the update is subtracted.
     */
    private void step(int t, Trace trace) {
        int iteration = Group.iteration(group.inputs(), t);
        INDArray update = group.gradient(t, parameters);
        decay(ApplyStep.BEFORE_UPDATER, update, iteration);
        INDArray gradient = update.dup();
        updater.applyUpdater(update, iteration, 0);
        Step step = new Step(updater.getState(), gradient, update.dup());
        decay(ApplyStep.POST_UPDATER, update, iteration);
        parameters.subi(update);
        description.outputs().forEach((name, array) -> trace.put(name, t, group.index(), array.apply(step)));
        trace.put("theta", t, group.index(), parameters);
    }

    private void decay(ApplyStep when, INDArray update, int iteration) {
        decay.filter(regularization -> regularization.applyStep() == when)
                .ifPresent(regularization -> regularization.apply(parameters, update, lr, iteration, 0));
    }

    /** Coupled decay is L2 regularization; decoupled decay is multiplied by the rate or not. */
    private static Optional<Regularization> decay(Group group) {
        return switch (group.decay()) {
            case "coupled" -> Optional.of(new L2Regularization(group.setting("weight_decay")));
            case "decoupled" -> Optional.of(new WeightDecay(group.setting("weight_decay"), true));
            case "unscaled" -> Optional.of(new WeightDecay(group.setting("weight_decay"), false));
            default -> Optional.empty(); // the rule has no decay
        };
    }
}
