package org.goldgrad.golden.probe;

import org.goldgrad.golden.judge.Crash;
import org.goldgrad.golden.judge.Verdict;

/**
 * How a try fails; shrinking must keep it.
 *
 * @param detail which failure, for crashes: {@code ValueError}, {@code ended}; else empty
 */
public record Symptom(Kind kind, String detail) {
    /** What people call it. */
    public enum Kind {
        WRONG_VALUE("a wrong value"),
        NOT_A_NUMBER("no number where one is due"),
        MISSHAPEN("wrong names or shapes"),
        CRASH("a crash"),
        BROKEN_CLAIM("a broken claim");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Symptom of(Verdict.Differs verdict) {
        if (verdict.worst().element().isEmpty()) {
            return new Symptom(Kind.MISSHAPEN, "");
        }
        return new Symptom(Double.isFinite(verdict.worst().actual()) ? Kind.WRONG_VALUE : Kind.NOT_A_NUMBER, "");
    }

    static Symptom of(Crash crash) {
        return new Symptom(Kind.CRASH, crash.symptom());
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.words : kind.words + " (" + detail + ")";
    }
}
