package org.goldgrad.golden.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.goldgrad.analytic.arithmetic.Format;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.sampling.Law;

/**
 * Whether answers to a {@link Series}, stacked along a first axis, are what a law gives, be it right or wrong; the first two
 * are to the same seed.
 */
public final class Fit {
    /** As unlikely may a single p-value be: this accuses nobody, but only names what an accused sample follows. */
    private static final double LEVEL = 1e-6;

    private Fit() {}

    /** Several answers as one array. */
    public static Array stack(List<Array> answers) {
        int[] one = answers.get(0).shape();
        int[] shape = IntStream.concat(IntStream.of(answers.size()), Arrays.stream(one))
                .toArray();
        return Array.of(
                shape,
                answers.stream()
                        .flatMapToDouble(a -> Arrays.stream(a.elements()))
                        .toArray());
    }

    static boolean of(Law law, Format format, Array stacked) {
        List<Array> answers = new ArrayList<>();
        for (int i = 0; i < stacked.size(0); i++) {
            Array answer = stacked.take(0, i);
            answers.add(Array.of(Arrays.copyOfRange(stacked.shape(), 1, stacked.rank()), answer.elements()));
        }
        Array first = answers.get(0);
        boolean reproduced = answers.remove(1).equals(first);
        return switch (law.seeding()) {
            case FOLLOWED -> reproduced && followed(law, format, answers);
            case IGNORED ->
                reproduced && answers.stream().allMatch(first::equals) && followed(law, format, List.of(first));
            case ABSENT -> !reproduced && followed(law, format, answers);
        };
    }

    private static boolean followed(Law law, Format format, List<Array> answers) {
        List<Array> drawn = answers;
        int rows = law.distinctRows();
        if (rows > 0) {
            if (!answers.stream().allMatch(answer -> isRepeated(answer, rows))) {
                return false;
            }
            int[] first = IntStream.range(0, rows).toArray();
            drawn = answers.stream().map(answer -> answer.take(0, first)).toList();
        }
        Look look = Look.of(law.entry(), format, drawn);
        return look.impossibility().isEmpty() && look.below(LEVEL).isEmpty();
    }

    private static boolean isRepeated(Array answer, int rows) {
        int period = answer.size() / answer.size(0) * rows;
        return IntStream.range(period, answer.size()).allMatch(i -> answer.at(i) == answer.at(i - period));
    }
}
