package org.goldgrad.analytic.oracle;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;

/** Questions about LSTMs with tidy weights: multiples of 1/16 below 1, exact in bfloat16. */
final class Lstms {
    private final SplittableRandom random;

    Lstms(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A layer of one sequence, with an upstream gradient for every hidden state and the last cell state. */
    Inputs draw(int steps, int features, int hidden) {
        return Inputs.empty()
                .with("x", array(steps, 1, features))
                .with("h0", array(1, hidden))
                .with("c0", array(1, hidden))
                .with("U", array(features, 4, hidden))
                .with("W", array(hidden, 4, hidden))
                .with("b", array(4, hidden))
                .with("dh", array(steps, 1, hidden))
                .with("dc", array(1, hidden))
                .withConvention("gate_order", "ifgo");
    }

    private Array array(int... shape) {
        int n = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        return Array.of(
                shape, random.ints(n, -15, 16).mapToDouble(i -> i / 16.0).toArray());
    }
}
