package org.goldgrad.golden.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The last bytes of a stream that is read as fast as it comes, so that whoever writes to it never waits. */
final class Tail {
    private static final int KEPT = 8 << 10;

    private final byte[] ring = new byte[KEPT];
    private long count;

    /** Reads to the end. */
    void drain(InputStream stream) {
        byte[] buffer = new byte[KEPT];
        try (stream) {
            for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
                add(buffer, n);
            }
        } catch (IOException closed) {
            // the process was killed, and what it had written is here
        }
    }

    private synchronized void add(byte[] bytes, int n) {
        for (int i = 0; i < n; i++) {
            ring[(int) (count++ % KEPT)] = bytes[i];
        }
    }

    synchronized void forget() {
        count = 0;
    }

    synchronized String text() {
        int n = (int) Math.min(count, KEPT);
        byte[] bytes = new byte[n];
        for (int i = 0; i < n; i++) {
            bytes[i] = ring[(int) ((count - n + i) % KEPT)];
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }
}
