package org.goldgrad.golden.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.sampling.Ruling;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** Says whether an answer to a golden case is right. */
public final class Judge {
    private Judge() {}

    /**
     * The verdict on a reply.
     *
     * <p>Names and shapes first; then every element against its budget, written so that NaN fails. Intermediates are looked
     * at only where an output is wrong. One reply says nothing of an answer that is drawn at random.
     *
     * @param format the one that the implementation computes in
     */
    public static Verdict judge(Operation operation, GoldenCase golden, Reply reply, Format format) {
        return weigh(operation, golden, reply, format).verdict();
    }

    /**
     * The verdict on whoever is asked: once, or as often as a sample takes.
     *
     * @throws Crash if there is no answer but an exception
     */
    public static Verdict judge(Operation operation, GoldenCase golden, Implementation implementation) throws Crash {
        return weigh(operation, golden, asked(operation, implementation), implementation.format())
                .verdict();
    }

    /** Somebody who replies to questions of one operation. */
    @FunctionalInterface
    interface Asked {
        Reply about(Inputs question) throws Crash;
    }

    static Asked asked(Operation operation, Implementation implementation) {
        return question -> Crash.unless(implementation, operation, question);
    }

    /** Why a case cannot be asked in a format, if it cannot. */
    public static Optional<String> unaskable(GoldenCase golden, Format format) {
        if (golden.level() == GoldenCase.Level.STOCHASTIC) {
            return Ruling.tooCoarse(format);
        }
        boolean asks = golden.budget().peak() <= format.largest()
                && golden.inputs().arrays().values().stream()
                        .allMatch(array -> Arrays.stream(array.elements()).allMatch(format::reaches));
        if (!asks) {
            return Optional.of("outside the range of " + name(format));
        }
        return golden.budget().suits(format)
                ? Optional.empty()
                : Optional.of(name(format)
                        + " is too coarse: its rounding alone may reach beyond where the function is straight");
    }

    /** What people call a format: binary32. */
    public static String name(Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    /**
     * A verdict, and what it was made from.
     *
     * @param evidence what an agreeing answer contributes to the operation's bias
     * @param answer what a diagnosis may look at; of a sample all answers, stacked
     */
    record Judgment(Verdict verdict, List<Bias> evidence, Optional<Outputs> answer) {
        Judgment(Verdict verdict) {
            this(verdict, List.of(), Optional.empty());
        }
    }

    static Judgment weigh(Operation operation, GoldenCase golden, Asked asked, Format format) throws Crash {
        Optional<String> unaskable = unaskable(golden, format);
        if (unaskable.isPresent()) {
            return new Judgment(new Verdict.Declined(unaskable.get()));
        }
        return operation.sampled()
                ? SampleJudge.weigh(operation, golden, asked, format)
                : weigh(operation, golden, asked.about(golden.inputs()), format);
    }

    private static Judgment weigh(Operation operation, GoldenCase golden, Reply reply, Format format) {
        Optional<Verdict> objection = objection(operation, golden, reply, format);
        Optional<Outputs> answer =
                reply instanceof Reply.Answered answered ? Optional.of(answered.outputs()) : Optional.empty();
        if (objection.isPresent()) {
            return new Judgment(objection.get(), List.of(), answer);
        }
        Comparison comparison = Comparison.of(golden, ((Reply.Answered) reply).outputs(), format);
        List<Bias> evidence = Bias.of(operation.definition(), golden.inputs(), comparison);
        String warning = evidence.stream()
                .map(Bias::warning)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
        return new Judgment(new Verdict.Agrees(comparison.precision(), warning), evidence, answer);
    }

    /** The verdict on a reply to a question that has one right answer, if it is any other than that it agrees. */
    public static Optional<Verdict> objection(Operation operation, GoldenCase golden, Reply reply, Format format) {
        Optional<String> unaskable = unaskable(golden, format);
        if (unaskable.isPresent()) {
            return Optional.of(new Verdict.Declined(unaskable.get()));
        }
        if (reply instanceof Reply.Declined declined) {
            return Optional.of(new Verdict.Declined(declined.reason()));
        }
        Reply.Answered answered = (Reply.Answered) reply;
        Optional<String> misfit = operation.signature().objection(golden.inputs(), answered.outputs());
        if (misfit.isPresent()) {
            return Optional.of(misshapen(misfit.get()));
        }
        Comparison comparison = Comparison.of(golden, answered.outputs(), format);
        return comparison.wrong().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        differs(comparison, Divergence.of(operation, golden, comparison, answered.intermediates())));
    }

    static Verdict misshapen(String objection) {
        return new Verdict.Differs(
                Verdict.Precision.UNMEASURED,
                new Verdict.Worst("", Double.NaN, Double.NaN, Double.NaN),
                objection,
                "",
                List.of());
    }

    private static Verdict differs(Comparison comparison, Divergence divergence) {
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
                divergence.phrase(),
                divergence.notes());
    }

    private static String times(double ratio) {
        return Double.isInfinite(ratio) ? "infinitely many times" : String.format(Locale.ROOT, "%.3g times", ratio);
    }
}
