package org.goldgrad.golden.probe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.judge.Diagnostician;
import org.goldgrad.golden.judge.Diagnostician.Answered;
import org.goldgrad.properties.operation.Implementation;
import org.goldgrad.properties.operation.Operation;

/**
 * Sorts the failing tries of an operation by their cause.
 *
 * <p>Tries wait until there are enough of them. Then the named mistake or convention that explains most of them, and would
 * have spoiled nothing that came out right, is a cause; so on with the rest. What no name explains is one cause for each
 * symptom. A try that a known cause explains joins it.
 */
final class Causes {
    /** How many tries wait for each other. */
    private static final int ENOUGH = 24;
    /** How many right answers a diagnosis is held against. */
    private static final int RIGHT = 48;
    /** A name that fits fewer, or fewer than a tenth, fits by chance: small questions are answered alike by many mistakes. */
    private static final int LEAST = 3;

    private final Operation operation;
    private final Implementation implementation;
    private final List<Cause> known = new ArrayList<>();
    private final List<Attempt> waiting = new ArrayList<>();
    private final List<Answered> right = new ArrayList<>();

    Causes(Operation operation, Implementation implementation) {
        this.operation = operation;
        this.implementation = implementation;
    }

    /** Takes a try that passed or failed. */
    void add(Attempt attempt) {
        if (!attempt.fails()) {
            attempt.answers().stream().limit(RIGHT - right.size()).forEach(right::add);
            return;
        }
        Optional<Cause> cause =
                known.stream().filter(one -> covers(one, attempt)).findFirst();
        if (cause.isPresent()) {
            cause.get().add(attempt);
        } else {
            waiting.add(attempt);
            if (waiting.size() == ENOUGH) {
                sort();
            }
        }
    }

    /** All causes, named ones first. */
    List<Cause> all() {
        sort();
        return Stream.concat(
                        known.stream().filter(cause -> cause.name().isPresent()),
                        known.stream().filter(cause -> cause.name().isEmpty()))
                .toList();
    }

    /** Whether a try fails for this cause and, if it has no name, for none that has one. */
    boolean isOf(Cause cause, Attempt attempt) {
        return covers(cause, attempt)
                && (cause.name().isPresent()
                        || known.stream()
                                .filter(other -> other.name().isPresent())
                                .noneMatch(other -> covers(other, attempt)));
    }

    /** Whether a try fails for this cause, or, if the cause has no name, at least likewise. */
    private boolean covers(Cause cause, Attempt attempt) {
        return cause.name().isPresent()
                ? explains(cause.name().get(), attempt)
                : attempt.symptom().filter(cause.symptom()::equals).isPresent();
    }

    private boolean explains(Diagnosis.Candidate name, Attempt attempt) {
        return !attempt.wrong().isEmpty() && attempt.wrong().stream().allMatch(answer -> explains(name, answer));
    }

    private boolean explains(Diagnosis.Candidate name, Answered answer) {
        return Diagnostician.explains(
                operation, implementation.format(), implementation.conventions(operation), name, answer);
    }

    /** Whether anything may come of a question by this name. */
    private boolean isVague(Diagnosis.Candidate name, Answered answer) {
        return Diagnostician.isVague(operation, implementation.conventions(operation), name, answer);
    }

    /** What explains the wrong answers of one try: a known cause, if it may; absent if there are none. */
    Optional<Diagnosis> diagnosis(Attempt attempt) {
        if (attempt.wrong().isEmpty()) {
            return Optional.empty();
        }
        return known.stream()
                .filter(cause -> cause.name().isPresent()
                        && attempt.wrong().stream()
                                .allMatch(answer -> explains(cause.name().get(), answer)
                                        || isVague(cause.name().get(), answer)))
                .findFirst()
                .flatMap(Cause::diagnosis)
                .or(() -> Optional.of(diagnose(List.of(attempt))));
    }

    private void sort() {
        List<Attempt> answered = new ArrayList<>(
                waiting.stream().filter(attempt -> !attempt.wrong().isEmpty()).toList());
        List<Attempt> others =
                waiting.stream().filter(attempt -> attempt.wrong().isEmpty()).toList();
        waiting.clear();
        int all = answered.size();
        for (Optional<Diagnosis.Candidate> name = name(answered, all); name.isPresent(); name = name(answered, all)) {
            Diagnosis.Candidate found = name.get();
            List<Attempt> members =
                    answered.stream().filter(one -> explains(found, one)).toList();
            answered.removeAll(members);
            admit(members, Optional.of(diagnose(members)));
        }
        for (Cause cause : known) {
            List<Attempt> members =
                    answered.stream().filter(one -> mayBe(cause, one)).toList();
            answered.removeAll(members);
            members.forEach(unused -> cause.join());
        }
        if (!answered.isEmpty()) {
            Diagnosis nameless = diagnose(answered);
            bySymptom(answered).forEach(members -> admit(members, Optional.of(nameless)));
        }
        bySymptom(others).forEach(members -> admit(members, Optional.empty()));
    }

    /** Whether a cause has a name by which anything may come of a try: it need not have another cause. */
    private boolean mayBe(Cause cause, Attempt attempt) {
        return cause.name().isPresent()
                && attempt.wrong().stream()
                        .allMatch(answer -> isVague(cause.name().get(), answer));
    }

    /** The name that explains most of these and contradicts no right answer, if it explains enough of them. */
    private Optional<Diagnosis.Candidate> name(List<Attempt> failed, int all) {
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        return diagnose(failed).candidates().stream()
                .filter(candidate -> candidate.contradicted() == 0)
                .findFirst()
                .filter(best ->
                        best.support() == failed.size() || (best.support() >= LEAST && 10 * best.support() >= all));
    }

    private Diagnosis diagnose(List<Attempt> failed) {
        List<Answered> answers = new ArrayList<>(right);
        failed.forEach(attempt -> answers.addAll(attempt.wrong()));
        return Diagnostician.diagnose(
                operation, implementation.format(), implementation.conventions(operation), answers, List.of());
    }

    private static List<List<Attempt>> bySymptom(List<Attempt> failed) {
        Map<Symptom, List<Attempt>> groups = new LinkedHashMap<>();
        failed.forEach(attempt -> groups.computeIfAbsent(attempt.symptom().orElseThrow(), unused -> new ArrayList<>())
                .add(attempt));
        return List.copyOf(groups.values());
    }

    private void admit(List<Attempt> members, Optional<Diagnosis> diagnosis) {
        Cause cause = new Cause(members.get(0), diagnosis);
        Cause target = known.stream()
                .filter(one -> one.name().isEmpty()
                        && cause.name().isEmpty()
                        && one.symptom().equals(cause.symptom()))
                .findFirst()
                .orElseGet(() -> {
                    known.add(cause);
                    return cause;
                });
        members.forEach(target::add);
    }
}
