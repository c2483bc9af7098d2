package org.goldgrad.properties.regularization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.analytic.regularization.Dropout;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.regularization.DropoutLoss;

/** {@code regularization.dropout_expected_loss}: the squared error that dropout minimises on average. */
public final class DropoutLossOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 2.1";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "regularization.dropout_expected_loss", "Expected loss under dropout")
            .formula("""
                    scaling=plain      loss = E‖y - (X⊙R)w‖²          R_ij ~ Bernoulli(p) independent, p = probability to keep
                    scaling=inverted   loss = E‖y - (X⊙R)w/p‖²""")
            .source(SOURCE + "; Srivastava et al. 2014, section 9.1")
            .input("X", "samples,features", Domain.REAL)
            .input("y", "samples", Domain.REAL)
            .input("w", "features", Domain.REAL)
            .setting("p", "", Domain.PROBABILITY)
            .output("loss", "")
            .convention(Scaling.CONVENTION)
            .definition(Dropout::expectedLoss)
            .reference(DropoutLossOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "dropout-expectation",
                            "E[L] = ‖y - pXw‖² + p(1-p)‖Γw‖² with Γ² = diag(XᵀX), for every 0 < p ≤ 1",
                            SOURCE,
                            DropoutLossOperation::expectation),
                    holds(
                            "dropout-monte-carlo",
                            "the average of L over 4096 random masks is within Hoeffding's bound of E[L] (false-alarm "
                                    + "rate 1e-12 a check)",
                            SOURCE,
                            DropoutLossOperation::monteCarlo))
            .example(
                    "seven samples of five features",
                    Inputs.empty()
                            .with("X", Tables.seven())
                            .with("y", 1, -2, 0.5, 3, -1.5, 2.25, 0)
                            .with("w", 0.5, -1, 2, 0.25, -1.5)
                            .with("p", 0.625))
            .example(
                    "nearly everything kept",
                    Inputs.empty()
                            .with("X", Tables.seven())
                            .with("y", 1, -2, 0.5, 3, -1.5, 2.25, 0)
                            .with("w", 0.5, -1, 2, 0.25, -1.5)
                            .with("p", 1 - 0x1p-7))
            .declare();

    private DropoutLossOperation() {}

    private static Outputs refer(Inputs in) {
        return Outputs.of(
                "loss",
                Array.scalar(DropoutLoss.expected(
                        Ejml.matrix(in.array("X")),
                        Ejml.matrix(in.array("y")),
                        Ejml.matrix(in.array("w")),
                        in.scalar("p"),
                        Scaling.mask(in))));
    }

    private static List<Mistake> mistakes() {
        Definition right = Dropout::expectedLoss;
        return List.of(
                mistake(
                                "keeps-with-1-p",
                                "takes the probability to keep for the probability to drop",
                                "R ~ Bernoulli(1-p)",
                                Twist.input(right, "p", Twist.complement()))
                        .seenIn("https://github.com/lmjohns3/theanets/pull/123"),
                mistake(
                        "no-variance-term",
                        "forgets the variance of the mask",
                        "‖y - pXw‖² alone",
                        new Wrong(Slip.MEAN_ONLY)),
                mistake(
                        "variance-p",
                        "takes p for the variance of a Bernoulli variable",
                        "‖y - pXw‖² + p‖Γw‖²",
                        new Wrong(Slip.VARIANCE_P)),
                mistake(
                        "variance-1-p",
                        "leaves p out of the variance",
                        "‖y - pXw‖² + (1-p)‖Γw‖²",
                        new Wrong(Slip.VARIANCE_Q)),
                mistake(
                        "plain-l2-penalty",
                        "penalises ‖w‖² instead of ‖Γw‖²",
                        "‖y - pXw‖² + p(1-p)‖w‖²",
                        new Wrong(Slip.PLAIN_L2)),
                mistake(
                        "gamma-not-squared",
                        "uses the norms of the columns where their squares belong",
                        "‖y - pXw‖² + p(1-p)‖Γ^½w‖²",
                        new Wrong(Slip.GAMMA_ROOT)),
                mistake("averaged", "divides by the number of samples", "E[L]/n", new Wrong(Slip.AVERAGED)),
                mistake("halved", "multiplies by one half", "½E[L]", Twist.output(right, "loss", Twist.scaled(0.5))));
    }

    private enum Slip {
        MEAN_ONLY,
        VARIANCE_P,
        VARIANCE_Q,
        PLAIN_L2,
        GAMMA_ROOT,
        AVERAGED
    }

    /** Mean and variance term, one of them slipped. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            R one = q.arithmetic().one();
            R p = q.scalar("p");
            boolean inverted = q.convention("scaling").equals("inverted");
            R mean = inverted ? one : p;
            R dropped = one.minus(p);
            R variance = switch (slip) {
                case MEAN_ONLY -> q.arithmetic().zero();
                case VARIANCE_P -> p;
                case VARIANCE_Q -> dropped;
                default -> p.times(dropped);
            };
            R spread = inverted ? variance.dividedBy(p.square()) : variance;
            Tensor<R> X = q.tensor("X");
            Tensor<R> w = q.tensor("w");
            R loss = q.arithmetic().zero();
            for (int i = 0; i < X.size(0); i++) {
                R residual = q.tensor("y").at(i).minus(mean.times(X.slice(i).dot(w)));
                loss = loss.plus(residual.square());
            }
            Tensor<R> columns = X.transpose();
            for (int j = 0; j < w.size(); j++) {
                R norm = columns.slice(j).dot(columns.slice(j));
                R weight = switch (slip) {
                    case PLAIN_L2 -> one;
                    case GAMMA_ROOT -> norm.sqrt();
                    default -> norm;
                };
                loss = loss.plus(spread.times(weight).times(w.at(j).square()));
            }
            return Answer.of("loss", Tensor.scalar(slip == Slip.AVERAGED ? loss.dividedBy(X.size(0)) : loss));
        }
    }

    /** Definition and closed form as fractions, and the closed form through the subject. */
    private static Check expectation(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("scaling", "plain"));
        Question<Rational> exact = in.in(Rational.ARITHMETIC);
        Check check = Check.NOTHING_YET.equal(
                "E[L] as a fraction", Dropout.expectedLoss(exact).output("loss").value(), Dropout.closedForm(exact));
        double closed = Dropout.closedForm(in.in(DoubleDouble.ARITHMETIC)).doubleValue();
        return subject.ask(OPERATION, in).agrees(check, "loss", new double[] {closed});
    }

    /** Each L lies in [0, (|y| + Σ|xw|)²] summed over samples, so Hoeffding's inequality needs no other knowledge. */
    private static Check monteCarlo(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("scaling", "plain"));
        SplitMix random = new SplitMix(in.toString().hashCode());
        int masks = 4096;
        double[] X = in.array("X").elements();
        int d = in.array("w").size();
        double p = in.scalar("p");
        double total = 0;
        for (int mask = 0; mask < masks; mask++) {
            for (int row = 0; row < in.array("y").size(); row++) {
                double residual = in.array("y").at(row);
                for (int j = 0; j < d; j++) {
                    residual -= random.uniform() < p
                            ? X[row * d + j] * in.array("w").at(j)
                            : 0;
                }
                total += residual * residual;
            }
        }
        double range = 0;
        for (int row = 0; row < in.array("y").size(); row++) {
            double most = Math.abs(in.array("y").at(row));
            for (int j = 0; j < d; j++) {
                most += Math.abs(X[row * d + j] * in.array("w").at(j));
            }
            range += most * most;
        }
        double hoeffding = range * Math.sqrt(StrictMath.log(2 / 1e-12) / (2 * masks));
        double mean = subject.ask(OPERATION, in).at("loss", 0);
        return Check.NOTHING_YET.near("average of L over masks", total / masks, mean, hoeffding);
    }
}
