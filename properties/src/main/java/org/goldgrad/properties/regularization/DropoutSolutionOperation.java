package org.goldgrad.properties.regularization;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.List;
import java.util.Map;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.LinearSystem;
import org.goldgrad.analytic.arithmetic.Rational;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Gradient;
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
import org.goldgrad.reference.regularization.DropoutSolution;

/** {@code regularization.dropout_solution}: the weights that dropout learns. */
public final class DropoutSolutionOperation {
    private static final String SOURCE = "IFT6135 (2020), assignment 2, question 2";

    /** The declaration. */
    public static final Operation OPERATION = Operation.named(
                    "regularization.dropout_solution", "Linear regression under dropout")
            .formula("""
                    w minimises E‖y - (X⊙R)w‖² (scaling=plain) or E‖y - (X⊙R)w/p‖² (scaling=inverted)
                    plain:  p w = (XᵀX + λΓ²)⁻¹ Xᵀy      λ = (1-p)/p      Γ² = diag(XᵀX)""")
            .source(SOURCE + ".2; Srivastava et al. 2014, section 9.1")
            .input("X", "samples,features", Domain.REAL)
            .input("y", "samples", Domain.REAL)
            .setting("p", "", Domain.PROBABILITY)
            .output("w", "features")
            .size("samples", 1, 5)
            .convention(Scaling.CONVENTION)
            .definition(Dropout::solution)
            .wellPosed(in -> Regular.has(Dropout::solution, in))
            .reference(DropoutSolutionOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "dropout-solution",
                            "0 < p < 1 and no column of X zero: p w = (XᵀX + λΓ²)⁻¹Xᵀy with λ = (1-p)/p, where the gradient "
                                    + "of E[L] is exactly 0 and every principal minor of its Hessian is positive",
                            SOURCE + ".2",
                            DropoutSolutionOperation::solution),
                    holds(
                            "dropout-scale-equivariance",
                            "rescaling a feature by c ≠ 0 divides its weight by c and leaves every prediction alone",
                            SOURCE + ".4",
                            DropoutSolutionOperation::scaleEquivariance),
                    holds(
                            "inverted-dropout",
                            "with X⊙R/p the minimiser is p times that with X⊙R",
                            SOURCE,
                            DropoutSolutionOperation::inverted),
                    refuted(
                            "dropout-is-l2",
                            "dropout equals L2 regularisation: p w = (XᵀX + λcI)⁻¹Xᵀy for a c that does not depend on the "
                                    + "feature (here the mean of Γ²)",
                            "folklore; " + SOURCE + ".4",
                            "it does exactly where all columns of X have the same norm: Γ² = cI",
                            DropoutSolutionOperation::isL2))
            .example(
                    "seven samples of five features",
                    Inputs.empty()
                            .with("X", Tables.seven())
                            .with("y", 1, -2, 0.5, 3, -1.5, 2.25, 0)
                            .with("p", 0.625))
            .example(
                    "more features than samples",
                    Inputs.empty()
                            .with("X", Tables.seven().take(0, 0, 1, 2))
                            .with("y", 1, -2, 0.5)
                            .with("p", 0.75))
            .declare();

    private DropoutSolutionOperation() {}

    private static Outputs refer(Inputs in) {
        return Outputs.of(
                "w",
                Ejml.array(
                        DropoutSolution.of(
                                Ejml.matrix(in.array("X")),
                                Ejml.matrix(in.array("y")),
                                in.scalar("p"),
                                Scaling.mask(in)),
                        in.array("X").size(1)));
    }

    private static List<Mistake> mistakes() {
        Definition right = Dropout::solution;
        return List.of(
                mistake(
                                "keeps-with-1-p",
                                "takes the probability to keep for the probability to drop",
                                "R ~ Bernoulli(1-p), λ = p/(1-p)",
                                Twist.input(right, "p", Twist.complement()))
                        .seenIn("https://github.com/kaldi-asr/kaldi/issues/2814"),
                mistake("plain-ridge", "penalises all weights alike", "λI in place of λΓ²", new Wrong(Slip.RIDGE)),
                mistake("lambda-1-p", "uses λ = 1-p", "λ = 1-p instead of (1-p)/p", new Wrong(Slip.LAMBDA_Q)),
                mistake("lambda-p-1-p", "uses λ = p(1-p)", "λ = p(1-p) instead of (1-p)/p", new Wrong(Slip.LAMBDA_PQ)),
                mistake("gamma-not-squared", "uses Γ where Γ² belongs", "λΓ in place of λΓ²", new Wrong(Slip.GAMMA)),
                mistake("no-penalty", "forgets the penalty", "p w = (XᵀX)⁻¹Xᵀy", new Wrong(Slip.NONE)),
                mistake(
                        "penalty-averaged",
                        "divides the penalty by the number of samples",
                        "λΓ²/n in place of λΓ²",
                        new Wrong(Slip.AVERAGED)));
    }

    private enum Slip {
        RIDGE,
        LAMBDA_Q,
        LAMBDA_PQ,
        GAMMA,
        NONE,
        AVERAGED
    }

    /** p w = (XᵀX + λΓ²)⁻¹ Xᵀy with a slip in the penalty. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            R p = q.scalar("p");
            R dropped = q.arithmetic().one().minus(p);
            R lambda = switch (slip) {
                case LAMBDA_Q -> dropped;
                case LAMBDA_PQ -> p.times(dropped);
                case NONE -> q.arithmetic().zero();
                case AVERAGED -> dropped.dividedBy(p).dividedBy(q.tensor("y").size());
                default -> dropped.dividedBy(p);
            };
            Slip penalty = slip;
            Tensor<R> w = penalised(
                    q.tensor("X"),
                    q.tensor("y"),
                    norm -> lambda.times(
                            switch (penalty) {
                                case RIDGE -> q.arithmetic().one();
                                case GAMMA -> norm.sqrt();
                                default -> norm;
                            }));
            boolean inverted = q.convention("scaling").equals("inverted");
            return Answer.of("w", inverted ? w : w.map(x -> x.dividedBy(p)));
        }
    }

    /** (XᵀX + diag(penalty(Γ²)))⁻¹ Xᵀy. */
    private static <R extends Real<R>> Tensor<R> penalised(
            Tensor<R> X, Tensor<R> y, java.util.function.UnaryOperator<R> penalty) {
        int d = X.size(1);
        Tensor<R> gram = X.transpose().matmul(X);
        Tensor<R> A = Tensor.of(
                X.arithmetic(),
                gram.shape(),
                i -> i / d == i % d ? gram.at(i).plus(penalty.apply(gram.at(i))) : gram.at(i));
        return LinearSystem.solve(
                A, X.transpose().matmul(y.reshape(y.size(), 1)).reshape(d));
    }

    /** p &lt; 1, no zero column, as the solution's uniqueness needs. */
    private static boolean unique(Inputs in) {
        Array X = in.array("X");
        boolean unique = in.scalar("p") < 1;
        for (int j = 0; j < X.size(1); j++) {
            unique &= java.util.Arrays.stream(X.take(1, j).elements()).anyMatch(x -> x != 0);
        }
        return unique;
    }

    private static Check solution(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("scaling", "plain"));
        if (!unique(in)) {
            return Check.SKIPPED;
        }
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        DoubleDouble p = q.scalar("p");
        DoubleDouble lambda = DoubleDouble.ARITHMETIC.one().minus(p).dividedBy(p);
        Tensor<DoubleDouble> pw = penalised(q.tensor("X"), q.tensor("y"), lambda::times);
        double[] w = Array.nearest(pw.map(x -> x.dividedBy(p))).elements();
        Check check = subject.ask(OPERATION, in).agrees(Check.NOTHING_YET, "w", w);

        Question<Rational> exact = in.in(Rational.ARITHMETIC);
        Tensor<Rational> best = Dropout.solution(exact).output("w");
        Question<Rational> there = exact.with("w", best).with("dloss", Tensor.scalar(Rational.ARITHMETIC.one()));
        Tensor<Rational> gradient =
                new Gradient(Dropout::expectedLoss, List.of("w")).of(there).output("dw");
        for (int j = 0; j < gradient.size(); j++) {
            check = check.equal("∂E[L]/∂w_" + j, gradient.at(j), Rational.ARITHMETIC.zero());
        }
        return check.that("the Hessian is positive definite", positiveDefinite(exact));
    }

    /** Gaussian elimination without pivoting keeps every pivot positive, exactly. */
    private static boolean positiveDefinite(Question<Rational> q) {
        Tensor<Rational> X = q.tensor("X");
        int d = X.size(1);
        Tensor<Rational> gram = X.transpose().matmul(X);
        Rational p = q.scalar("p");
        Rational[][] H = new Rational[d][d];
        for (int i = 0; i < d * d; i++) {
            H[i / d][i % d] = gram.at(i).times(i / d == i % d ? p : p.square());
        }
        for (int k = 0; k < d; k++) {
            if (H[k][k].positive().equals(Rational.ARITHMETIC.zero())) {
                return false;
            }
            for (int i = k + 1; i < d; i++) {
                Rational factor = H[i][k].dividedBy(H[k][k]);
                for (int j = k; j < d; j++) {
                    H[i][j] = H[i][j].minus(factor.times(H[k][j]));
                }
            }
        }
        return true;
    }

    private static Check scaleEquivariance(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        if (!unique(in)) {
            return Check.SKIPPED;
        }
        Array X = in.array("X");
        int feature = draw.choice(X.size(1));
        double c = draw.of(2.0, -0.5, 3.0, -1.25);
        Array scaled = X;
        for (int i = feature; i < X.size(); i += X.size(1)) {
            scaled = scaled.with(i, c * X.at(i));
        }
        Subject.Measured before = subject.ask(OPERATION, in);
        Subject.Measured after = subject.ask(OPERATION, in.with("X", scaled));
        Check check = Check.NOTHING_YET;
        for (int j = 0; j < X.size(1); j++) {
            double factor = j == feature ? c : 1;
            check = check.near(
                    "w_" + j + " times its scale",
                    after.at("w", j) * factor,
                    before.at("w", j),
                    before.allowed("w", j) + Math.abs(factor) * after.allowed("w", j) + Math.ulp(before.at("w", j)));
        }
        return check;
    }

    private static Check inverted(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("scaling", "plain"));
        if (!unique(in)) {
            return Check.SKIPPED;
        }
        double p = in.scalar("p");
        Subject.Measured plain = subject.ask(OPERATION, in);
        Subject.Measured scaled = subject.ask(OPERATION, in.withConvention("scaling", "inverted"));
        Check check = Check.NOTHING_YET;
        for (int j = 0; j < in.array("X").size(1); j++) {
            check = check.near(
                    "inverted w_" + j,
                    scaled.at("w", j),
                    p * plain.at("w", j),
                    scaled.allowed("w", j) + p * plain.allowed("w", j) + Math.ulp(scaled.at("w", j)));
        }
        return check;
    }

    private static Check isL2(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("scaling", "plain"));
        if (!unique(in)) {
            return Check.SKIPPED;
        }
        Question<DoubleDouble> q = in.in(DoubleDouble.ARITHMETIC);
        Tensor<DoubleDouble> X = q.tensor("X");
        DoubleDouble p = q.scalar("p");
        DoubleDouble mean = X.dot(X).dividedBy(X.size(1));
        DoubleDouble lambda = DoubleDouble.ARITHMETIC.one().minus(p).dividedBy(p);
        Tensor<DoubleDouble> ridge = penalised(X, q.tensor("y"), norm -> lambda.times(mean));
        return subject.ask(OPERATION, in)
                .agrees(
                        Check.NOTHING_YET,
                        "w",
                        Array.nearest(ridge.map(x -> x.dividedBy(p))).elements());
    }
}
