package org.goldgrad.golden.probe;

import java.util.Optional;
import org.goldgrad.golden.judge.Diagnosis;

/** One reason why tries fail: what they have in common, and the simplest of them. */
final class Cause {
    private final Symptom symptom;
    private final Optional<Diagnosis> diagnosis;
    private Attempt simplest;
    private int failures;

    /**
     * A cause seen in some tries.
     *
     * @param diagnosis made from all of them; absent where nothing was answered that could be diagnosed
     */
    Cause(Attempt first, Optional<Diagnosis> diagnosis) {
        this.symptom = first.symptom().orElseThrow();
        this.diagnosis = diagnosis;
        this.simplest = first;
    }

    Symptom symptom() {
        return symptom;
    }

    Optional<Diagnosis> diagnosis() {
        return diagnosis;
    }

    /** The named mistake or convention that it is, if it has a name. */
    Optional<Diagnosis.Candidate> name() {
        return diagnosis.flatMap(Diagnosis::explanation);
    }

    Attempt simplest() {
        return simplest;
    }

    int failures() {
        return failures;
    }

    /** Counts a try that is not good enough to show it. */
    void join() {
        failures++;
    }

    void add(Attempt failed) {
        join();
        if (failed.choices().size() < simplest.choices().size()) {
            simplest = failed;
        }
    }
}
