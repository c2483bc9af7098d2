package org.goldgrad.golden.probe;

import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.SplitMix;

/**
 * Draws tried one after another, the same ones for the same name and seed.
 *
 * @param tries at most
 */
record Search(Trial trial, String name, long seed, int tries, Deadline end) {
    /** Draws are announced in batches, as the implementation may answer ahead. */
    private static final int BATCH = 64;

    /** Goes on until a try says that it is the last, or tries or time are up; says whether it was not the time. */
    boolean until(Predicate<Attempt> last) {
        SplitMix seeds = new SplitMix(31 * seed + name.hashCode());
        for (int tried = 0; tried < tries; tried += BATCH) {
            List<Draw> batch = IntStream.range(0, Math.min(BATCH, tries - tried))
                    .mapToObj(i -> Draw.random(new SplitMix(seeds.next())))
                    .toList();
            Iterator<Attempt> attempts = trial.all(batch).iterator();
            while (attempts.hasNext()) {
                if (end.isOver()) {
                    return false;
                }
                if (last.test(attempts.next())) {
                    return true;
                }
            }
        }
        return true;
    }
}
