package org.goldgrad.golden.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/** Lines of bytes from a stream, none longer than a limit; what the bytes mean is for others to say. */
final class Lines {
    private static final int CHUNK = 64 << 10;

    private final InputStream stream;
    private final int most;
    private final byte[] chunk = new byte[CHUNK];
    private int from;
    private int to;
    private byte[] line = new byte[256];
    private int length;

    Lines(InputStream stream, int most) {
        this.stream = stream;
        this.most = most;
    }

    /** A line was longer than the limit, and the rest of the stream is not worth reading. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(int most) {
            super("a line of more than " + most + " bytes");
        }
    }

    /** The next line without its end; empty where the stream ends, perhaps in the middle of a line. */
    Optional<byte[]> next() throws IOException {
        for (; ; ) {
            if (from == to) {
                from = 0;
                to = Math.max(0, stream.read(chunk));
                if (to == 0) {
                    return Optional.empty();
                }
            }
            int end = from;
            while (end < to && chunk[end] != '\n') {
                end++;
            }
            append(end);
            if (end < to) {
                from = end + 1;
                return Optional.of(whole());
            }
        }
    }

    private synchronized void append(int end) throws TooLong {
        int more = end - from;
        if (more > most - length) {
            more = most - length;
        }
        if (length + more > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(most, Math.max(2L * line.length, length + more)));
        }
        System.arraycopy(chunk, from, line, length, more);
        length += more;
        if (more < end - from) {
            throw new TooLong(most);
        }
        from = end;
    }

    private synchronized byte[] whole() {
        byte[] whole = Arrays.copyOf(line, length);
        length = 0;
        return whole;
    }

    /** What there is of a line that has not ended; another thread may ask. */
    synchronized byte[] unfinished() {
        return Arrays.copyOf(line, Math.min(length, 2000));
    }
}
