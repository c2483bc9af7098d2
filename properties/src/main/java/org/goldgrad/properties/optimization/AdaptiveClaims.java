package org.goldgrad.properties.optimization;

import java.util.Arrays;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of optimizers that divide by a memory of the gradients: AMSGrad, NAdam, AdaMax, RMSprop, Adagrad, Adadelta. */
final class AdaptiveClaims {
    private AdaptiveClaims() {}

    private static DoubleDouble of(double x) {
        return DoubleDouble.ARITHMETIC.of(x);
    }

    /** An output whose every element follows from the elements of g at its own parameter, as a closed form. */
    private static Check closedForm(
            Subject subject, Operation optimizer, Inputs in, String output, IntToDoubleFunction form) {
        double[] expected = new double[in.array("g").size()];
        Arrays.setAll(expected, form);
        return subject.ask(optimizer, in).agrees(Check.NOTHING_YET, output, expected);
    }

    /** Only the first step of a question. */
    private static Inputs first(Operation optimizer, Draw draw, Map<String, String> variant) {
        return optimizer.signature().take(optimizer.inputs(draw, variant), "steps", 0);
    }

    /** θ_1 = θ_0 − step, by parameter. */
    private static Check firstStep(
            Subject subject, Operation optimizer, Inputs in, java.util.function.IntFunction<DoubleDouble> step) {
        return closedForm(
                subject,
                optimizer,
                in,
                "theta",
                i -> of(in.array("theta0").at(i)).minus(step.apply(i)).doubleValue());
    }

    static Check divisorGrows(Subject subject, Draw draw) {
        Operation amsGrad = AmsGradOperation.OPERATION;
        Inputs in = amsGrad.inputs(draw);
        Measured answer = subject.ask(amsGrad, in);
        int each = in.array("theta0").size();
        Check check = Check.NOTHING_YET;
        for (int i = each; i < answer.array("w").size(); i++) {
            double allowed = answer.allowed("w", i) + answer.allowed("w", i - each);
            check = check.atMost(
                    "w" + answer.array("w").index(i - each) + " before",
                    answer.at("w", i - each),
                    answer.at("w", i),
                    allowed);
        }
        return check;
    }

    /** Gradients made to grow: the magnitude of each step's is doubled until it is no less than the one before. */
    static Check amsGradIsAdam(Subject subject, Draw draw) {
        Operation amsGrad = AmsGradOperation.OPERATION;
        Inputs drawn = amsGrad.inputs(draw, Map.of("maximum", "raw"));
        Array g = drawn.array("g");
        int each = drawn.array("theta0").size();
        for (int i = each; i < g.size(); i++) {
            double before = Math.abs(g.at(i - each));
            double sign = g.at(i) < 0 ? -1 : 1;
            g = Math.abs(g.at(i)) >= before ? g : g.with(i, sign * before);
        }
        Inputs in = drawn.with("g", g);
        Inputs adam = new Inputs(in.arrays(), Map.of(), Map.of("epsilon", "outside", "decay", "decoupled"))
                .with("weight_decay", in.array("lr").map(x -> 0));
        return subject.ask(amsGrad, in)
                .agrees(Check.NOTHING_YET, "theta", subject.ask(AdamOperation.OPERATION, adam), "theta");
    }

    static Check nadamWithoutMomentum(Subject subject, Draw draw) {
        Operation nadam = NadamOperation.OPERATION;
        Inputs drawn = nadam.inputs(draw);
        Inputs in = drawn.with("beta1", drawn.array("beta1").map(x -> 0));
        Inputs adam = Inputs.empty()
                .withConvention("epsilon", "outside")
                .withConvention("decay", "decoupled")
                .with("weight_decay", in.array("lr").map(x -> 0));
        for (String name : new String[] {"theta0", "g", "lr", "beta1", "beta2", "eps"}) {
            adam = adam.with(name, in.array(name));
        }
        return subject.ask(nadam, in)
                .agrees(Check.NOTHING_YET, "theta", subject.ask(AdamOperation.OPERATION, adam), "theta");
    }

    static Check nadamFirstStep(Subject subject, Draw draw) {
        Operation nadam = NadamOperation.OPERATION;
        Inputs in = first(nadam, draw, Map.of("schedule", "same"));
        return firstStep(subject, nadam, in, i -> {
            DoubleDouble g = of(in.array("g").at(i));
            return g.times(GroupClaims.setting(in, "lr", i))
                    .times(1 + GroupClaims.setting(in, "beta1", i)) // exact: settings are tidy
                    .dividedBy(g.abs().plus(GroupClaims.setting(in, "eps", i)));
        });
    }

    static Check adaMaxUnrolled(Subject subject, Draw draw) {
        Operation adaMax = AdaMaxOperation.OPERATION;
        Inputs in = adaMax.inputs(draw, Map.of("epsilon", draw.of("beside", "uncorrected", "none")));
        int each = in.array("theta0").size();
        return closedForm(subject, adaMax, in, "u", i -> {
            DoubleDouble largest = of(0);
            for (int t = i % each; t <= i; t += each) {
                DoubleDouble kept = of(GroupClaims.setting(in, "beta2", i)).pow((i - t) / each);
                largest = largest.max(kept.times(Math.abs(in.array("g").at(t))));
            }
            return largest.doubleValue();
        });
    }

