package org.goldgrad.golden.benchmark;

import java.util.Arrays;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.SplitMix;

/** The LSTM that is measured: 16 units, 16 features, 20 steps, one sequence. */
final class Questions {
    private static final int TIME = 20;
    private static final int BATCH = 1;
    private static final int FEATURES = 16;
    private static final int HIDDEN = 16;
    private static final int SEED = 182;

    private Questions() {}

    static Inputs lstm() {
        SplitMix random = new SplitMix(SEED);
        return Inputs.empty()
                .with("x", tidy(random, TIME, BATCH, FEATURES))
                .with("h0", tidy(random, BATCH, HIDDEN))
                .with("c0", tidy(random, BATCH, HIDDEN))
                .with("U", tidy(random, FEATURES, 4, HIDDEN))
                .with("W", tidy(random, HIDDEN, 4, HIDDEN))
                .with("b", tidy(random, 4, HIDDEN))
                .withConvention("gate_order", "ifgo"); // ND4J's
    }

    /** The same with upstream gradients of every h and of c. */
    static Inputs lstmGradient() {
        SplitMix random = new SplitMix(SEED + 1);
        return lstm().with("dh", tidy(random, TIME, BATCH, HIDDEN)).with("dc", tidy(random, BATCH, HIDDEN));
    }

    /** Multiples of 1/64 from −1/2 to 1/2, which every format holds and which saturate no gate of 16 units. */
    private static Array tidy(SplitMix random, int... shape) {
        double[] elements = new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        Arrays.setAll(elements, i -> (random.below(65) - 32) / 64.0);
        return Array.of(shape, elements);
    }
}
