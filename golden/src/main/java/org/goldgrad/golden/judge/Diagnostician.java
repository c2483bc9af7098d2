package org.goldgrad.golden.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Outputs;
import org.goldgrad.golden.sampling.Telling;
import org.goldgrad.golden.vectors.GoldenCase;
import org.goldgrad.properties.operation.Candidate;
import org.goldgrad.properties.operation.Operation;

/**
 * Finds the named mistake or the undeclared convention behind wrong answers.
 *
 * <p>A hypothesis must explain every wrong answer, each within the error that the hypothesis itself would be allowed, and
 * must not have spoiled a right one.
 */
public final class Diagnostician {
    private final Operation operation;
    private final Format format;
    private final Map<String, String> declared;
    private final Map<String, Map<String, Optional<Candidate.Evaluation>>> evaluations = new HashMap<>();

    private Diagnostician(Operation operation, Format format, Map<String, String> declared) {
        this.operation = operation;
        this.format = format;
        this.declared = declared;
    }

    /** An answer of the implementation, and whether it was judged right. */
    public record Answered(GoldenCase golden, Outputs outputs, boolean right) {}

    /**
     * What explains the wrong ones among the answers.
     *
     * @param declared the conventions that the implementation declares
     * @param answers all of them, right and wrong
     * @param others cases that were not answered, to find one that would separate rivals
     */
    public static Diagnosis diagnose(
            Operation operation,
            Format format,
            Map<String, String> declared,
            List<Answered> answers,
            List<GoldenCase> others) {
        return new Diagnostician(operation, format, declared).diagnose(answers, others);
    }

    /** Whether an implementation that does what a candidate says would have given this answer: to second order, unlike a diagnosis. */
    public static boolean explains(
            Operation operation,
            Format format,
            Map<String, String> declared,
            Diagnosis.Candidate candidate,
            Answered answer) {
        Diagnostician diagnostician = new Diagnostician(operation, format, declared);
        Optional<Candidate> wrong = wrong(operation, declared, candidate, answer);
        return wrong.isPresent()
                && (diagnostician.explains(
                                attempt(() ->
                                        wrong.get().evaluate(answer.golden().inputs())),
                                answer)
                        || diagnostician.explains(
                                attempt(() -> wrong.get().curved(answer.golden().inputs())), answer));
    }

    /**
     * Whether what a candidate says gives no definite answer to a question, so that anything may come of it: it divides by
     * 0, or needs a gap in a spectrum that has none.
     */
    public static boolean isVague(
            Operation operation, Map<String, String> declared, Diagnosis.Candidate candidate, Answered answer) {
        return wrong(operation, declared, candidate, answer)
                .filter(wrong -> !attempt(() -> wrong.isDefinite(answer.golden().inputs()))
                        .orElse(false))
                .isPresent();
    }

    /** What a candidate of a diagnosis computes for the question of an answer; empty if the right thing. */
    private static Optional<Candidate> wrong(
            Operation operation, Map<String, String> declared, Diagnosis.Candidate candidate, Answered answer) {
        Map<String, String> asked = answer.golden().inputs().conventions();
        return Hypothesis.of(operation, declared, List.of(asked)).stream()
                .filter(one -> one.kind().equals(candidate.kind()) && one.id().equals(candidate.id()))
                .findFirst()
                .flatMap(hypothesis -> hypothesis.under(operation, asked));
    }

    private record Finding(Hypothesis hypothesis, int support, int contradicted) {
        boolean explains(int cases) {
            return support == cases && contradicted == 0;
        }

        Diagnosis.Candidate candidate() {
            return new Diagnosis.Candidate(
                    hypothesis.kind(), hypothesis.id(), hypothesis.did(), hypothesis.formula(), support, contradicted);
        }

        String named() {
            return hypothesis.kind().equals("mistake")
                    ? hypothesis.did() + " (" + hypothesis.id() + ")"
                    : hypothesis.did();
        }
    }

