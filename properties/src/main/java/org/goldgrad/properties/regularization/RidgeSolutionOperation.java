package org.goldgrad.properties.regularization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.Arrays;
import java.util.List;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.regularization.Dropout;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.regularization.RidgeSolution;

/** {@code regularization.ridge_solution}: linear regression with an L2 penalty. */
public final class RidgeSolutionOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 2.3";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("regularization.ridge_solution", "Ridge regression")
            .formula("w minimises ‖y - Xw‖² + λ‖w‖²:   w = (XᵀX + λI)⁻¹ Xᵀy")
            .source(SOURCE + "; Hoerl and Kennard 1970")
            .input("X", "samples,features", Domain.REAL)
            .input("y", "samples", Domain.REAL)
            .setting("lambda", "", Domain.NON_NEGATIVE)
            .output("w", "features")
            .size("samples", 1, 5)
            .definition(Dropout::ridge)
            .wellPosed(in -> Regular.has(Dropout::ridge, in))
            .reference(RidgeSolutionOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "ridge-solution",
                            "λ > 0: (XᵀX + λI)⁻¹Xᵀy minimises ‖y - Xw‖² + λ‖w‖²; the loss at any other w is larger, "
                                    + "exactly as fractions",
                            SOURCE,
                            RidgeSolutionOperation::minimises),
                    refuted(
                            "ridge-scale-equivariance",
                            "rescaling a feature by 2 halves its ridge weight and leaves every prediction alone",
                            "IFT6135 (2020), assignment 2, question 2.4",
                            "true of dropout, whose penalty scales with the feature, and of ridge only at λ = 0",
                            RidgeSolutionOperation::scaleEquivariance))
            .example(
                    "seven samples of five features",
                    Inputs.empty()
                            .with("X", Tables.seven())
                            .with("y", 1, -2, 0.5, 3, -1.5, 2.25, 0)
                            .with("lambda", 0.75))
            .example(
                    "more features than samples",
                    Inputs.empty()
                            .with("X", Tables.seven().take(0, 0, 1, 2))
                            .with("y", 1, -2, 0.5)
                            .with("lambda", 0.125))
            .declare();

    private RidgeSolutionOperation() {}

    private static Outputs refer(Inputs in) {
        return Outputs.of(
                "w",
                Ejml.array(
                        RidgeSolution.of(Ejml.matrix(in.array("X")), Ejml.matrix(in.array("y")), in.scalar("lambda")),
                        in.array("X").size(1)));
    }

    private static List<Mistake> mistakes() {
        Definition right = Dropout::ridge;
        return List.of(
                mistake("no-penalty", "ignores λ", "λ = 0", Twist.input(right, "lambda", Twist.zero())),
                mistake(
                        "lambda-halved",
                        "penalises with λ/2",
                        "½λ‖w‖²",
                        Twist.input(right, "lambda", Twist.scaled(0.5))),
                mistake("lambda-doubled", "penalises with 2λ", "2λ‖w‖²", Twist.input(right, "lambda", Twist.scaled(2))),
                mistake("lambda-squared", "applies λ twice", "λ²‖w‖²", Twist.input(right, "lambda", Twist.squared()))
                        .seenIn("https://github.com/nitrain/nitrain/issues/42"),
                mistake(
                        "lambda-times-samples",
                        "averages the squared error but not the penalty",
                        "(1/n)‖y - Xw‖² + λ‖w‖²: nλ in place of λ",
                        Twist.scaledBySize(right, "lambda", "y")),
                mistake(
                        "lambda-subtracted",
                        "subtracts the penalty",
                        "(XᵀX - λI)⁻¹Xᵀy",
                        Twist.input(right, "lambda", Twist.scaled(-1))));
    }

    /** Loss at the solution against the loss at the solution moved along each axis, in fractions. */
    private static Check minimises(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        if (in.scalar("lambda") == 0) {
            return Check.SKIPPED;
        }
        Question<Rational> q = in.in(Rational.ARITHMETIC);
        Tensor<Rational> best = Dropout.ridge(q).output("w");
        Rational least = loss(q, best);
        Check check = subject.ask(OPERATION, in)
                .agrees(Check.NOTHING_YET, "w", Array.nearest(best).elements());
        int j = draw.choice(best.size());
        Rational step = Rational.of(1 + draw.choice(8), draw.of(4L, -4L, 1024L, -1024L));
        Tensor<Rational> moved = Tensor.of(
                Rational.ARITHMETIC, best.shape(), i -> i == j ? best.at(i).plus(step) : best.at(i));
        Rational excess = loss(q, moved).minus(least);
        return check.that(
                "the loss grows by " + excess + " when w_" + j + " moves by " + step, excess.doubleValue() > 0);
    }

    private static Rational loss(Question<Rational> q, Tensor<Rational> w) {
        Tensor<Rational> X = q.tensor("X");
        Rational loss = q.scalar("lambda").times(w.dot(w));
        for (int i = 0; i < X.size(0); i++) {
            loss = loss.plus(q.tensor("y").at(i).minus(X.slice(i).dot(w)).square());
        }
        return loss;
    }

    private static Check scaleEquivariance(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        if (in.scalar("lambda") == 0) {
            return Check.SKIPPED;
        }
        Array X = in.array("X");
        double[] doubled = X.elements();
        for (int i = 0; i < doubled.length; i += X.size(1)) {
            doubled[i] *= 2;
        }
        Subject.Measured before = subject.ask(OPERATION, in);
        Subject.Measured after = subject.ask(OPERATION, in.with("X", Array.of(X.shape(), doubled)));
        double[] expected = before.array("w").elements();
        expected[0] /= 2;
        Check check = Check.NOTHING_YET;
        for (int j = 0; j < expected.length; j++) {
            check = check.near(
                    "w_" + j + " with the first feature doubled",
                    after.at("w", j),
                    expected[j],
                    before.allowed("w", j)
                            + after.allowed("w", j)
                            + Math.ulp(
                                    Arrays.stream(expected).map(Math::abs).max().orElse(0)));
        }
        return check;
    }
}
