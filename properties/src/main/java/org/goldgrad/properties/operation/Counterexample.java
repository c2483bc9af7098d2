package org.goldgrad.properties.operation;

import java.util.List;
import java.util.Optional;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.Shrinker;
import org.goldgrad.properties.draw.SplitMix;

/**
 * The smallest input found on which a claim fails.
 *
 * @param comparison what is and what should be
 * @param inputs the last question that the law asked
 */
public record Counterexample(String comparison, Inputs inputs) {
    private static final int DRAWS = 1000;
    private static final int ATTEMPTS = 10_000;

    /** Searches 1,000 draws for a counterexample and shrinks it; the same one every time. */
    public static Optional<Counterexample> of(Claim claim, Implementation implementation) {
        SplitMix seeds = new SplitMix(1);
        for (int i = 0; i < DRAWS; i++) {
            Draw draw = Draw.random(new SplitMix(seeds.next()));
            if (fails(claim, new Subject(implementation), draw)) {
                List<Integer> least = Shrinker.shrink(
                        draw.choices(),
                        choices -> fails(claim, new Subject(implementation), Draw.replaying(choices)),
                        ATTEMPTS);
                return Optional.of(at(claim, implementation, least));
            }
        }
        return Optional.empty();
    }

    /** What a claim finds on one list of choices, with the question it asked. */
    public static Counterexample at(Claim claim, Implementation implementation, List<Integer> choices) {
        Recording recording = new Recording(implementation);
        Check check = claim.check(new Subject(recording), Draw.replaying(choices));
        return new Counterexample(check.comparison(), recording.last());
    }

    private static boolean fails(Claim claim, Subject subject, Draw draw) {
        Check check = claim.check(subject, draw);
        return check.applicable() && !check.holds();
    }

    /** One line: the comparison and the input. */
    @Override
    public String toString() {
        return comparison + ", on " + inputs;
    }
}
