package org.goldgrad.golden.judge;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * What a run says about one operation.
 *
 * @param notAsked cases under conventions that the implementation does not follow
 * @param ulp the worst error in ulp over agreeing cases, NaN if none
 * @param digits the fewest correct digits over agreeing cases, NaN if none
 * @param bits the least effective precision over agreeing cases, NaN if none
 * @param diagnosis what explains all differing cases, if anything differs
 * @param warnings systematic biases that show only over all agreeing cases together
 */
public record OperationResult(
        String operation,
        List<CaseResult> cases,
        int notAsked,
        int agrees,
        int differs,
        int declined,
        int crashed,
        double ulp,
        double digits,
        double bits,
        Optional<Diagnosis> diagnosis,
        List<String> warnings) {
    public OperationResult {
        cases = List.copyOf(cases);
        warnings = List.copyOf(warnings);
    }

    /** Counts cases and takes the worst of their precision. */
    public static OperationResult of(
            String operation,
            List<CaseResult> cases,
            int notAsked,
            Optional<Diagnosis> diagnosis,
            List<String> warnings) {
        List<Verdict.Precision> right = cases.stream()
                .map(CaseResult::verdict)
                .filter(Verdict.Agrees.class::isInstance)
                .map(verdict -> ((Verdict.Agrees) verdict).precision())
                .toList();
        return new OperationResult(
                operation,
                cases,
                notAsked,
                right.size(),
                count(cases, Verdict.Differs.class),
                count(cases, Verdict.Declined.class),
                count(cases, Verdict.Crashed.class),
                measured(right, Verdict.Precision::ulp).max().orElse(Double.NaN),
                measured(right, Verdict.Precision::digits).min().orElse(Double.NaN),
                measured(right, Verdict.Precision::bits).min().orElse(Double.NaN),
                diagnosis,
                warnings);
    }

    /** Samples have no precision. */
    private static DoubleStream measured(List<Verdict.Precision> right, ToDoubleFunction<Verdict.Precision> precision) {
        return right.stream().mapToDouble(precision).filter(x -> !Double.isNaN(x));
    }

    private static int count(List<CaseResult> cases, Class<? extends Verdict> kind) {
        return (int) cases.stream()
                .filter(result -> kind.isInstance(result.verdict()))
                .count();
    }
}
