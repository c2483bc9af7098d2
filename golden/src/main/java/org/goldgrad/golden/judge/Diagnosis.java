package org.goldgrad.golden.judge;

import java.util.List;
import java.util.Optional;

/**
 * Which named mistakes or undeclared conventions explain the wrong answers of an operation.
 *
 * @param candidates best first; {@link #explanation} is the first, where it is one
 * @param cases how many cases were to be explained
 * @param summary one or two sentences for people: what it is, the differing equation, what would separate rivals
 */
public record Diagnosis(List<Candidate> candidates, int cases, String summary) {
    public Diagnosis {
        candidates = List.copyOf(candidates);
    }

    /**
     * Something that would give these answers.
     *
     * @param kind "mistake" or "convention"
     * @param id the mistake's id, or {@code convention=choice}
     * @param did what somebody did, in words
     * @param formula the differing equation
     * @param support how many of the cases it matches
     * @param contradicted how many right answers it would have got wrong
     */
    public record Candidate(String kind, String id, String did, String formula, int support, int contradicted) {}

    /** The best candidate, if it explains every case and no right answer contradicts it. */
    public Optional<Candidate> explanation() {
        return candidates.stream().findFirst().filter(best -> best.support() == cases && best.contradicted() == 0);
    }
}
