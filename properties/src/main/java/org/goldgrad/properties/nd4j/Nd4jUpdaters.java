package org.goldgrad.properties.nd4j;

import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.AdaMax;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * All updaters of ND4J but AdaBelief and NoOp, for which nobody asks. In release 1.0.0-M2.1 each is a native operation, such as
 * adam_updater, to which the Java class of that name hands its settings and states and does nothing besides.
 */
final class Nd4jUpdaters {
    /** Without momentum the velocity is the gradient, decay included. */
    static final Nd4jUpdater SGD = Nd4jUpdater.of(group -> new Sgd(group.setting("lr")))
            .output("v", Nd4jUpdater.Step::gradient)
            .only("dampening", dampening -> dampening == 0, "ND4J's Sgd has no dampening.")
            .only("momentum", momentum -> momentum == 0, "ND4J's Sgd has no momentum.");

    /** What it keeps is the velocity's negative. */
    static final Nd4jUpdater NESTEROVS = Nd4jUpdater.of(
                    group -> new Nesterovs(group.setting("lr"), group.setting("momentum")))
            .output("v", step -> step.state("V").neg());

    static final Nd4jUpdater ADAM = moments(Adam::new).state("m", "M").state("v", "V");

    /** From any state and step: without ε it does not matter that ND4J has it elsewhere than the question. */
    static final Nd4jUpdater ADAM_RESUMED = ADAM.beginning("M", "m0")
            .beginning("V", "v0")
            .only("eps", eps -> eps == 0, "ND4J's Adam has ε beside the root of the uncorrected second moment.")
            .only("present", present -> present == 1, "ND4J's training loop has a gradient for every parameter.");

    static final Nd4jUpdater AMSGRAD =
            moments(AMSGrad::new).state("m", "M").state("v", "V").state("w", "V_HAT");

    static final Nd4jUpdater NADAM = moments(Nadam::new).state("m", "M").state("v", "V");

    /** Its state V is u; it takes an ε and does nothing with it. */
    static final Nd4jUpdater ADAMAX = moments(AdaMax::new).state("m", "M").state("u", "V");

    /** Without momentum the buffer, which contains the rate, is the update. */
    static final Nd4jUpdater RMSPROP = Nd4jUpdater.of(
                    group -> new RmsProp(group.setting("lr"), group.setting("rho"), group.setting("eps")))
            .state("v", "G")
            .output("b", Nd4jUpdater.Step::update)
            .only("momentum", momentum -> momentum == 0, "ND4J's RmsProp has no momentum.");

    static final Nd4jUpdater ADAGRAD = Nd4jUpdater.of(group -> new AdaGrad(group.setting("lr"), group.setting("eps")))
            .state("v", "grad")
            .beginning("grad", "v0");

    static final Nd4jUpdater ADADELTA = Nd4jUpdater.of(
                    group -> new AdaDelta(group.setting("rho"), group.setting("eps")))
            .state("v", "msg")
            .state("u", "msdx")
            .only("lr", lr -> lr == 1, "ND4J's AdaDelta has no learning rate.");

    private Nd4jUpdaters() {}

    /** Those with two moments have the same settings in the same order. */
    private interface Moments {
        IUpdater of(double lr, double beta1, double beta2, double eps);
    }

    private static Nd4jUpdater moments(Moments updater) {
        return Nd4jUpdater.of(group ->
                updater.of(group.setting("lr"), group.setting("beta1"), group.setting("beta2"), group.setting("eps")));
    }
}
