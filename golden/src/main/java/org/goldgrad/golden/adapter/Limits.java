package org.goldgrad.golden.adapter;

import java.time.Duration;

/**
 * What an adapter may take.
 *
 * @param answer how long nothing may be answered while questions are under way
 * @param hello how long the start may take, up to hello and once more up to the echo
 * @param line the most bytes of a line
 * @param restarts how often it may be started again in a run
 * @param window how many questions may be under way
 */
public record Limits(Duration answer, Duration hello, int line, int restarts, int window) {
    /** Lines that are no answers, of one process. */
    static final int NOISE = 1000;

    public static final Limits STANDARD = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(20), 64 << 20, 10, 16);

    /** A search makes an adapter die again and again, to find the smallest question over which it does. */
    public static final Limits PROBING =
            new Limits(STANDARD.answer(), STANDARD.hello(), STANDARD.line(), 1000, STANDARD.window());

    public Limits {
        if (answer.isNegative() || answer.isZero() || hello.isNegative() || hello.isZero()) {
            throw new IllegalArgumentException("time limits must be positive");
        }
        if (line < 1 || restarts < 0 || window < 1) {
            throw new IllegalArgumentException("a line and a window hold at least 1, restarts are at least 0");
        }
    }
}
