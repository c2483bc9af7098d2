package org.goldgrad.properties.recurrent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;

/**
 * Questions about gradient flow through a recurrence of known growth: W^• = ρP for every gate, P the exchange of two units.
 *
 * <pre>
 *   P = [0 1; 1 0]      eigenvalues of ρP: ±ρ      ‖ρP‖ = ρ, so the bound is as tight as can be
 *   x_t in [0, 1]       the units stay in the steep part of tanh and away from the kink of relu while ρ ≤ 1
 * </pre>
 */
final class Circulation {
    /** Long enough that what vanishes is gone and what explodes has exploded. */
    private static final int STEPS = 30;

    private static final int HIDDEN = 2;

    private Circulation() {}

    /** A question of a layer with this many gates; all are alike, so one order of them says it all. */
    static Inputs of(double rho, int gates) {
        int[] U = gates == 1 ? new int[] {1, HIDDEN} : new int[] {1, gates, HIDDEN};
        int[] W = gates == 1 ? new int[] {HIDDEN, HIDDEN} : new int[] {HIDDEN, gates, HIDDEN};
        Map<String, Array> arrays = new LinkedHashMap<>();
        arrays.put("x", filled(i -> (i * 5 % 16) / 16.0, STEPS, 1, 1));
        arrays.put("h0", filled(i -> 0.25, 1, HIDDEN));
        if (gates > 1) {
            arrays.put("c0", filled(i -> 0.25, 1, HIDDEN));
        }
        arrays.put("U", filled(i -> i % 2 == 0 ? 0.25 : 0.125, U));
        arrays.put("W", filled(i -> i / (gates * HIDDEN) == i % HIDDEN ? 0 : rho, W));
        arrays.put("b", filled(i -> 0, gates == 1 ? new int[] {HIDDEN} : new int[] {gates, HIDDEN}));
        arrays.put("F", filled(i -> i == 0 ? 1 : 0.5, HIDDEN, 1));
        arrays.put("f", filled(i -> 0, 1));
        arrays.put("z", filled(i -> (i * 3 % 8) / 8.0 - 1, STEPS, 1, 1));
        return new Inputs(arrays, Map.of(), gates == 1 ? Map.of() : Map.of("gate_order", "ifgo"));
    }

    /**
     * Three steps of an LSTM from nothing, with targets of 0 and inputs near 2⁻³⁰: norms are as small as the states, and no more
     * accurate than tanh is there.
     */
    static Inputs faint() {
        Inputs in = of(0.5, 4);
        return new Inputs(in.arrays(), Map.of(), Map.of())
                .with("x", in.array("x").take(0, 1, 2, 3).map(x -> x * 0x1p-30))
                .with("h0", in.array("h0").map(h -> 0))
                .with("c0", in.array("c0").map(c -> 0))
                .with("z", in.array("z").take(0, 1, 2, 3).map(z -> 0));
    }

    private static Array filled(IntToDoubleFunction element, int... shape) {
        int size = IntStream.of(shape).reduce(1, (a, b) -> a * b);
        return Array.of(shape, IntStream.range(0, size).mapToDouble(element).toArray());
    }
}
