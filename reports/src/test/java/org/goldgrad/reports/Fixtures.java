package org.goldgrad.reports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.CaseResult;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;
import org.goldgrad.golden.judge.Verdict;
import org.goldgrad.properties.catalogue.Catalogue;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** Runs that were never run: one of every verdict, and whatever names and reasons a test wants. */
final class Fixtures {
    static final String ADAM = "optimization.adam";
    static final String MOMENTUM = "optimization.momentum";
    static final String LAYER_NORM = "normalization.layer_norm";
    static final String PCA = "autoencoder.pca";

    private Fixtures() {}

    static Verdict agrees() {
        return new Verdict.Agrees(new Verdict.Precision(1.5, 0.02, 15.4, 51.2), "");
    }

    static Verdict differs(String reason) {
        return new Verdict.Differs(
                new Verdict.Precision(4e11, 9e10, 4.25, 12.5),
                new Verdict.Worst("theta[2]", 0.25, 0.5, 0x1p-52),
                reason,
                "vhat[2,0,1] (step 3) is 0.5, should be 0.25",
                List.of("intermediate mhat was not compared: it must be 3×2×2, got length 2"));
    }

    /** A run with one operation of every verdict. */
    static Run everyVerdict(String implementation, String reason) {
        return run(
                implementation,
                result(ADAM, diagnosis(reason), agrees(), differs(reason)),
                result(MOMENTUM, Optional.empty(), agrees(), agrees()),
                result(LAYER_NORM, Optional.empty(), new Verdict.Declined(reason), new Verdict.Declined(reason)),
                result(PCA, Optional.empty(), new Verdict.Crashed(reason)));
    }

    static Run run(String implementation, OperationResult... results) {
        Map<String, String> header = new LinkedHashMap<>();
        header.put("implementation", implementation);
        header.put("version", "1.0 of " + implementation);
        header.put("format", "binary64");
        header.put("corpus", "0123456789abcdef");
        return new Run(header, List.of(results));
    }

    static OperationResult result(String operation, Optional<Diagnosis> diagnosis, Verdict... verdicts) {
        List<CaseResult> cases = IntStream.range(0, verdicts.length)
                .mapToObj(i -> new CaseResult(operation + "/case-" + i, operation, verdicts[i]))
                .toList();
        return OperationResult.of(operation, cases, 3, diagnosis, List.of());
    }

    private static Optional<Diagnosis> diagnosis(String text) {
        return Optional.of(new Diagnosis(
                List.of(new Diagnosis.Candidate("mistake", "epsilon-inside", text, "√(v̂ + ε) for √v̂ + ε", 1, 0)),
                1,
                text));
    }

    /** Something of this name that declares conventions that are text from outside, too. */
    static Implementation named(String name) {
        return new Implementation() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String version() {
                return "1.0";
            }

            @Override
            public Format format() {
                return Format.BINARY64;
            }

            @Override
            public Map<String, String> conventions(Operation operation) {
                return Map.of("epsilon", name);
            }

            @Override
            public Reply answer(Operation operation, Inputs inputs) {
                return new Reply.Declined("never asked");
            }
        };
    }

    static String page(String implementation, String reason) {
        return new Page(everyVerdict(implementation, reason), named(implementation), Catalogue.operations(), List.of())
                .html();
    }
}
