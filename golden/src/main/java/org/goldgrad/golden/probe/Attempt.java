package org.goldgrad.golden.probe;

import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.golden.judge.Diagnostician.Answered;

/**
 * What one try showed.
 *
 * @param outcome whether it counts, and as what
 * @param symptom how it failed, if it did
 * @param what one sentence: what is and what should be, or why it does not count
 * @param divergence where along time or steps it first goes wrong; empty if nothing has such an axis
 * @param inputs the question; of a claim the last one that its law asked
 * @param answers what was answered to the operation's questions, right and wrong
 * @param choices what it was drawn by
 */
record Attempt(
        Outcome outcome,
        Optional<Symptom> symptom,
        String what,
        String divergence,
        Inputs inputs,
        List<Answered> answers,
        List<Integer> choices) {

    /** What a try counts as. */
    enum Outcome {
        PASSED,
        FAILED,
        /** The implementation declines it, or cannot be asked it. */
        DECLINED,
        /** It has no single answer, or the claim's hypotheses do not hold. */
        OUTSIDE
    }

    static Attempt outside(Inputs inputs, List<Integer> choices) {
        return new Attempt(Outcome.OUTSIDE, Optional.empty(), "", "", inputs, List.of(), choices);
    }

    static Attempt declined(String why, Inputs inputs, List<Integer> choices) {
        return new Attempt(Outcome.DECLINED, Optional.empty(), why, "", inputs, List.of(), choices);
    }

    static Attempt passed(Inputs inputs, List<Answered> answers, List<Integer> choices) {
        return new Attempt(Outcome.PASSED, Optional.empty(), "", "", inputs, answers, choices);
    }

    static Attempt failed(
            Symptom symptom,
            String what,
            String divergence,
            Inputs inputs,
            List<Answered> answers,
            List<Integer> choices) {
        return new Attempt(Outcome.FAILED, Optional.of(symptom), what, divergence, inputs, answers, choices);
    }

    boolean fails() {
        return outcome == Outcome.FAILED;
    }

    /** The wrong answers that made it fail. */
    List<Answered> wrong() {
        return answers.stream().filter(answer -> !answer.right()).toList();
    }

    /** One line: what is and what should be, on which question. */
    String line() {
        return what + ", on " + inputs;
    }
}
