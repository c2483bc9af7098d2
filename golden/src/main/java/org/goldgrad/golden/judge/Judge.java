package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Argument;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** Says whether an answer to a golden case is right. */
public final class Judge {
    private static final List<String> STEPPING = List.of("time", "steps");

    private Judge() {}

    /**
     * The verdict on a reply.
     *
     * <p>Names and shapes first; then every element against its budget, written so that NaN fails.
     *
     * @param format the one that the implementation computes in
     */
    public static Verdict judge(Operation operation, GoldenCase golden, Reply reply, Format format) {
        return weigh(operation, golden, reply, format).verdict();
    }

    /** Why a case cannot be asked in a format, if it cannot. */
    public static Optional<String> unaskable(GoldenCase golden, Format format) {
        boolean asks = golden.budget().peak() <= format.largest()
                && golden.inputs().arrays().values().stream()
                        .allMatch(array -> Arrays.stream(array.elements()).allMatch(format::reaches));
        if (!asks) {
            return Optional.of("outside the range of " + name(format));
        }
        return golden.budget().suits(format)
                ? Optional.empty()
                : Optional.of(name(format) + " is too coarse: its rounding alone may cross a bend of the function");
    }

    /** What people call a format: binary32. */
    static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /** A verdict, and what an agreeing answer contributes to the operation's bias. */
    record Judgment(Verdict verdict, List<Bias> evidence) {
        Judgment(Verdict verdict) {
            this(verdict, List.of());
        }
    }

    static Judgment weigh(Operation operation, GoldenCase golden, Reply reply, Format format) {
        Optional<Verdict> objection = objection(operation, golden, reply, format);
        if (objection.isPresent()) {
            return new Judgment(objection.get());
        }
        Comparison comparison = Comparison.of(golden, ((Reply.Answered) reply).outputs(), format);
        List<Bias> evidence = Bias.of(operation.definition(), golden.inputs(), comparison);
        String warning = evidence.stream()
                .map(Bias::warning)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
        return new Judgment(new Verdict.Agrees(comparison.precision(), warning), evidence);
    }

    /** The verdict on a reply, if it is any other than that it agrees. */
    public static Optional<Verdict> objection(Operation operation, GoldenCase golden, Reply reply, Format format) {
        Optional<String> unaskable = unaskable(golden, format);
        if (unaskable.isPresent()) {
            return Optional.of(new Verdict.Declined(unaskable.get()));
        }
        if (reply instanceof Reply.Declined declined) {
            return Optional.of(new Verdict.Declined(declined.reason()));
        }
        Outputs actual = ((Reply.Answered) reply).outputs();
        Optional<String> misfit = operation.signature().objection(golden.inputs(), actual);
        if (misfit.isPresent()) {
            return Optional.of(misshapen(misfit.get()));
        }
        Comparison comparison = Comparison.of(golden, actual, format);
        return comparison.wrong().isEmpty() ? Optional.empty() : Optional.of(differs(operation, golden, comparison));
    }

    private static Verdict misshapen(String objection) {
        return new Verdict.Differs(
                new Verdict.Precision(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                new Verdict.Worst("", Double.NaN, Double.NaN, Double.NaN),
                objection,
                "");
    }

    private static Verdict differs(Operation operation, GoldenCase golden, Comparison comparison) {
        Comparison.Element worst = comparison.worst();
        int wrong = comparison.wrong().size();
        String many = wrong == 1
                ? ""
                : ", and " + (wrong - 1) + " more of " + comparison.elements().size();
        String reason = Double.isFinite(worst.actual())
                ? worst + ": off by " + times(worst.ratio()) + " what rounding explains" + many
                : worst.name() + " is " + worst.actual() + " where a number is due" + many;
        return new Verdict.Differs(
                comparison.precision(),
                new Verdict.Worst(worst.name(), worst.expected(), worst.actual(), worst.allowed()),
                reason,
                divergence(operation, golden, comparison.wrong()));
    }

    private static String times(double ratio) {
        return Double.isInfinite(ratio) ? "infinitely many times" : String.format(Locale.ROOT, "%.3g times", ratio);
    }

    /**
     * The earliest step at which an output is wrong: "step 3 of theta", counting from 1 as the formulas do.
     *
     * <p>Intermediates come before outputs within a step: once implementations answer with them, compare them like
     * outputs and put them first in {@code wrong}, which is in the order of computation.
     */
    private static String divergence(Operation operation, GoldenCase golden, List<Comparison.Element> wrong) {
        List<Step> steps = new ArrayList<>();
        for (Comparison.Element element : wrong) {
            step(operation, golden, element).ifPresent(steps::add);
        }
        return steps.stream()
                .min(Comparator.comparingInt(Step::index)) // the first of several
                .map(step -> (step.axis().equals("time") ? "time step " : "step ") + (step.index() + 1) + " of "
                        + step.output())
                .orElse("");
    }

    private record Step(String output, String axis, int index) {}

    private static Optional<Step> step(Operation operation, GoldenCase golden, Comparison.Element element) {
        Argument output = operation.signature().outputs().stream()
                .filter(argument -> argument.name().equals(element.output()))
                .findFirst()
                .orElseThrow();
        Array expected = golden.expected().array(element.output());
        int block = expected.size();
        int rest = element.position();
        for (int axis = 0; axis < expected.rank(); axis++) {
            block /= expected.size(axis);
            if (STEPPING.contains(output.dimensions().get(axis))) {
                return Optional.of(
                        new Step(element.output(), output.dimensions().get(axis), rest / block));
            }
            rest %= block;
        }
        return Optional.empty();
    }
}
