package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** Sequences of different lengths and layers in both directions, unrolled in SameDiff. */
final class Nd4jBidirectional {
    static final Unrolled VARIABLE_LENGTH = Unrolled.over(List.of("x"), Nd4jBidirectional::variableLength);
    static final Unrolled LAYER = Unrolled.over(List.of("x"), Nd4jBidirectional::layer);
    static final Unrolled REGRESSION = Unrolled.over(List.of("x"), Nd4jBidirectional::regression);

    private static final int TIME = 0;
    private static final int BATCH = 1;

    private Nd4jBidirectional() {}

    private static void variableLength(Net net) {
        SDVariable lengths = net.integers("lengths");
        Cell cell = Cell.of(net, net.graph().math()::tanh);
        Masked masked = Masked.run(cell, net.parts("x"), net.input("h0"), lengths);
        net.output("h", masked.states());
        net.output("last", masked.last());
    }

    /** Backwards each sequence is reversed within its length, and its states are reversed again. */
    private static void layer(Net net) {
        SDVariable lengths = net.integers("lengths");
        SDVariable x = net.input("x");
        int T = net.like().array("x").size(TIME);
        SDVariable hf = net.stack(direction(net, "f", x, T, lengths));
        SDVariable reversed = net.graph().reverseSequence(x, lengths, TIME, BATCH);
        SDVariable hb =
                net.graph().reverseSequence(net.stack(direction(net, "b", reversed, T, lengths)), lengths, TIME, BATCH);
        net.output("hf", hf);
        net.output("hb", hb);
        net.output(
                "merged",
                switch (net.like().convention("merge")) {
                    case "sum" -> net.graph().math().mergeAdd(hf, hb);
                    case "mean" -> net.graph().math().mergeAvg(hf, hb);
                    default -> hf.mul(hb);
                });
    }

    private static List<SDVariable> direction(Net net, String which, SDVariable x, int T, SDVariable lengths) {
        Cell cell = new Cell(
                net, net.input("U" + which), net.input("W" + which), net.input("b" + which), net::nonlinearity);
        List<SDVariable> steps = net.unstack(x, TIME, T);
        return Masked.run(cell, steps, net.input("h" + which + "0"), lengths).states();
    }

    private static void regression(Net net) {
        List<SDVariable> x = net.parts("x");
        List<SDVariable> forwards = unbiased(net, x, "f");
        List<SDVariable> backwards = reversed(unbiased(net, reversed(x), "b"));
        SDVariable Vf = net.input("Vf");
        SDVariable Vb = net.input("Vb");
        List<SDVariable> y = new ArrayList<>();
        for (int t = 0; t < x.size(); t++) {
            y.add(forwards.get(t).mmul(Vf).add(backwards.get(t).mmul(Vb)));
        }
        SDVariable all = net.stack(y);
        net.output("y", all);
        net.output("loss", Losses.squaredError(net, net.input("z"), all));
    }

    /** A logistic layer without bias, from a state of zeros. */
    private static List<SDVariable> unbiased(Net net, List<SDVariable> x, String which) {
        SDVariable U = net.input("U" + which);
        SDVariable W = net.input("W" + which);
        List<SDVariable> states = new ArrayList<>();
        SDVariable h = net.graph().zerosLike(x.get(0).mmul(U));
        for (SDVariable xt : x) {
            h = net.graph().nn().sigmoid(xt.mmul(U).add(h.mmul(W)));
            states.add(h);
        }
        return states;
    }

    private static List<SDVariable> reversed(List<SDVariable> steps) {
        List<SDVariable> reversed = new ArrayList<>(steps);
        Collections.reverse(reversed);
        return reversed;
    }

    /** The states, 0 after each sequence's end, and with which each ended. */
    private record Masked(List<SDVariable> states, SDVariable last) {
        static Masked run(Cell cell, List<SDVariable> x, SDVariable h0, SDVariable lengths) {
            Net net = cell.net();
            SDVariable mask = net.graph().sequenceMask(lengths, x.size(), DataType.DOUBLE); // batch×time
            List<SDVariable> within = net.unstack(mask, 1, x.size());
            List<SDVariable> states = new ArrayList<>();
            SDVariable h = h0;
            for (int t = 0; t < x.size(); t++) {
                SDVariable on = net.graph().expandDims(within.get(t), 1);
                SDVariable state = cell.step(x.get(t), h).mul(on);
                states.add(state);
                h = state.add(h.mul(on.rsub(1)));
            }
            return new Masked(states, h);
        }
    }
}
