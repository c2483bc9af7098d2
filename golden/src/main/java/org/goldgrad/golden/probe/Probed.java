package org.goldgrad.golden.probe;

import java.util.List;

/**
 * What a search found in an operation.
 *
 * @param tries questions that were asked and answered, rightly or wrongly, or crashed
 * @param failures how many of these failed
 * @param declined questions that were declined, or cannot be asked in the implementation's format
 * @param reason why the last of these was; empty if there were none
 * @param claims claims that were tried at least once
 * @param checks how often all of these together
 * @param whole whether all tries were made before the time was up
 * @param findings by cause, named ones first
 */
public record Probed(
        String operation,
        int tries,
        int failures,
        int declined,
        String reason,
        int claims,
        int checks,
        boolean whole,
        List<Finding> findings) {
    public Probed {
        findings = List.copyOf(findings);
    }

    /** How many claims do not hold. */
    public int broken() {
        return (int) findings.stream()
                        .filter(finding -> !finding.claim().isEmpty())
                        .count()
                + findings.stream().mapToInt(finding -> finding.claims().size()).sum();
    }
}
