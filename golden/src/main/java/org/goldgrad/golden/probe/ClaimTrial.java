package org.goldgrad.golden.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.ClaimCheck;
import org.goldgrad.golden.judge.Crash;
import org.goldgrad.golden.judge.Diagnostician.Answered;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Recording;
import org.goldgrad.properties.operation.Reply;

/** Checks a claim on a draw. It needs no right answer; only to tell why it is broken are answers judged. */
record ClaimTrial(Operation operation, Claim claim, Implementation implementation) implements Trial {
    @Override
    public Attempt of(Draw draw) {
        ClaimCheck check = ClaimCheck.of(claim, implementation, draw);
        String what = check.finding().comparison();
        Inputs inputs = check.finding().inputs();
        return switch (check.outcome()) {
            case SILENT -> Attempt.outside(inputs, check.choices());
            case DECLINED -> Attempt.declined(what, inputs, check.choices());
            case HOLDS -> Attempt.passed(inputs, List.of(), check.choices());
            case BROKEN, MISSHAPEN, CRASHED ->
                Attempt.failed(symptom(check), what, "", inputs, answers(check), check.choices());
        };
    }

    private Symptom symptom(ClaimCheck check) {
        return switch (check.outcome()) {
            case CRASHED -> Symptom.of(Crash.of(check.thrown().orElseThrow()));
            case MISSHAPEN -> new Symptom(Symptom.Kind.MISSHAPEN, "");
            default -> new Symptom(Symptom.Kind.BROKEN_CLAIM, claim.id());
        };
    }

    /** What it answered to a broken claim's questions of the operation itself. */
    private List<Answered> answers(ClaimCheck check) {
        List<Answered> answers = new ArrayList<>();
        if (check.outcome() != ClaimCheck.Outcome.BROKEN || operation.sampled()) {
            return answers;
        }
        for (Recording.Asked asked : check.asked()) {
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
