package org.goldgrad.properties.recurrent;

import java.util.function.DoubleUnaryOperator;
import org.goldgrad.analytic.definition.Array;
import org.goldgrad.analytic.definition.Inputs;
import org.goldgrad.properties.draw.Draw;
import org.goldgrad.properties.operation.Check;
import org.goldgrad.properties.operation.Operation;
import org.goldgrad.properties.operation.Subject;
import org.goldgrad.properties.operation.Subject.Measured;

/** The laws of gated recurrent units. */
final class GruClaims {
    private static final Operation LAYER = GruOperation.OPERATION;

    private GruClaims() {}

    static Check bounded(Subject subject, Draw draw) {
        Inputs in = LAYER.inputs(draw);
        Array h0 = in.array("h0");
        Measured answer = subject.ask(LAYER, in);
        Check check = Check.NOTHING_YET;
        for (int i = 0; i < answer.array("h").size(); i++) {
            double bound = Math.max(1, Math.abs(h0.at(i % h0.size())));
            check = check.atMost("|h|", Math.abs(answer.at("h", i)), bound, answer.allowed("h", i));
        }
        return check;
    }

    static Check updateMirror(Subject subject, Draw draw) {
        Inputs in = LAYER.inputs(draw).withConvention("update", "keep");
        Inputs mirrored = in.withConvention("update", "replace");
        for (String name : new String[] {"U", "W", "b", "d"}) {
            mirrored = mirrored.with(name, gate(in, name, 'z', z -> -z));
        }
        return subject.ask(LAYER, mirrored).agrees(Check.NOTHING_YET, "h", subject.ask(LAYER, in), "h");
    }

    /** r = sigmoid(1024) = 1 to far more digits than any format has. */
    static Check resetPlacement(Subject subject, Draw draw) {
        Inputs drawn = LAYER.inputs(draw);
        Inputs in = saturated(drawn, 'r', 1024);
        return subject.ask(LAYER, in.withConvention("reset", "before"))
                .agrees(Check.NOTHING_YET, "h", subject.ask(LAYER, in.withConvention("reset", "after")), "h");
    }

    static Check passesGradient(Subject subject, Draw draw) {
        Inputs drawn = GruOperation.GRADIENT.inputs(draw);
        double keep = drawn.convention("update").equals("keep") ? 1024 : -1024;
        Inputs in = saturated(drawn, 'z', keep);
        Array dh = in.array("dh");
        int n = dh.size() / dh.size(0);
        double[] sum = new double[n];
        for (int i = 0; i < dh.size(); i++) {
            sum[i % n] += dh.at(i);
        }
        return subject.ask(GruOperation.GRADIENT, in).agrees(Check.NOTHING_YET, "dh0", sum);
    }

    /** A gate that depends on nothing but its bias. */
    private static Inputs saturated(Inputs in, char gate, double bias) {
        return in.with("U", gate(in, "U", gate, u -> 0))
                .with("W", gate(in, "W", gate, w -> 0))
                .with("b", gate(in, "b", gate, b -> bias))
                .with("d", gate(in, "d", gate, d -> 0));
    }

    /** A packed array with something done to the elements of one gate. */
    private static Array gate(Inputs in, String name, char gate, DoubleUnaryOperator change) {
        Array packed = in.array(name);
        int hidden = in.array("h0").size(1);
        int at = in.convention("gate_order").indexOf(gate);
        Array changed = packed;
        for (int i = 0; i < packed.size(); i++) {
            if (i / hidden % 3 == at) {
                changed = changed.with(i, change.applyAsDouble(packed.at(i)));
            }
        }
        return changed;
    }
}
