package org.goldgrad.golden.probe;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.goldgrad.analytic.oracle.Certifier;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.Judge;
import org.goldgrad.golden.vectors.CorpusException;
import org.goldgrad.golden.vectors.FoundCase;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.draw.Shrinker;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Reply;

/** The smallest try that fails for a cause, asked again to see whether it always does, its right answer proven. */
record Smallest(Operation operation, Implementation implementation, Deadline end) {
    private static final int ATTEMPTS = 5000;
    private static final int REPEATS = 5;

    /** What a try shows that fails for a cause; empty if the proven answer agrees after all. */
    Optional<Finding> of(Trial trial, Cause cause, Predicate<Attempt> likewise) {
        return found(trial, cause.simplest(), likewise, "", cause.failures(), cause.diagnosis());
    }

    /** What a claim's failing try shows. */
    Optional<Finding> of(Trial law, String claim, Attempt failing, Optional<Diagnosis> diagnosis) {
        return found(law, failing, attempt -> true, claim, 1, diagnosis);
    }

    /** What a try shows when it is as small as it goes with the same symptom, and likewise. */
    private Optional<Finding> found(
            Trial trial,
            Attempt failing,
            Predicate<Attempt> likewise,
            String claim,
            int failures,
            Optional<Diagnosis> diagnosis) {
        Symptom symptom = failing.symptom().orElseThrow();
        Predicate<Attempt> same =
                attempt -> attempt.symptom().filter(symptom::equals).isPresent() && likewise.test(attempt);
        String steadiness = steadiness(trial, failing.choices(), same);
        Attempt least = failing;
        if (steadiness.isEmpty()) {
            List<Integer> choices = Shrinker.shrink(
                    failing.choices(), smaller -> !end.isOver() && same.test(trial.replay(smaller)), ATTEMPTS);
            Attempt replayed = trial.replay(choices);
            least = same.test(replayed) ? replayed : failing;
            steadiness = steadiness(trial, choices, same);
        }
        Proven proven = claim.isEmpty() ? proven(least) : new Proven(Optional.empty(), "");
        if (proven.golden().isPresent() && refuted(proven.golden().get(), least)) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                operation.id(),
                claim,
                symptom,
                failures,
                diagnosis,
                least.line(),
                least.divergence(),
                steadiness,
                steadiness.isEmpty() && !end.isOver(),
                proven.golden(),
                proven.doubt(),
                List.of()));
    }

    /** Empty if it fails likewise whenever it is asked again; else how often it does. */
    private static String steadiness(Trial trial, List<Integer> choices, Predicate<Attempt> same) {
        long again = Stream.generate(() -> trial.replay(choices))
                .limit(REPEATS)
                .filter(same)
                .count();
        if (again == REPEATS) {
            return "";
        }
        return again == 0
                ? "it failed in the search, but in none of " + REPEATS + " times when it was asked again: its answers "
                        + "depend on what it was asked before, or on chance"
                : "it fails in " + again + " of " + REPEATS + " times when it is asked again: its answers depend on "
                        + "chance, or on what it was asked before";
    }

    /** The proven case, or why it is not proven. */
    private record Proven(Optional<GoldenCase> golden, String doubt) {}

    private Proven proven(Attempt least) {
        try {
            return new Proven(Optional.of(FoundCase.of(operation, least.inputs(), least.choices())), "");
        } catch (Certifier.Uncertifiable | CorpusException unproven) {
            return new Proven(Optional.empty(), String.valueOf(unproven.getMessage()));
        }
    }

    /** Whether the answers that looked wrong are right by the proven one. */
    private boolean refuted(GoldenCase proven, Attempt least) {
        return !least.wrong().isEmpty()
                && least.wrong().stream()
                        .allMatch(answer -> Judge.objection(
                                        operation,
                                        proven,
                                        new Reply.Answered(answer.outputs()),
                                        implementation.format())
                                .isEmpty());
    }
}
