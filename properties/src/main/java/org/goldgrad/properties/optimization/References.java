package org.goldgrad.properties.optimization;

import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.reference.optimization.AdaDelta;
import org.goldgrad.reference.optimization.AdaGrad;
import org.goldgrad.reference.optimization.AdaMax;
import org.goldgrad.reference.optimization.Adam;
import org.goldgrad.reference.optimization.AmsGrad;
import org.goldgrad.reference.optimization.Decay;
import org.goldgrad.reference.optimization.Epsilon;
import org.goldgrad.reference.optimization.Momentum;
import org.goldgrad.reference.optimization.Nadam;
import org.goldgrad.reference.optimization.Nesterov;
import org.goldgrad.reference.optimization.Rate;
import org.goldgrad.reference.optimization.RmsProp;
import org.goldgrad.reference.optimization.RunningAverage;
import org.goldgrad.reference.optimization.Sgd;

/** What the reference optimizers answer: their settings by our names, their choices by our conventions. */
final class References {
    private References() {}

    static Outputs momentum(Inputs in) {
        Rate rate = Convention.chosen(in, "rate", Rate.class);
        return Courses.of(in, of -> new Momentum(of.setting("alpha"), of.setting("epsilon"), rate), "v");
    }

    static Outputs runningAverage(Inputs in) {
        boolean corrected = in.convention("correction").equals("corrected");
        return Courses.of(in, of -> new RunningAverage(of.setting("delta"), of.setting("beta"), corrected), "v");
    }

    static Outputs sgd(Inputs in) {
        Sgd.First first = Convention.chosen(in, "first_step", Sgd.First.class);
        Decay decay = Convention.chosen(in, "decay", Decay.class);
        return Courses.of(
                in,
                of -> new Sgd(
                        of.setting("lr"),
                        of.setting("momentum"),
                        of.setting("dampening"),
                        of.setting("weight_decay"),
                        first,
                        decay),
                "v");
    }

    static Outputs nesterov(Inputs in) {
        Nesterov.Form form = Convention.chosen(in, "form", Nesterov.Form.class);
        return Courses.nesterov(in, of -> new Nesterov(of.setting("lr"), of.setting("momentum"), form));
    }

    private static Adam adam(Courses.Settings of, Adam.Placement placement, Decay decay) {
        return new Adam(
                of.setting("lr"),
                of.setting("beta1"),
                of.setting("beta2"),
                of.setting("eps"),
                of.setting("weight_decay"),
                placement,
                decay);
    }

    static Outputs adam(Inputs in) {
        Adam.Placement placement = Convention.chosen(in, "epsilon", Adam.Placement.class);
        Decay decay = Convention.chosen(in, "decay", Decay.class);
        return Courses.of(in, of -> adam(of, placement, decay), "m", "v");
    }

    static Outputs adamResumed(Inputs in) {
        return Courses.resumed(in, of -> adam(of, Adam.Placement.OUTSIDE, Decay.DECOUPLED), "m", "v");
    }

    static Outputs amsGrad(Inputs in) {
        AmsGrad.Maximum maximum = Convention.chosen(in, "maximum", AmsGrad.Maximum.class);
        return Courses.of(
                in,
                of -> new AmsGrad(
                        of.setting("lr"), of.setting("beta1"), of.setting("beta2"), of.setting("eps"), maximum),
                "m",
                "v",
                "w");
    }

    static Outputs nadam(Inputs in) {
        Nadam.Schedule schedule = Convention.chosen(in, "schedule", Nadam.Schedule.class);
        return Courses.of(
                in,
                of -> new Nadam(
                        of.setting("lr"),
                        of.setting("beta1"),
                        of.setting("beta2"),
                        of.setting("eps"),
                        of.setting("psi"),
                        schedule),
                "m",
                "v");
    }

    static Outputs adaMax(Inputs in) {
        AdaMax.Placement placement = Convention.chosen(in, "epsilon", AdaMax.Placement.class);
        return Courses.of(
                in,
                of -> new AdaMax(
                        of.setting("lr"), of.setting("beta1"), of.setting("beta2"), of.setting("eps"), placement),
                "m",
                "u");
    }

    static Outputs rmsProp(Inputs in) {
        boolean centered = in.convention("centered").equals("centered");
        Epsilon placement = Convention.chosen(in, "epsilon", Epsilon.class);
        Rate rate = Convention.chosen(in, "rate", Rate.class);
        return Courses.of(
                in,
                of -> new RmsProp(
                        of.setting("lr"),
                        of.setting("rho"),
                        of.setting("eps"),
                        of.setting("momentum"),
                        centered,
                        placement,
                        rate),
                "v",
                "b");
    }

    static Outputs adaGrad(Inputs in) {
        Epsilon placement = Convention.chosen(in, "epsilon", Epsilon.class);
        return Courses.of(in, of -> new AdaGrad(of.setting("lr"), of.setting("eps"), of.setting("v0"), placement), "v");
    }

    static Outputs adaDelta(Inputs in) {
        return Courses.of(in, of -> new AdaDelta(of.setting("lr"), of.setting("rho"), of.setting("eps")), "v", "u");
    }
}
