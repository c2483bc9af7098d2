package org.goldgrad.properties.autoencoder;

import static org.goldgrad.properties.operation.Claim.holds;
import static org.goldgrad.properties.operation.Claim.refuted;
import static org.goldgrad.properties.operation.Mistake.mistake;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.simple.SimpleMatrix;
import org.goldgrad.analytic.arithmetic.DoubleDouble;
import org.goldgrad.analytic.arithmetic.Real;
import org.goldgrad.analytic.arithmetic.Spectrum;
import org.goldgrad.analytic.arithmetic.Tensor;
import org.goldgrad.analytic.autoencoder.Pca;
import org.goldgrad.analytic.definition.Answer;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Definition;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.analytic.definition.Question;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Convention;
import org.goldgrad.properties.operation.Domain;
import org.goldgrad.properties.operation.Ejml;
import org.goldgrad.properties.operation.Mistake;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;
import org.goldgrad.properties.operation.Twist;
import org.goldgrad.reference.autoencoder.Pca.Divisor;

/** {@code autoencoder.pca}: principal components, asked for what is unique about them. */
public final class PcaOperation {
    private static final String SOURCE = "EECS 182 (Fall 2023), homework 8, question 5";

    private static final Convention DIVISOR = new Convention(
            "divisor",
            "What the covariance is divided by",
            choices(),
            "https://github.com/scikit-learn/scikit-learn/issues/9105 (n-1 since 0.19, n before)");

    /** The declaration. */
    public static final Operation OPERATION = Operation.named("autoencoder.pca", "Principal components")
            .formula("""
                    S = X̄X̄ᵀ/n (divisor=n) or X̄X̄ᵀ/(n-1) (divisor=n-1)      X̄ = X less the mean of its columns
                    S = Σ s_i u_i u_iᵀ, s_1 ≥ s_2 ≥ …      eigenvalues = (s_1, s_2, …)      projector = Σ_{i≤k} u_i u_iᵀ
                    columns of X are samples; s_k > s_{k+1}""")
            .source(SOURCE + "; Pearson 1901; Hotelling 1933")
            .input("X", "features,samples", Domain.REAL)
            .count("k", 1, "features", 1)
            .output("eigenvalues", "features")
            .output("projector", "features,features")
            .size("features", 2, 4)
            .size("samples", 2, 7)
            .convention(DIVISOR)
            .definition(Pca::define)
            .wellPosed(PcaOperation::hasGap)
            .reference(PcaOperation::refer)
            .mistakes(mistakes())
            .claims(
                    holds(
                            "optimal-loss",
                            "‖X̄ - PX̄‖²/n is the sum of the eigenvalues beyond the k-th, and no projector of rank k built on "
                                    + "other directions does better (Eckart-Young)",
                            SOURCE,
                            PcaOperation::optimalLoss),
                    holds(
                            "projector-is-a-projector",
                            "the projector is symmetric and idempotent, and its trace is k",
                            SOURCE,
                            PcaOperation::isProjector),
                    holds(
                            "rotation-equivariance",
                            "permuting and reflecting the features leaves the eigenvalues and permutes and reflects the "
                                    + "projector",
                            SOURCE,
                            PcaOperation::equivariance),
                    refuted(
                            "pca-unique-up-to-sign",
                            "the optimal linear autoencoder is unique up to the signs of its components: no pair but (U_k, U_kᵀ) "
                                    + "up to signs reaches the optimal loss",
                            SOURCE,
                            "(U_kC, C⁻¹U_kᵀ) is optimal for every invertible C; only the product U_kU_kᵀ is unique, where "
                                    + "s_k > s_{k+1}",
                            PcaOperation::uniqueUpToSign))
            .example("five features, eight samples", eight().withInteger("k", 2))
            .example("one component of five", eight().withInteger("k", 1))
            .example(
                    "samples far from the origin",
                    Inputs.empty()
                            .with("X", Array.matrix(new double[] {1001, 1003, 998.5, 1002, 1000.5}, new double[] {
                                -64, -63, -66, -62.5, -65.25
                            }))
                            .withInteger("k", 1))
            .declare();

