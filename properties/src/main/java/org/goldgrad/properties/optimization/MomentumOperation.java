package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
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

/** {@code optimization.momentum}: gradient descent with a velocity. */
public final class MomentumOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 1.1";

    private static final Convention RATE = Convention.of(
            "rate",
            "Where the learning rate enters",
            "Keras sgd.py (inside); PyTorch SGD, https://github.com/PaddlePaddle/Paddle/pull/12231 (outside)",
            "inside",
            "the velocity contains the rate: v = αv + εg, θ -= v (Sutskever, Keras)",
            "outside",
            "the rate multiplies the velocity: v = αv + g, θ -= εv (PyTorch, Paddle)");

    private static final Inputs EXAMPLE = Inputs.empty()
            .with("theta0", 1, -2, 0.5, 3, -0.25)
            .with("g", Gradients.spread(9, 5))
            .with("alpha", 0.875)
            .with("epsilon", 0x1p-5);

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("optimization.momentum", "Momentum")
            .formula(Momentum.RULE)
            .source(SOURCE + "; Polyak 1964")
            .input("theta0", "parameters", Domain.REAL)
            .input("g", "steps,parameters", Domain.SPREAD)
            .setting("alpha", "", Domain.DECAY)
            .setting("epsilon", "", Domain.POSITIVE)
            .output("v", "steps,parameters")
            .output("theta", "steps,parameters")
            .size("steps", 1, 6)
            .convention(RATE)
            .definition(Momentum.DEFINITION)
            .reference(References::momentum)
            .mistakes(Slips.of(
                    Momentum.DEFINITION,
                    List.of(RATE),
                    List.of("alpha", "epsilon"),
                    EXAMPLE,
                    List.of(
                            mistake(
                                    "rate-ignored",
                                    "ignores the rate",
                                    "epsilon = 1, whatever was asked",
                                    Twist.input(Momentum.DEFINITION, "epsilon", Twist.constant(1))),
                            mistake(
                                    "momentum-ignored",
                                    "takes a momentum of its own",
                                    "alpha = 1/2, whatever was asked",
                                    Twist.input(Momentum.DEFINITION, "alpha", Twist.constant(0.5))),
                            slip("dampened", "multiplies the gradient by 1 - α", """
                                    rate=inside    v = alpha v + (1 - alpha) epsilon g
                                    rate=outside   v = alpha v + (1 - alpha) g"""),
                            slip("dampened-first-step-only", "dampens the first step only", """
                                    rate=inside    v = first((1 - alpha) epsilon g, alpha v + epsilon g)
                                    rate=outside   v = first((1 - alpha) g, alpha v + g)""")
                                    .seenIn("https://github.com/ml-explore/mlx/pull/473"),
                            slip("steps-along-the-old-velocity", "moves before it updates the velocity", """
                                    rate=inside    theta = theta - v_old
                                    rate=outside   theta = theta - epsilon v_old"""),
                            slip("nesterov", "looks ahead as Nesterov does", """
                                    rate=inside    theta = theta - (alpha v + epsilon g)
                                    rate=outside   theta = theta - epsilon (alpha v + g)"""),
                            slip("ascends", "adds the step", """
                                    rate=inside    theta = theta + v
                                    rate=outside   theta = theta + epsilon v"""),
                            slip(
                                    "rate-applied-twice",
                                    "multiplies by the rate in the velocity and again in the step",
                                    """
                                    v = alpha v + epsilon g
                                    theta = theta - epsilon v"""))))
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
            .example("nine steps of gradients from 2^-33 to 2^33", EXAMPLE)
            .declare();

    private MomentumOperation() {}

    private static Mistake slip(String id, String did, String lines) {
        return Slips.slip(Momentum.DEFINITION, id, did, lines);
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
}
