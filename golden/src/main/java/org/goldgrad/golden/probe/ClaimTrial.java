package org.goldgrad.golden.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.goldgrad.golden.judge.Crash;
import org.goldgrad.golden.judge.Diagnostician.Answered;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Recording;
import org.goldgrad.properties.operation.Reply;
import org.goldgrad.properties.operation.Subject;

/** Checks a claim on a draw. It needs no right answer; only to tell why it is broken are answers judged. */
final class ClaimTrial implements Trial {
    private final Operation operation;
    private final Claim claim;
    private final Implementation implementation;

    ClaimTrial(Operation operation, Claim claim, Implementation implementation) {
        this.operation = operation;
        this.claim = claim;
        this.implementation = implementation;
    }

    @Override
    public Attempt of(Draw draw) {
        Attempt first = check(draw, Subject::new);
        return first.symptom()
                        .filter(symptom -> symptom.kind() == Symptom.Kind.BROKEN_CLAIM)
                        .isPresent()
                ? check(Draw.replaying(first.choices()), Subject::curved)
                : first;
    }

    /** With budgets of first order, or of second, which binary64 almost never needs. */
    private Attempt check(Draw draw, Function<Implementation, Subject> asking) {
        Recording recording = new Recording(implementation);
        Check check;
        try {
            check = claim.check(asking.apply(recording), draw);
        } catch (RuntimeException thrown) {
            return stopped(recording, draw, thrown);
        }
        List<Integer> choices = draw.choices();
        if (!check.applicable()) {
            return Attempt.outside(recording.last(), choices);
        }
        return check.holds()
                ? Attempt.passed(recording.last(), List.of(), choices)
                : Attempt.failed(
                        new Symptom(Symptom.Kind.BROKEN_CLAIM, claim.id()),
                        check.comparison(),
                        "",
                        recording.last(),
                        answers(recording),
                        choices);
    }

    /** The law could not go on: an answer failed, or is not of the form that was asked for. */
    private Attempt stopped(Recording recording, Draw draw, RuntimeException thrown) {
        Optional<Recording.Asked> last = recording.record().stream().reduce((first, second) -> second);
        if (last.isPresent() && last.get().reply().isEmpty()) {
            Crash crash = Crash.of(thrown);
            return Attempt.failed(Symptom.of(crash), crash.reason(), "", recording.last(), List.of(), draw.choices());
        }
        Optional<String> misfit = recording.record().stream()
                .flatMap(asked -> misfit(asked).stream())
                .findFirst();
        if (misfit.isEmpty()) {
            throw thrown;
        }
        return Attempt.failed(
                new Symptom(Symptom.Kind.MISSHAPEN, ""), misfit.get(), "", recording.last(), List.of(), draw.choices());
    }

    private static Optional<String> misfit(Recording.Asked asked) {
        return asked.reply().isPresent() && asked.reply().get() instanceof Reply.Answered answered
                ? asked.operation().signature().objection(asked.inputs(), answered.outputs())
                : Optional.empty();
    }

    /** Its answers to questions of the operation itself. */
    private List<Answered> answers(Recording recording) {
        List<Answered> answers = new ArrayList<>();
        for (Recording.Asked asked : recording.record()) {
            if (asked.operation().id().equals(operation.id())
                    && asked.reply().isPresent()
                    && asked.reply().get() instanceof Reply.Answered answered) {
                Optional<GoldenCase> truth = Truth.of("asked-" + answers.size(), operation, asked.inputs(), true);
                truth.ifPresent(golden -> answers.add(new Answered(
                        golden,
                        answered.outputs(),
                        Judge.objection(operation, golden, answered, implementation.format())
                                .isEmpty())));
            }
        }
        return answers;
    }
}