    private Diagnosis diagnose(List<Answered> answers, List<GoldenCase> others) {
        List<Answered> wrong =
                answers.stream().filter(answer -> !answer.right()).toList();
        List<Finding> findings = new ArrayList<>();
        List<Map<String, String>> asked = answers.stream()
                .map(answer -> answer.golden().inputs().conventions())
                .toList();
        for (Hypothesis hypothesis : Hypothesis.of(operation, declared, asked)) {
            if (wrong.stream().anyMatch(answer -> mayFit(hypothesis, answer) && fits(hypothesis, answer))) {
                int support = (int) wrong.stream()
                        .filter(answer -> fits(hypothesis, answer))
                        .count();
                int contradicted = (int) answers.stream()
                        .filter(answer -> answer.right() && answers(hypothesis, answer) && !fits(hypothesis, answer))
                        .count();
                findings.add(new Finding(hypothesis, support, contradicted));
            }
        }
        int cases = wrong.size();
        findings.sort(Comparator.comparing((Finding finding) -> !finding.explains(cases))
                .thenComparing(finding -> -finding.support())
                .thenComparing(Finding::contradicted)
                .thenComparing(finding -> finding.hypothesis().rounded()));
        return new Diagnosis(
                findings.stream().map(Finding::candidate).toList(), cases, summary(findings, wrong, others));
    }

    /** Whether the hypothesis has a finite answer at all: where it divides by 0, who does likewise has a guard. */
    private boolean answers(Hypothesis hypothesis, Answered answer) {
        return hypothesis
                .under(operation, answer.golden().inputs().conventions())
                .map(candidate -> attempt(
                                () -> candidate.rounded(answer.golden().inputs(), Format.BINARY64))
                        .filter(outputs -> outputs.arrays().values().stream()
                                .allMatch(
                                        array -> Arrays.stream(array.elements()).allMatch(Double::isFinite)))
                        .isPresent())
                .orElse(true);
    }

    /** Whether the implementation would have given this answer under the hypothesis. */
    private boolean fits(Hypothesis hypothesis, Answered answer) {
        return hypothesis
                .under(operation, answer.golden().inputs().conventions())
                .map(candidate -> explains(evaluate(candidate, answer.golden()), answer))
                .orElse(answer.right());
    }

    /** The same at a glance, which rules most hypotheses out, and some answers that fit but for what cancels in them. */
    private boolean mayFit(Hypothesis hypothesis, Answered answer) {
        return hypothesis
                .under(operation, answer.golden().inputs().conventions())
                .map(candidate -> candidate.rounded() || operation.sampled() || !farOff(candidate, answer))
                .orElse(answer.right());
    }

    private boolean explains(Optional<Candidate.Evaluation> evaluation, Answered answer) {
        return evaluation
                .filter(one -> telling(answer.golden()).comparable(one.outputs(), answer.outputs()))
                .filter(one -> telling(answer.golden()).explains(one, answer.outputs(), format))
                .isPresent();
    }

