package org.goldgrad.properties.nd4j;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * Standard output without what one thread prints to it.
 *
 * <p>While SameDiff builds a gradient it prints "Added differentiated op …" with a bare {@code System.out.println}, out
 * of reach of any logging configuration; it would corrupt a protocol on standard output. For that time, and only then,
 * System.out is replaced by a stream that drops what this thread prints and passes on what others do. One thread at a
 * time may be silent; if somebody else replaces System.out meanwhile, theirs stays; whoever kept ours finds that it
 * passes everything on afterwards.
 */
final class Silence extends FilterOutputStream {
    private final Thread silenced = Thread.currentThread();
    private volatile boolean over;

    private Silence(OutputStream out) {
        super(out);
    }

    /** What the work gives; nothing that this thread prints during it appears. */
    static synchronized <T> T during(Supplier<T> work) {
        PrintStream before = System.out;
        Silence silence = new Silence(before);
        PrintStream replacement = new PrintStream(silence, true, StandardCharsets.UTF_8);
        System.setOut(replacement);
        try {
            return work.get();
        } finally {
            silence.over = true;
            if (System.out == replacement) {
                System.setOut(before);
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        if (over || Thread.currentThread() != silenced) {
            out.write(b);
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (over || Thread.currentThread() != silenced) {
            out.write(bytes, from, length);
        }
    }
}
