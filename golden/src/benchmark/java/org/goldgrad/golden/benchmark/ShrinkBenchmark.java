package org.goldgrad.golden.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.draw.Shrinker;
import org.goldgrad.properties.draw.SplitMix;
import org.openjdk.jmh.annotations.Benchmark;

/** Drawing a 16×16 matrix that fails, and shrinking its 514 choices: at most 100 ms. */
public class ShrinkBenchmark extends Milliseconds {
    private static final int ATTEMPTS = 20_000;

    /** An entry above 100: one number is left, [[100.25]]. */
    @Benchmark
    public List<Integer> entry() {
        return shrink(matrix -> DoubleStream.of(matrix).anyMatch(x -> x > 100));
    }

    /** A Frobenius norm above 1000, to which every number contributes: many more attempts. */
    @Benchmark
    public List<Integer> norm() {
        return shrink(matrix -> DoubleStream.of(matrix).map(x -> x * x).sum() > 1e6);
    }

    private static List<Integer> shrink(Predicate<double[]> fails) {
        Draw entries = Draw.random(new SplitMix(7));
        matrix(entries, 16, 16);
        List<Integer> failing = new ArrayList<>(List.of(15, 15));
        failing.addAll(entries.choices());
        return Shrinker.shrink(failing, choices -> fails.test(matrix(Draw.replaying(choices))), ATTEMPTS);
    }

    /** The entries of a matrix whose shape is drawn too. */
    private static double[] matrix(Draw draw) {
        return matrix(draw, 1 + draw.choice(16), 1 + draw.choice(16));
    }

    private static double[] matrix(Draw draw, int rows, int columns) {
        double[] entries = new double[rows * columns];
        Arrays.setAll(entries, i -> draw.choice(801) / 4.0 * (draw.choice(2) == 0 ? 1 : -1));
        return entries;
    }
}
