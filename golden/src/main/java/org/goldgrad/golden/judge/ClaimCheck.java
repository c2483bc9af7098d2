package org.goldgrad.golden.judge;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Counterexample;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Recording;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.operation.Subject;

/**
 * What a claim found on one draw.
 *
 * @param finding what was compared, why it was declined, or how it crashed; on which question, if one was asked
 * @param asked everything that the law asked
 * @param choices the draw's
 * @param thrown by the implementation
 */
public record ClaimCheck(
        Outcome outcome,
        Counterexample finding,
        List<Recording.Asked> asked,
        List<Integer> choices,
        Optional<Throwable> thrown) {
    public ClaimCheck {
        asked = List.copyOf(asked);
        choices = List.copyOf(choices);
    }

    /** How it went. */
    public enum Outcome {
        /** The draw does not meet the hypotheses, or the law is one of mathematics alone. */
        SILENT,
        DECLINED,
        HOLDS,
        BROKEN,
        MISSHAPEN,
        CRASHED
    }

    /** Whether claims can be checked in its format; in binary16 squares of tidy numbers underflow. */
    public static boolean suits(Implementation implementation) {
        return implementation.format() != Format.BINARY16;
    }

    /** With budgets of first order; what seems broken is checked again with those of second, which binary64 rarely needs. */
    public static ClaimCheck of(Claim claim, Implementation implementation, Draw draw) {
        ClaimCheck first = of(claim, implementation, draw, Subject::new);
        return first.outcome == Outcome.BROKEN
                ? of(claim, implementation, Draw.replaying(first.choices), Subject::curved)
                : first;
    }

    private static ClaimCheck of(
            Claim claim, Implementation implementation, Draw draw, Function<Implementation, Subject> asking) {
        Recording recording = new Recording(implementation);
        try {
            Check check = claim.law().check(asking.apply(recording), draw);
            boolean silent = !check.applicable() || recording.record().isEmpty();
            Outcome outcome = silent ? Outcome.SILENT : check.holds() ? Outcome.HOLDS : Outcome.BROKEN;
            return misfit(recording)
                    .map(misfit -> of(Outcome.MISSHAPEN, misfit, recording, draw))
                    .orElseGet(() -> of(outcome, check.comparison(), recording, draw));
        } catch (StackOverflowError deep) {
            return stopped(recording, draw, deep);
        } catch (VirtualMachineError ours) {
            throw ours;
        } catch (RuntimeException | Error thrown) {
            return stopped(recording, draw, thrown);
        }
    }

    /** The law could not go on: an answer failed, or is none, or is not of the form that was asked for. */
    private static ClaimCheck stopped(Recording recording, Draw draw, Throwable thrown) {
        List<Recording.Asked> record = recording.record();
        if (!record.isEmpty() && record.get(record.size() - 1).reply().isEmpty()) {
            Crash crash = Crash.of(thrown);
            Counterexample finding = new Counterexample(crash.reason(), recording.last());
            return new ClaimCheck(Outcome.CRASHED, finding, record, draw.choices(), Optional.of(thrown));
        }
        if (thrown instanceof Subject.Unanswered) {
            return of(Outcome.DECLINED, String.valueOf(thrown.getMessage()), recording, draw);
        }
        if (thrown instanceof Operation.IllPosed) {
            return of(Outcome.SILENT, "", recording, draw);
        }
        String misfit = misfit(recording).orElseThrow(() -> new IllegalStateException("the law itself failed", thrown));
        return of(Outcome.MISSHAPEN, misfit, recording, draw);
    }

    /** What is wrong with the names or shapes of some answer, whether the law stumbled over it or not. */
    private static Optional<String> misfit(Recording recording) {
        return recording.record().stream()
                .flatMap(asked -> misfit(asked).stream())
                .findFirst();
    }

    private static Optional<String> misfit(Recording.Asked asked) {
        return asked.reply().isPresent() && asked.reply().get() instanceof Reply.Answered answered
                ? asked.operation().signature().objection(asked.inputs(), answered.outputs())
                : Optional.empty();
    }

    private static ClaimCheck of(Outcome outcome, String finding, Recording recording, Draw draw) {
        return new ClaimCheck(
                outcome,
                new Counterexample(finding, recording.last()),
                recording.record(),
                draw.choices(),
                Optional.empty());
    }

    public boolean fails() {
        return outcome.compareTo(Outcome.HOLDS) > 0;
    }

    /** Whether both fail in the same way: shrinking must not slip from one failure into another. */
    public boolean failsAs(ClaimCheck that) {
        return fails()
                && outcome == that.outcome
                && thrown.map(Object::getClass).equals(that.thrown.map(Object::getClass));
    }
}
