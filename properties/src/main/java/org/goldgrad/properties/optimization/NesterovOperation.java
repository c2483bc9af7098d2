package org.goldgrad.properties.optimization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;

import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.optimization.Nesterov;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Operation;

/** {@code optimization.nesterov}: Nesterov momentum on quadratic objectives. */
public final class NesterovOperation {
    private static final String SOURCE = "Nesterov 1983; Sutskever, Martens, Dahl and Hinton 2013";

    private static final Convention FORM = Convention.of(
            "form",
            "Where the gradient is taken, and what the velocity holds",
            "https://github.com/lisa-lab/pylearn2/issues/1030; Keras sgd.py; PyTorch SGD(nesterov=True)",
            "outside",
            "at θ, the rate outside the velocity: PyTorch, MLX",
            "inside",
            "at θ, the rate inside the velocity: Keras, ND4J",
            "look_ahead",
            "at θ - momentum v: Sutskever, Martens, Dahl and Hinton 2013");

    private static final Optimizer RULE = Optimizer.named(
                    "optimization.nesterov",
                    "Nesterov momentum on quadratic objectives",
                    Nesterov.RULE,
                    Nesterov.DEFINITION)
            .setting("lr", Domain.POSITIVE, 0x1p-5, 0x1p-3)
            .setting("momentum", Domain.DECAY, 0.875, 0.75)
            .convention(FORM);

    private static final Inputs EXAMPLE =
            RULE.example().with("curvature", Array.of(new int[] {2, 5}, 1, 0.5, 2, 0.25, 3, 0.75, 1.5, 0.125, 4, 2.5));

    /** The declaration. */
    public static final Operation OPERATION = RULE.declaration(
                    EXAMPLE,
                    RULE.slip("momentum-subtracted", "turns the sign of the momentum term in the step", """
                                    form=outside   theta = theta - lr (q - momentum v)
                                    form=inside    theta = theta - (lr q - momentum v)
                                    form=look_ahead   q = curvature (theta + momentum v) + g""")
                            .seenIn("https://github.com/PaddlePaddle/Paddle/pull/12231"),
                    RULE.slip("heavy-ball", "steps along the velocity as plain momentum does", """
                                    form=outside      theta = theta - lr v
                                    form=inside       theta = theta - v
                                    form=look_ahead   q = curvature theta + g"""),
                    RULE.slip("looks-ahead-twice", "multiplies the velocity by the momentum once more", """
                                    form=outside   theta = theta - lr (q + momentum momentum v)
                                    form=inside    theta = theta - (lr q + momentum momentum v)
                                    form=look_ahead   q = curvature (theta - momentum momentum v) + g"""),
                    RULE.slip("looks-ahead-along-the-gradient", "looks ahead by the whole velocity", """
                                    form=outside   theta = theta - lr (q + v)
                                    form=inside    theta = theta - (lr q + v)
                                    form=look_ahead   q = curvature (theta - v) + g"""),
                    RULE.slip("ascends", "adds the step", """
                                    form=outside      theta = theta + lr (q + momentum v)
                                    form=inside       theta = theta + (lr q + momentum v)
                                    form=look_ahead   theta = theta + v"""),
                    RULE.slip("steps-along-the-old-velocity", "looks ahead along the velocity before its update", """
                                    form=outside   theta = theta - lr (q + momentum v_old)
                                    form=inside    theta = theta - (lr q + momentum v_old)
                                    form=look_ahead   theta = theta - v_old"""))
            .input("curvature", "groups,parameters", Domain.NON_NEGATIVE)
            .source(SOURCE)
            .reference(References::nesterov)
            .claims(
                    holds(
                            "nesterov-forms",
                            "with φ_t = θ_t - momentum v_t in the look-ahead form, φ is the θ of both other forms; the velocity with the rate inside is lr times the one outside",
                            SOURCE,
                            NesterovClaims::forms),
                    holds(
                            "nesterov-first-step",
                            "θ_1 = θ_0 - (1 + momentum) lr ∇f(θ_0) in the forms of frameworks, θ_0 - lr ∇f(θ_0) with look-ahead",
                            SOURCE,
                            NesterovClaims::firstStep),
                    refuted(
                            "nesterov-forms-agree",
                            "the forms give the same θ",
                            "folklore",
                            "equal after the change of variables only: nesterov-forms",
                            NesterovClaims::formsAgree),
                    GroupClaims.independent("nesterov-", () -> NesterovOperation.OPERATION))
            .declare();

    private NesterovOperation() {}
}
