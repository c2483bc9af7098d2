package org.goldgrad.golden.sampling;

import java.util.ArrayList;
import java.util.List;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.operation.Operation;

/**
 * The questions that one case stands for: its own, once more, and with the next seed; then, if need be, with more seeds.
 *
 * <pre>
 *   first look     s, s, s+1           the sample is the answers to s and s+1
 *   second look    s+2, …, s+9
 * </pre>
 */
public final class Series {
    private static final int SEEDS = 2;

    private Series() {}

    /** What is asked at first: the question, the same again, and the next seed. */
    public static List<Inputs> first(Inputs question) {
        return List.of(question, question, seed(question, 1));
    }

    /** What is asked if the first look is suspicious. */
    public static List<Inputs> second(Inputs question) {
        List<Inputs> more = new ArrayList<>();
        for (int i = SEEDS; i < SEEDS * (1 + Levels.TIMES); i++) {
            more.add(seed(question, i));
        }
        return more;
    }

    private static Inputs seed(Inputs question, int later) {
        return question.withInteger(Operation.SEED, question.integer(Operation.SEED) + later);
    }

    /** How many numbers the first look has, if an answer has n. */
    static long sample(long n) {
        return SEEDS * n;
    }
}
