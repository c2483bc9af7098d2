package org.goldgrad.golden.probe;

import java.time.Duration;

/** A moment after which no new work begins. */
record Deadline(long nanoTime) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    boolean isOver() {
        return left() <= 0;
    }

    /** A deadline at this share of the time that is left. */
    Deadline share(double part) {
        return new Deadline(System.nanoTime() + (long) (Math.max(0, left()) * part));
    }

    private long left() {
        return nanoTime - System.nanoTime();
    }
}
