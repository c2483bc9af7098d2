package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.optimization.Momentum;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.optimization.Rate;

/** {@code optimization.momentum}: gradient descent with a velocity. */
public final class MomentumOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 1.1";

    private static final Convention RATE = new Convention(
            "rate",
            "Where the learning rate enters",
            choices(),
            "Keras sgd.py (inside); PyTorch SGD, https://github.com/PaddlePaddle/Paddle/pull/12231 (outside)");

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.momentum", "Momentum")
            .formula("""
                    rate=inside    v_t = α v_{t-1} + ε g_t      θ_t = θ_{t-1} - v_t
                    rate=outside   v_t = α v_{t-1} + g_t        θ_t = θ_{t-1} - ε v_t          v_0 = 0""")
            .source(SOURCE + "; Polyak 1964")
            .input("theta0", "parameters", Domain.REAL)
            .input("g", "steps,parameters", Domain.SPREAD)
            .setting("alpha", "", Domain.DECAY)
            .setting("epsilon", "", Domain.POSITIVE)
            .output("v", "steps,parameters")
            .output("theta", "steps,parameters")
            .size("steps", 1, 6)
            .convention(RATE)
            .definition(Momentum::define)
            .reference(MomentumOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "momentum-is-running-average",
                            "with α = β and ε = (1-β)δ, momentum and the raw running average take the same steps for every "
                                    + "gradient sequence; with α ≠ β or ε ≠ (1-β)δ some sequence tells them apart (δ ≠ 0, β < 1)",
                            SOURCE,
                            MomentumOperation::isRunningAverage),
                    holds(
                            "momentum-recursion",
                            "Δθ_t = α Δθ_{t-1} - ε g_t, whichever side the rate is on",
                            SOURCE,
                            MomentumOperation::recursion))
            .example(
                    "nine steps of gradients from 2^-33 to 2^33",
                    Inputs.empty()
                            .with("theta0", 1, -2, 0.5, 3, -0.25)
                            .with("g", Gradients.spread(9, 5))
                            .with("alpha", 0.875)
                            .with("epsilon", 0x1p-5))
            .declare();

    private MomentumOperation() {}

    private static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("inside", "the velocity contains the rate: v = αv + εg, θ -= v (Sutskever, Keras)");
        choices.put("outside", "the rate multiplies the velocity: v = αv + g, θ -= εv (PyTorch, Paddle)");
        return choices;
    }

    private static Outputs refer(Inputs in) {
        var rule = new org.goldgrad.reference.optimization.Momentum(
                in.scalar("alpha"),
                in.scalar("epsilon"),
                in.convention("rate").equals("inside") ? Rate.INSIDE : Rate.OUTSIDE);
        return Trajectory.of(in, rule, "v", "theta");
    }

    private static List<Mistake> mistakes() {
        return List.of(
                mistake(
                                "buffer-reset-every-step",
                                "starts the velocity from zero at every step",
                                "v_t = εg_t instead of αv_{t-1} + εg_t",
                                new Wrong(Slip.RESET))
                        .seenIn("https://github.com/kozistr/pytorch_optimizer/pull/516"),
                mistake(
                        "dampened",
                        "multiplies the gradient by 1 - α",
                        "v_t = αv_{t-1} + (1-α)εg_t",
                        new Wrong(Slip.DAMPENED)),
                mistake(
                                "dampened-first-step-only",
                                "dampens the first step only",
                                "v_1 = (1-α)εg_1",
                                new Wrong(Slip.DAMPENED_FIRST))
                        .seenIn("https://github.com/ml-explore/mlx/pull/473"),
                mistake(
                        "steps-along-the-old-velocity",
                        "moves before it updates the velocity",
                        "θ_t = θ_{t-1} - v_{t-1}",
                        new Wrong(Slip.OLD)),
                mistake(
                                "nesterov",
                                "looks ahead as Nesterov does",
                                "θ_t = θ_{t-1} - (αv_t + εg_t)",
                                new Wrong(Slip.NESTEROV))
                        .seenIn("https://github.com/PaddlePaddle/Paddle/pull/12231"),
                mistake("ascends", "adds the step", "θ_t = θ_{t-1} + v_t", new Wrong(Slip.ASCENT)),
                mistake(
                        "rate-applied-twice",
                        "multiplies by the rate in the velocity and again in the step",
                        "v_t = αv_{t-1} + εg_t, θ_t = θ_{t-1} - εv_t",
                        new Wrong(Slip.TWICE)),
                mistake(
                        "rate-ignored",
                        "ignores the rate",
                        "ε = 1",
                        Twist.input(Momentum::define, "epsilon", Twist.constant(1))),
                mistake(
                        "momentum-ignored",
                        "takes a momentum of its own",
                        "α = 1/2, whatever was asked",
                        Twist.input(Momentum::define, "alpha", Twist.constant(0.5))),
                mistake(
                        "gradients-in-reverse",
                        "takes the gradients from last to first",
                        "g_{T+1-t} in place of g_t",
                        Twist.input(Momentum::define, "g", Twist.reversed())));
    }

    private static Check isRunningAverage(Subject subject, Draw draw) {
        Inputs drawn = RunningAverageOperation.OPERATION.inputs(draw, Map.of("correction", "raw"));
        double beta = drawn.scalar("beta");
        double delta = drawn.scalar("delta");
        double epsilon = (1 - beta) * delta; // exact: both are tidy
        Inputs same = new Inputs(Map.of(), Map.of(), Map.of("rate", "inside"))
                .with("theta0", drawn.array("theta0"))
                .with("g", drawn.array("g"))
                .with("alpha", beta)
                .with("epsilon", epsilon);
        Measured average = subject.ask(RunningAverageOperation.OPERATION, drawn);
        Measured momentum = subject.ask(OPERATION, same);
        Check check = momentum.agrees(Check.NOTHING_YET, "theta", average, "theta");

        // The converse, on the sequence (1, 0): Δθ_1 fixes ε, Δθ_2 fixes α.
        double alpha = beta == 0.5 ? 0.75 : 0.5;
        Array tell = Array.of(new int[] {2, 1}, 1, 0);
        Array start = Array.vector(0);
        Array other = subject.ask(
                        OPERATION, same.with("theta0", start).with("g", tell).with("alpha", alpha))
                .array("theta");
        Array mine = subject.ask(
                        RunningAverageOperation.OPERATION,
                        drawn.with("theta0", start).with("g", tell))
                .array("theta");
        return check.that("α ≠ β gives another second step", other.at(1) != mine.at(1));
    }

    private static Check recursion(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        Measured answer = subject.ask(OPERATION, in);
        Array theta = answer.array("theta");
        Array g = in.array("g");
        int d = g.size(1);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < theta.size(); i++) {
            double before = i < d ? in.array("theta0").at(i) : theta.at(i - d);
            double twoBefore = i < d ? before : i < 2 * d ? in.array("theta0").at(i - d) : theta.at(i - 2 * d);
            double step = in.scalar("alpha") * (before - twoBefore) - in.scalar("epsilon") * g.at(i);
            double allowed = answer.allowed("theta", i)
                    + (i < d ? 0 : 2 * answer.allowed("theta", i - d))
                    + (i < 2 * d ? 0 : answer.allowed("theta", i - 2 * d))
                    + 4 * Math.ulp(Math.abs(step) + Math.abs(before) + Math.abs(theta.at(i)));
            check = check.near("Δθ" + theta.index(i), theta.at(i) - before, step, allowed);
        }
        return check;
    }

    private enum Slip {
        RESET,
        DAMPENED,
        DAMPENED_FIRST,
        OLD,
        NESTEROV,
        ASCENT,
        TWICE
    }

    /** The rule with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            boolean inside = q.convention("rate").equals("inside");
            R alpha = q.scalar("alpha");
            R epsilon = q.scalar("epsilon");
            R one = q.arithmetic().one();
            Tensor<R> theta = q.tensor("theta0");
            Tensor<R> v = Twist.zero().of(theta);
            List<Tensor<R>> vs = new ArrayList<>();
            List<Tensor<R>> thetas = new ArrayList<>();
            for (Tensor<R> g : q.tensor("g").slices()) {
                boolean dampened = slip == Slip.DAMPENED || (slip == Slip.DAMPENED_FIRST && vs.isEmpty());
                Tensor<R> old = v;
                Tensor<R> push = inside || slip == Slip.TWICE ? g.times(epsilon) : g;
                Tensor<R> kept = slip == Slip.RESET ? Twist.zero().of(v) : v.times(alpha);
                v = kept.plus(dampened ? push.times(one.minus(alpha)) : push);
                Tensor<R> way = switch (slip) {
                    case OLD -> old;
                    case NESTEROV -> v.times(alpha).plus(push);
                    case ASCENT -> v.map(R::negate);
                    default -> v;
                };
                theta = theta.minus(inside && slip != Slip.TWICE ? way : way.times(epsilon));
                vs.add(v);
                thetas.add(theta);
            }
            return Answer.of("v", Tensor.stack(vs)).and("theta", Tensor.stack(thetas));
        }
    }
}