    /**
     * Whether some element is off by a quarter of itself and a thousand times what the right answer may be: no rounding
     * explains that. Evaluating a candidate's budget costs a hundred times more than evaluating the candidate.
     */
    private boolean farOff(Candidate candidate, Answered answer) {
        Optional<Outputs> outputs =
                attempt(() -> candidate.rounded(answer.golden().inputs(), Format.BINARY64));
        if (outputs.isEmpty() || !telling(answer.golden()).comparable(outputs.get(), answer.outputs())) {
            return true;
        }
        for (String name : outputs.get().arrays().keySet()) {
            Array wanted = outputs.get().array(name);
            Array got = answer.outputs().array(name);
            for (int i = 0; i < wanted.size(); i++) {
                double allowed = 1000 * Comparison.allowed(answer.golden(), name, i, format)
                        + Math.max(Math.abs(wanted.at(i)), Math.abs(got.at(i))) / 4;
                if (Math.abs(wanted.at(i) - got.at(i)) > allowed) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Empty where the candidate has no answer: a transposition that does not fit, a division by an exact zero. */
    private static <T> Optional<T> attempt(Supplier<T> evaluation) {
        try {
            return Optional.of(evaluation.get());
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException impossible) {
            return Optional.empty();
        }
    }

    private Optional<Candidate.Evaluation> evaluate(Candidate candidate, GoldenCase golden) {
        return evaluations
                .computeIfAbsent(golden.id(), unused -> new HashMap<>())
                .computeIfAbsent(candidate.id(), unused -> attempt(() -> candidate.evaluate(golden.inputs())));
    }

    private Telling telling(GoldenCase golden) {
        return Telling.of(operation, golden.inputs());
    }

    private String summary(List<Finding> findings, List<Answered> wrong, List<GoldenCase> others) {
        int cases = wrong.size();
        List<Finding> fitting =
                findings.stream().filter(finding -> finding.explains(cases)).toList();
        List<String> sentences = new ArrayList<>();
        if (fitting.isEmpty()) {
            sentences.add("No named mistake or convention explains "
                    + (cases == 1 ? "the wrong case" : "all " + cases + " wrong cases") + ".");
            findings.stream().findFirst().ifPresent(best -> sentences.add("Closest: it " + support(best, cases) + "."));
        } else if (fitting.size() == 1) {
            Finding found = fitting.get(0);
            sentences.add(
                    "It " + support(found, cases) + ": " + found.hypothesis().formula() + ".");
            sentences.add(
                    findings.size() == 1
                            ? "Nothing else fits any of them."
                            : "Next best: it " + support(findings.get(1), cases) + ".");
        } else {
            sentences.add(fitting.size() + " candidates explain " + cases + " of " + cases + " wrong cases: it "
                    + String.join(", or ", fitting.stream().map(Finding::named).toList()) + ".");
            sentences.add(separation(fitting, others));
        }
        if (fitting.isEmpty() && !operation.sampled()) {
            List<String> observed = Observations.of(operation, format, wrong);
            if (!observed.isEmpty()) {
                sentences.add("Observed in all of them: " + String.join("; ", observed) + ".");
            }
        }
        return String.join(" ", sentences);
    }

    private static String support(Finding finding, int cases) {
        return finding.named() + ", which explains " + finding.support() + " of " + cases + " wrong "
                + (cases == 1 ? "case" : "cases")
                + (finding.contradicted() == 0
                        ? ""
                        : " but would have spoiled " + finding.contradicted() + " that came out right");
    }

    /** Which unanswered case tells most pairs of rivals apart. */
    private String separation(List<Finding> rivals, List<GoldenCase> others) {
        int most = 0;
        String best = "";
        for (GoldenCase golden : others) {
            int pairs = separated(rivals, golden);
            if (pairs > most) {
                most = pairs;
                best = golden.id();
            }
        }
        int pairs = rivals.size() * (rivals.size() - 1) / 2;
        if (most == 0) {
            return "No golden case tells them apart in " + Judge.name(format) + ".";
        }
        return "Case " + best + ", which it did not answer, would tell " + (most == pairs ? "them" : "some of them")
                + " apart.";
    }

    private int separated(List<Finding> rivals, GoldenCase golden) {
        int pairs = 0;
        for (int i = 0; i < rivals.size(); i++) {
            for (int j = 0; j < i; j++) {
                Optional<Candidate.Evaluation> one = at(rivals.get(i), golden);
                Optional<Candidate.Evaluation> other = at(rivals.get(j), golden);
                pairs += one.isPresent() && other.isPresent() && telling(golden).differs(one.get(), other.get(), format)
                        ? 1
                        : 0;
            }
        }
        return pairs;
    }

    /** What a rival answers to a case: its own wrong answer, or the right one where it is right. */
    private Optional<Candidate.Evaluation> at(Finding rival, GoldenCase golden) {
        return rival.hypothesis()
                .under(operation, golden.inputs().conventions())
                .map(candidate -> evaluate(candidate, golden))
                .orElseGet(() -> Optional.of(new Candidate.Evaluation(golden.expected(), golden.budget())));
    }
}
