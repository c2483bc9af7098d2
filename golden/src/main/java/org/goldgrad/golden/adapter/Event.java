package org.goldgrad.golden.adapter;

/** What comes from a process. */
sealed interface Event {
    /** A line of its standard output, without the end. */
    @SuppressWarnings("ArrayRecordComponent") // read once, and never compared
    record Line(byte[] bytes) implements Event {}

    /** No further line comes, and why. */
    record End(String how) implements Event {}
}
