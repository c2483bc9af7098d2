package org.goldgrad.golden.judge;

/** One line of a run log. */
public record CaseResult(String caseId, String operation, Verdict verdict) {}
