package org.goldgrad.golden.sampling;

import java.util.concurrent.atomic.AtomicInteger;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.sampling.Law;
import org.goldgrad.properties.draw.SplitMix;

/** Draws answers from any law, so that the judge can be tried on wrong ones. */
public final class Planted {
    /** So that seeds of questions are not those of other generators. */
    private static final long SALT = 0x6C62272E07BB0142L;

    private static final AtomicInteger FRESH = new AtomicInteger();

    private Planted() {}

    private static long seed(Law.Seeding seeding, int seed) {
        return switch (seeding) {
            case FOLLOWED -> seed;
            case IGNORED -> 0;
            case ABSENT -> (1L << 32) + FRESH.incrementAndGet();
        };
    }

    /** The answer to a seed. */
    public static Array draw(Law law, int[] shape, int seed) {
        SplitMix random = new SplitMix(new SplitMix(SALT + seed(law.seeding(), seed)).next());
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        int period = law.distinctRows() == 0 ? size : size / shape[0] * law.distinctRows();
        double[] x = new double[size];
        for (int i = 0; i < size; i++) {
            x[i] = i < period ? law.entry().quantile(((random.next() >>> 11) + 0.5) * 0x1p-53) : x[i - period];
        }
        return Array.of(shape, x);
    }
}
