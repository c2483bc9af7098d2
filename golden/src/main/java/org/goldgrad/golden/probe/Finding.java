package org.goldgrad.golden.probe;

import java.util.List;
import java.util.Optional;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.golden.vectors.GoldenCase;

/**
 * Something wrong with an operation, or a claim that does not hold, with the smallest question that shows it.
 *
 * @param claim the id of the claim; empty if it is about an answer by itself
 * @param failures how many tries failed for this cause
 * @param diagnosis from all of these tries; absent where nothing was answered
 * @param line the smallest failing try in one line: what is, what should be, on which question
 * @param divergence where along time or steps it first goes wrong there; empty if nowhere
 * @param steadiness empty if the same question fails the same way whenever it is asked; else how often it does
 * @param smallest whether shrinking came to its end before the time did
 * @param proven the smallest question as a golden case; absent where its answer cannot be proven, and for claims
 * @param doubt why that answer cannot be proven; empty if it is, and for claims
 * @param claims claims that are broken likewise
 */
public record Finding(
        String operation,
        String claim,
        Symptom symptom,
        int failures,
        Optional<Diagnosis> diagnosis,
        String line,
        String divergence,
        String steadiness,
        boolean smallest,
        Optional<GoldenCase> proven,
        String doubt,
        List<Finding> claims) {
    public Finding {
        claims = List.copyOf(claims);
    }

    /** The named mistake or convention that it is, if it has a name. */
    public Optional<Diagnosis.Candidate> name() {
        return diagnosis.flatMap(Diagnosis::explanation);
    }

    Finding with(List<Finding> broken) {
        return new Finding(
                operation,
                claim,
                symptom,
                failures,
                diagnosis,
                line,
                divergence,
                steadiness,
                smallest,
                proven,
                doubt,
                broken);
    }
}