    private PcaOperation() {}

    private static Map<String, String> choices() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("n", "the number of samples: the covariance of the samples themselves (ND4J)");
        choices.put("n-1", "one less: the unbiased estimate (scikit-learn)");
        return choices;
    }

    private static Inputs eight() {
        return Inputs.empty()
                .with(
                        "X",
                        Array.matrix(
                                new double[] {1, 4, -2, 0.5, 3, -1, 2.5, 0},
                                new double[] {2, 1, 0.5, -3, 1.5, 4, -0.5, 1},
                                new double[] {-1, 0.25, 3, 2, -0.75, 1, 0.5, -2},
                                new double[] {0.5, 6, -4, 1, 2, -3, 5, 1.5},
                                new double[] {3, 2, 1, 4, -1, 0.5, 2, 2.5}));
    }

    private static Outputs refer(Inputs in) {
        int m = in.array("X").size(0);
        var pca = org.goldgrad.reference.autoencoder.Pca.of(
                Ejml.matrix(in.array("X")),
                in.integer("k"),
                in.convention("divisor").equals("n") ? Divisor.N : Divisor.N_MINUS_ONE);
        return Outputs.of("eigenvalues", Ejml.array(pca.eigenvalues(), m))
                .and("projector", Ejml.array(pca.projector(), m, m));
    }

    private static List<Mistake> mistakes() {
        Definition right = Pca::define;
        return List.of(
                mistake("uncentred", "does not subtract the mean", "S = XXᵀ/n", new Wrong(Slip.UNCENTERED))
                        .seenIn("https://github.com/kevinblighe/PCAtools/pull/34"),
                mistake(
                                "mean-is-the-last-sample",
                                "assigns instead of adding when it computes the mean",
                                "mean = x_n/n",
                                new Wrong(Slip.LAST_SAMPLE))
                        .seenIn("https://github.com/MKLab-ITI/multimedia-indexing/issues/12"),
                mistake(
                        "not-divided",
                        "does not divide by the number of samples",
                        "S = X̄X̄ᵀ",
                        new Wrong(Slip.UNDIVIDED)),
                mistake(
                        "divided-twice",
                        "divides by the number of samples twice",
                        "S = X̄X̄ᵀ/n²",
                        new Wrong(Slip.TWICE)),
                mistake("singular-values", "returns singular values for eigenvalues", "√s_i", new Wrong(Slip.ROOTS)),
                mistake(
                                "reciprocals",
                                "returns the reciprocals of the eigenvalues",
                                "1/s_i",
                                Twist.output(right, "eigenvalues", new Reciprocal()))
                        .seenIn("ND4J 1.0.0-M2.1, org.nd4j.linalg.dimensionalityreduction.PCA"),
                mistake(
                                "ascending",
                                "lists eigenvalues from the smallest",
                                "s_m, …, s_1",
                                Twist.output(right, "eigenvalues", Twist.reversed()))
                        .seenIn("https://github.com/spectralpython/spectral/issues/143"),
                mistake(
                                "smallest-components",
                                "projects onto the components of the smallest eigenvalues",
                                "u_m, u_{m-1}, … in place of u_1, u_2, …",
                                new Wrong(Slip.SMALLEST))
                        .seenIn("https://github.com/crcollins/molml/issues/1"),
                mistake("one-component-short", "stops one component before k", "Σ_{i<k} u_iu_iᵀ", new Wrong(Slip.SHORT))
                        .seenIn("https://github.com/hail-is/hail/issues/947"),
                mistake("complement", "projects onto the complement", "I - U_kU_kᵀ", new Wrong(Slip.COMPLEMENT)),
                mistake(
                                "rows-for-columns",
                                "takes rows of the eigenvector matrix for eigenvectors",
                                "rows of U in place of its columns",
                                new Wrong(Slip.ROWS))
                        .seenIn("https://github.com/rasbt/mlxtend/issues/476"));
    }

    private enum Slip {
        UNCENTERED,
        LAST_SAMPLE,
        UNDIVIDED,
        TWICE,
        ROOTS,
        SMALLEST,
        SHORT,
        COMPLEMENT,
        ROWS
    }

    /** Principal components with one slip. */
    private record Wrong(Slip slip) implements Definition {
        @Override
        public <R extends Real<R>> Answer<R> of(Question<R> q) {
            Tensor<R> X = q.tensor("X");
            int m = X.size(0);
            int n = X.size(1);
            int divisor = q.convention("divisor").equals("n") ? n : n - 1;
            Tensor<R> S = switch (slip) {
                case UNCENTERED -> X.matmul(X.transpose()).map(s -> s.dividedBy(divisor));
                case LAST_SAMPLE -> lastSample(X, divisor);
                case UNDIVIDED -> Pca.covariance(q).map(s -> s.times(divisor));
                case TWICE -> Pca.covariance(q).map(s -> s.dividedBy(divisor));
                default -> Pca.covariance(q);
            };
            Spectrum<R> spectrum = Spectrum.of(S);
            Tensor<R> values = slip == Slip.ROOTS ? spectrum.values().map(R::sqrt) : spectrum.values();
            return Answer.of("eigenvalues", values).and("projector", projector(spectrum, q.integer("k"), m));
        }

        private static <R extends Real<R>> Tensor<R> lastSample(Tensor<R> X, int divisor) {
            int n = X.size(1);
            Tensor<R> off = Tensor.stack(X.slices().stream()
                    .map(row -> row.map(x -> x.minus(row.at(n - 1).dividedBy(n))))
                    .toList());
            return off.matmul(off.transpose()).map(s -> s.dividedBy(divisor));
        }

        private <R extends Real<R>> Tensor<R> projector(Spectrum<R> spectrum, int k, int m) {
            return switch (slip) {
                case SMALLEST -> spectrum.projector(m - k, m);
                case COMPLEMENT -> spectrum.projector(k, m);
                case SHORT -> k == 1 ? spectrum.vectors().map(u -> u.times(0)) : spectrum.projector(k - 1);
                case ROWS -> rows(spectrum, k);
                default -> spectrum.projector(k);
            };
        }

        private static <R extends Real<R>> Tensor<R> rows(Spectrum<R> spectrum, int k) {
            Tensor<R> U = Tensor.stack(spectrum.vectors().slices().subList(0, k));
            return U.transpose().matmul(U);
        }
    }

    private record Reciprocal() implements Twist.Change {
        @Override
        public <R extends Real<R>> Tensor<R> of(Tensor<R> tensor) {
            return tensor.map(R::reciprocal);
        }
    }

    /** s_k − s_{k+1} above 2⁻²⁰ s_1: below that no float32 answer could be told from any other. */
    private static boolean hasGap(Inputs in) {
        Tensor<DoubleDouble> s =
                Spectrum.of(Pca.covariance(in.in(DoubleDouble.ARITHMETIC))).values();
        int k = in.integer("k");
        DoubleDouble gap = s.at(k - 1).minus(s.at(k));
        return gap.minus(s.at(0).times(0x1p-20)).doubleValue() > 0;
    }

    private static SimpleMatrix centered(Inputs in) {
        SimpleMatrix X = Ejml.matrix(in.array("X"));
        for (int i = 0; i < X.getNumRows(); i++) {
            double mean = X.getRow(i).elementSum() / X.getNumCols();
            for (int j = 0; j < X.getNumCols(); j++) {
                X.set(i, j, X.get(i, j) - mean);
            }
        }
        return X;
    }

    /** ‖X̄ − PX̄‖²/n. */
    private static double loss(SimpleMatrix X, SimpleMatrix P) {
        SimpleMatrix rest = X.minus(P.mult(X));
        return rest.elementMult(rest).elementSum() / X.getNumCols();
    }

    private static Check optimalLoss(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("divisor", "n"));
        Measured answer = subject.ask(OPERATION, in);
        int k = in.integer("k");
        int m = in.array("X").size(0);
        SimpleMatrix X = centered(in);
        double rest = 0;
        double scale = 0;
        double allowed = 0;
        for (int i = 0; i < m; i++) {
            rest += i < k ? 0 : answer.at("eigenvalues", i);
            scale += answer.at("eigenvalues", i);
            allowed += answer.allowed("eigenvalues", i);
        }
        // ‖X̄ − PX̄‖² is computed here with entries of P and X̄ off by their own errors, each entering at most 2·scale
        // times.
        double raw = Ejml.matrix(in.array("X")).normF();
        for (int i = 0; i < m * m; i++) {
            allowed += 2 * scale * answer.allowed("projector", i);
        }
        allowed += 4 * m * in.array("X").size(1) * Math.ulp(scale + raw * raw);
        double best = loss(X, Ejml.matrix(answer.array("projector")));
        SimpleMatrix other = new SimpleMatrix(m, k);
        for (int i = 0; i < k; i++) {
            other.set((i + draw.choice(m - k + 1)) % m, i, 1);
        }
        SimpleMatrix U = other.svd(true).getU().cols(0, k);
        return Check.NOTHING_YET
                .near("‖X̄ - PX̄‖²/n", best, rest, allowed)
                .atMost("the optimal loss", best, loss(X, U.mult(U.transpose())), allowed);
    }

    private static Check isProjector(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        Measured answer = subject.ask(OPERATION, in);
        int m = in.array("X").size(0);
        SimpleMatrix P = Ejml.matrix(answer.array("projector"));
        SimpleMatrix square = P.mult(P);
        Check check = Check.NOTHING_YET;
        double largest = 0;
        for (int i = 0; i < m * m; i++) {
            largest = Math.max(largest, answer.allowed("projector", i));
        }
        for (int i = 0; i < m * m; i++) {
            double p = P.get(i);
            check = check.near("P_ij - P_ji", p, P.get(i % m, i / m), 2 * largest)
                    .near("(P²)_ij", square.get(i), p, (2 * m + 1) * largest + m * Math.ulp(1.0));
        }
        return check.near("tr P", P.trace(), in.integer("k"), m * (largest + Math.ulp(1.0)));
    }

    private static Check equivariance(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw);
        Measured before = subject.ask(OPERATION, in);
        int m = in.array("X").size(0);
        int shift = draw.choice(m);
        int[] order = new int[m];
        java.util.Arrays.setAll(order, i -> (i + shift) % m);
        int flipped = draw.choice(m);
        Array X = in.array("X").take(0, order);
        int n = X.size(1);
        for (int j = 0; j < n; j++) {
            X = X.with(flipped * n + j, -X.at(flipped * n + j));
        }
        Measured after = subject.ask(OPERATION, in.with("X", X));
        Check check = after.agrees(Check.NOTHING_YET, "eigenvalues", before, "eigenvalues");
        for (int i = 0; i < m * m; i++) {
            int from = order[i / m] * m + order[i % m];
            boolean sign = (i / m == flipped) != (i % m == flipped);
            check = check.near(
                    "P" + after.array("projector").index(i),
                    after.at("projector", i),
                    sign ? -before.at("projector", from) : before.at("projector", from),
                    after.allowed("projector", i) + before.allowed("projector", from));
        }
        return check;
    }

    /** The autoencoder (2U_k, ½U_kᵀ) against the optimal loss: the statement says that it must be worse. */
    private static Check uniqueUpToSign(Subject subject, Draw draw) {
        Inputs in = OPERATION.inputs(draw, Map.of("divisor", "n"));
        Measured answer = subject.ask(OPERATION, in);
        int k = in.integer("k");
        SimpleMatrix X = centered(in);
        SimpleMatrix P = Ejml.matrix(answer.array("projector"));
        SimpleMatrix U = P.svd(true).getU().cols(0, k);
        double other = loss(X, U.scale(2).mult(U.transpose().scale(0.5)));
        double best = loss(X, P);
        double noise = 64 * X.getNumElements() * Math.ulp(best + X.normF() * X.normF());
        return Check.NOTHING_YET.that(
                "(2U_k, ½U_kᵀ) reaches " + other + ", the optimum is " + best, other > best + noise);
    }
}