    static Check adaMaxFirstStep(Subject subject, Draw draw) {
        Operation adaMax = AdaMaxOperation.OPERATION;
        Inputs in = first(adaMax, draw, Map.of("epsilon", "none"));
        return firstStep(
                subject,
                adaMax,
                in,
                i -> of(Math.copySign(
                        GroupClaims.setting(in, "lr", i), in.array("g").at(i))));
    }

    static Check rmsPropUnrolled(Subject subject, Draw draw) {
        Operation rmsProp = RmsPropOperation.OPERATION;
        Inputs in = rmsProp.inputs(draw);
        int each = in.array("theta0").size();
        return closedForm(subject, rmsProp, in, "v", i -> {
            DoubleDouble rho = of(GroupClaims.setting(in, "rho", i));
            DoubleDouble sum = of(0);
            for (int t = i % each; t <= i; t += each) {
                sum = sum.plus(
                        rho.pow((i - t) / each).times(of(in.array("g").at(t)).square()));
            }
            return of(1).minus(rho).times(sum).doubleValue();
        });
    }

    static Check rmsPropPlacement(Subject subject, Draw draw) {
        Operation rmsProp = RmsPropOperation.OPERATION;
        Inputs in = rmsProp.inputs(draw);
        Measured outside = subject.ask(rmsProp, in.withConvention("rate", "outside"));
        Measured inside = subject.ask(rmsProp, in.withConvention("rate", "inside"));
        Check check = inside.agrees(Check.NOTHING_YET, "theta", outside, "theta");
        for (int i = 0; i < inside.array("b").size(); i++) {
            double lr = GroupClaims.setting(in, "lr", i);
            double allowed = inside.allowed("b", i) + lr * outside.allowed("b", i) + Math.ulp(inside.at("b", i));
            check = check.near("b" + inside.array("b").index(i), inside.at("b", i), lr * outside.at("b", i), allowed);
        }
        return check;
    }

    static Check rmsPropScale(Subject subject, Draw draw) {
        Operation rmsProp = RmsPropOperation.OPERATION;
        Inputs in = rmsProp.inputs(draw);
        double c = Math.scalb(1 + draw.choice(4) / 4.0, draw.choice(21) - 10);
        double ofEpsilon = in.convention("epsilon").equals("outside") ? c : c * c;
        Inputs scaled = in.with("g", in.array("g").map(g -> c * g))
                .with("eps", in.array("eps").map(e -> ofEpsilon * e));
        return subject.ask(rmsProp, scaled).agrees(Check.NOTHING_YET, "theta", subject.ask(rmsProp, in), "theta");
    }

    static Check adaGradUnrolled(Subject subject, Draw draw) {
        Operation adaGrad = AdaGradOperation.OPERATION;
        Inputs in = adaGrad.inputs(draw);
        int each = in.array("theta0").size();
        return closedForm(subject, adaGrad, in, "v", i -> {
            DoubleDouble sum = of(GroupClaims.setting(in, "v0", i));
            for (int t = i % each; t <= i; t += each) {
                sum = sum.plus(of(in.array("g").at(t)).square());
            }
            return sum.doubleValue();
        });
    }

    static Check adaGradBound(Subject subject, Draw draw) {
        Operation adaGrad = AdaGradOperation.OPERATION;
        Inputs in = adaGrad.inputs(draw);
        Measured answer = subject.ask(adaGrad, in);
        int each = in.array("theta0").size();
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < answer.array("theta").size(); i++) {
            double before = i < each ? in.array("theta0").at(i) : answer.at("theta", i - each);
            double allowed = answer.allowed("theta", i)
                    + (i < each ? 0 : answer.allowed("theta", i - each))
                    + Math.ulp(Math.abs(before) + Math.abs(answer.at("theta", i)));
            double moved = Math.abs(answer.at("theta", i) - before);
            check = check.atMost(
                    "|Δθ|" + answer.array("theta").index(i), moved, GroupClaims.setting(in, "lr", i), allowed);
        }
        return check;
    }

    static Check adaDeltaFirstStep(Subject subject, Draw draw) {
        Operation adaDelta = AdaDeltaOperation.OPERATION;
        Inputs in = first(adaDelta, draw, Map.of());
        return firstStep(subject, adaDelta, in, i -> {
            DoubleDouble g = of(in.array("g").at(i));
            DoubleDouble eps = of(GroupClaims.setting(in, "eps", i));
            DoubleDouble v = of(1).minus(GroupClaims.setting(in, "rho", i)).times(g.square());
            return g.times(eps.sqrt())
                    .times(GroupClaims.setting(in, "lr", i))
                    .dividedBy(v.plus(eps).sqrt());
        });
    }

    static Check adaDeltaScale(Subject subject, Draw draw) {
        Operation adaDelta = AdaDeltaOperation.OPERATION;
        Inputs in = adaDelta.inputs(draw);
        double c = Math.scalb(1.0, draw.choice(21) - 10);
        Inputs scaled = in.with("g", in.array("g").map(g -> c * g));
        return subject.ask(adaDelta, scaled).agrees(Check.NOTHING_YET, "theta", subject.ask(adaDelta, in), "theta");
    }
}
