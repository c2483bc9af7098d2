package org.goldgrad.golden.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.goldgrad.golden.judge.ClaimCheck;
import org.goldgrad.golden.judge.Diagnosis;
import org.goldgrad.properties.operation.Claim;
import org.goldgrad.properties.operation.Operation;

/** The search in one operation: its answers, then its claims. */
final class OperationProbe {
    /** How many times fewer tries a claim gets: its law asks several questions, one after another. */
    private static final int CLAIMS = 10;
    /** The part of the time in which failing tries are looked for; the rest is for making them small. */
    private static final double SEARCH = 0.6;

    private final Operation operation;
    private final Probe probe;
    private final Deadline end;
    private final Probe.Progress progress;
    private final Causes causes;
    private final Smallest smallest;
    private int tries;
    private int failures;
    private int declined;
    private String reason = "";
    private int claims;
    private int checks;
    private boolean whole = true;

    OperationProbe(Operation operation, Probe probe, Deadline end, Probe.Progress progress) {
        this.operation = operation;
        this.probe = probe;
        this.end = end;
        this.progress = progress;
        this.causes = new Causes(operation, probe.implementation());
        this.smallest = new Smallest(operation, probe.implementation(), end);
    }

    Probed run() {
        List<Finding> findings = answers();
        List<Finding> broken = new ArrayList<>();
        for (Claim claim : operation.claims()) {
            if (claim.status() == Claim.Status.HOLDS && ClaimCheck.suits(probe.implementation())) {
                claim(claim).ifPresent(broken::add);
            }
        }
        return new Probed(
                operation.id(), tries, failures, declined, reason, claims, checks, whole, joined(findings, broken));
    }

    private List<Finding> answers() {
        Trial trial = new AnswerTrial(operation, probe.implementation());
        whole = new Search(trial, operation.id(), probe.seed(), probe.tries(), end.share(SEARCH)).until(attempt -> {
            count(attempt);
            progress.tried(operation.id(), tries, failures);
            return false;
        });
        List<Finding> findings = new ArrayList<>();
        for (Cause cause : causes.all()) {
            smallest.of(trial, cause, attempt -> causes.isOf(cause, attempt)).ifPresent(findings::add);
        }
        return findings;
    }

    private void count(Attempt attempt) {
        switch (attempt.outcome()) {
            case PASSED, FAILED -> {
                tries++;
                failures += attempt.fails() ? 1 : 0;
                causes.add(attempt);
            }
            case DECLINED -> {
                declined++;
                reason = attempt.what();
            }
            case OUTSIDE -> {
                // says nothing
            }
        }
    }

    /** Tries a claim until it fails. */
    private Optional<Finding> claim(Claim claim) {
        Trial law = new ClaimTrial(operation, claim, probe.implementation());
        List<Attempt> failing = new ArrayList<>();
        int before = checks;
        whole &= new Search(law, claim.id(), probe.seed(), Math.max(1, probe.tries() / CLAIMS), end).until(attempt -> {
            checks += attempt.fails() || attempt.outcome() == Attempt.Outcome.PASSED ? 1 : 0;
            if (attempt.fails()) {
                failing.add(attempt);
            }
            return attempt.fails();
        });
        claims += checks > before ? 1 : 0;
        return failing.stream()
                .findFirst()
                .flatMap(attempt -> smallest.of(law, claim.id(), attempt, causes.diagnosis(attempt)));
    }

    /** A claim that is broken by answers that are wrong by themselves belongs to what is wrong with these. */
    private static List<Finding> joined(List<Finding> findings, List<Finding> broken) {
        List<Finding> joined = new ArrayList<>();
        List<Finding> alone = new ArrayList<>(broken);
        for (Finding finding : findings) {
            List<Finding> own =
                    alone.stream().filter(claim -> belongs(claim, finding)).toList();
            alone.removeAll(own);
            joined.add(finding.with(own));
        }
        joined.addAll(alone);
        return joined;
    }

    private static boolean belongs(Finding claim, Finding finding) {
        return claim.symptom().equals(finding.symptom())
                || claim.diagnosis().isPresent()
                        && (finding.name().isEmpty()
                                || claim.name()
                                        .map(Diagnosis.Candidate::id)
                                        .equals(finding.name().map(Diagnosis.Candidate::id)));
    }
}
