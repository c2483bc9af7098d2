package org.goldgrad.reports;

import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.OperationResult;
import org.goldgrad.golden.judge.Run;

/**
 * A run in one sentence. What was declined is counted, and never as passed.
 *
 * @param ulp the worst error in ulp over all agreeing cases of all operations, NaN if none; likewise digits and bits
 */
record Summary(
        String name,
        String options,
        int cases,
        int agrees,
        int differs,
        int declined,
        int crashed,
        int notAsked,
        double ulp,
        double digits,
        double bits,
        Exit exit) {
    static Summary of(Run run) {
        String name = run.header().getOrDefault("implementation", "the implementation");
        int agrees = sum(run, OperationResult::agrees);
        int differs = sum(run, OperationResult::differs);
        return new Summary(
                name,
                run.header().getOrDefault("options", "--implementation " + name),
                sum(run, operation -> operation.cases().size()),
                agrees,
                differs,
                sum(run, OperationResult::declined),
                sum(run, OperationResult::crashed),
                sum(run, OperationResult::notAsked),
                measured(run, OperationResult::ulp).max().orElse(Double.NaN),
                measured(run, OperationResult::digits).min().orElse(Double.NaN),
                measured(run, OperationResult::bits).min().orElse(Double.NaN),
                agrees + differs == 0 ? Exit.UNUSABLE : run.conforms() ? Exit.CONFORMS : Exit.DIFFERS);
    }

    private static int sum(Run run, ToIntFunction<OperationResult> count) {
        return run.operations().stream().mapToInt(count).sum();
    }

    private static DoubleStream measured(Run run, ToDoubleFunction<OperationResult> worst) {
        return run.operations().stream().mapToDouble(worst).filter(x -> !Double.isNaN(x));
    }

    /** Whether it conforms, and in how many cases what. */
    String sentence() {
        String counts = agrees + " of " + Numbers.count(cases, "case") + " agree" + (agrees == 1 ? "s" : "")
                + part(differs, differs == 1 ? "differs" : "differ")
                + part(declined, declined == 1 ? "is declined" : "are declined")
                + part(crashed, crashed == 1 ? "crashes" : "crash");
        return switch (exit) {
            case CONFORMS -> name + (declined == 0 ? " conforms: " : " conforms where it answers: ") + counts + ".";
            case DIFFERS -> name + " does not conform: " + counts + ".";
            case UNUSABLE, REFUSED -> name + " answers nothing: " + counts + ".";
        };
    }

    private static String part(int n, String verb) {
        return n == 0 ? "" : ", " + n + " " + verb;
    }

    /** The command that judges one operation again. */
    String rerun(OperationResult operation) {
        return "./goldgrad check " + options + " --operations " + operation.operation();
    }

    /** What it does in how many cases of an operation, worst first: {@code differs in 3 of 12 cases}. */
    static String troubles(OperationResult result) {
        int all = result.cases().size();
        String troubles = Stream.of(
                        trouble(result.differs(), all, "differs in"),
                        trouble(result.crashed(), all, "crashes in"),
                        trouble(result.declined(), all, "declines"))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return troubles.isEmpty() ? "agrees in " + result.agrees() + " of " + Numbers.count(all, "case") : troubles;
    }

    private static String trouble(int n, int all, String verb) {
        return n == 0 ? "" : verb + " " + n + " of " + Numbers.count(all, "case");
    }
}
