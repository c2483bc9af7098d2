package org.goldgrad.properties.catalogue;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.Shrinker;
import org.goldgrad.properties.draw.SplitMix;

/**
 * Lists of choices as jqwik sees them: drawn by what reads them, shrunk by our own shrinker.
 *
 * @param seed where choices come from while none are recorded
 */
record Choices(long seed, List<Integer> recorded) {
    private static final int LENGTH = 600;

    /** A fresh draw from these choices. */
    Draw draw() {
        return Draw.replaying(recorded);
    }

    static Arbitrary<Choices> arbitrary() {
        return new Arbitrary<>() {
            @Override
            public RandomGenerator<Choices> generator(int genSize) {
                return random -> shrinkable(random(random));
            }

            @Override
            public EdgeCases<Choices> edgeCases(int maxEdgeCases) {
                return EdgeCases.none();
            }
        };
    }

    private static Choices random(Random random) {
        long seed = random.nextLong();
        SplitMix numbers = new SplitMix(seed);
        return new Choices(
                seed,
                Stream.generate(() -> numbers.below(1 << 20)).limit(LENGTH).toList());
    }

    private static Shrinkable<Choices> shrinkable(Choices choices) {
        return new Shrinkable<>() {
            @Override
            public Choices value() {
                return choices;
            }

            @Override
            public Stream<Shrinkable<Choices>> shrink() {
                return Shrinker.smaller(choices.recorded).stream()
                        .map(smaller -> shrinkable(new Choices(choices.seed, smaller)));
            }

            @Override
            public ShrinkingDistance distance() {
                long[] distance = new long[choices.recorded.size() + 1];
                distance[0] = choices.recorded.size();
                for (int i = 1; i < distance.length; i++) {
                    distance[i] = choices.recorded.get(i - 1);
                }
                return ShrinkingDistance.of(distance);
            }
        };
    }
}
