package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.controlflow.compat.StopGradient;

/** Vanilla layers and what is built upon them, unrolled in SameDiff. */
final class Nd4jVanilla {
    static final Unrolled LAYER = Unrolled.over(List.of("x"), Nd4jVanilla::layer);
    static final Unrolled STACKED = Unrolled.over(List.of("x", "H0"), Nd4jVanilla::stacked);
    static final Unrolled REGRESSION = Unrolled.over(List.of("x"), Nd4jVanilla::regression);
    static final Unrolled CLASSIFIER = Unrolled.over(List.of("x", "f"), Nd4jVanilla::classifier);
    static final Unrolled LOW_RANK = Unrolled.over(List.of("x"), Nd4jVanilla::lowRank);
    static final Unrolled PREACTIVATION = Unrolled.over(List.of("x"), Nd4jVanilla::preactivation);
    static final Unrolled RESIDUAL = Unrolled.over(List.of("W"), Nd4jVanilla::residual);
    static final Unrolled TRUNCATED = Unrolled.over(List.of("x"), Nd4jVanilla::truncated);

    private Nd4jVanilla() {}

    private static void layer(Net net) {
        net.output("h", Cell.of(net, net::nonlinearity).run("h", net.parts("x"), net.input("h0")));
    }

    private static void stacked(Net net) {
        List<SDVariable> h = Cell.of(net, net::nonlinearity).run("h", net.parts("x"), net.input("h0"));
        net.output("last0", h.get(h.size() - 1));
        List<SDVariable> U = net.parts("UA");
        List<SDVariable> W = net.parts("WA");
        List<SDVariable> b = net.parts("B");
        List<SDVariable> h0 = net.parts("H0");
        List<SDVariable> last = new ArrayList<>();
        for (int l = 0; l < h0.size(); l++) {
            Cell cell = new Cell(net, U.get(l), W.get(l), b.get(l), net::nonlinearity);
            h = cell.run("h above " + (l + 1), h, h0.get(l));
            last.add(h.get(h.size() - 1));
        }
        net.output("h", h);
        net.output("last", last);
    }

    /** The convention targets says which predictions the loss is about. */
    private static void regression(Net net) {
        SDVariable F = net.input("F");
        SDVariable f = net.input("f");
        List<SDVariable> predictions =
                Cell.of(net, net::nonlinearity).run("h", net.parts("x"), net.input("h0")).stream()
                        .map(h -> Net.linear(h, F, f))
                        .toList();
        net.output("prediction", predictions);
        List<SDVariable> z = net.parts("z");
        int T = z.size();
        int from = net.like().convention("targets").equals("last") ? T - 1 : 0;
        net.output(
                "loss",
                Losses.meanSquaredError(net, net.stack(z.subList(from, T)), net.stack(predictions.subList(from, T))));
    }

    private static void classifier(Net net) {
        List<SDVariable> h = Cell.of(net, net.graph().math()::tanh).run("h", net.parts("x"), net.input("h0"));
        SDVariable logits = Net.linear(h.get(h.size() - 1), net.input("F"), net.input("f"));
        SDVariable logp = net.graph().nn().logSoftmax(logits);
        net.output("logp", logp);
        net.output("loss", Losses.crossEntropy(net, logits, logp, net.integers("labels")));
    }

    /** Q is transposed on its own: a product that transposes has wrong gradients in M2.1 where it is a single number. */
    private static void lowRank(Net net) {
        SDVariable P = net.input("P");
        SDVariable PQ = P.mmul(net.graph().transpose(net.input("Q")));
        SDVariable weak = net.like().convention("scale").equals("alpha")
                ? PQ.mul(net.input("alpha"))
                : PQ.div(net.graph().sizeAt(P, 1).castTo(DataType.DOUBLE));
        SDVariable W = net.input("R").add(weak);
        Cell cell = new Cell(net, net.input("U"), W, net.input("b"), net.graph().math()::tanh);
        net.output("h", cell.run("h", net.parts("x"), net.input("h0")));
    }

    private static void preactivation(Net net) {
        SDVariable U = net.input("U");
        SDVariable W = net.input("W");
        SDVariable b = net.input("b");
        List<SDVariable> states = new ArrayList<>();
        SDVariable h = net.input("h0");
        for (SDVariable xt : net.parts("x")) {
            h = Net.linear(xt, U, b).add(net.nonlinearity(h).mmul(W));
            states.add(h);
        }
        net.output("h", states);
    }

    private static void residual(Net net) {
        List<SDVariable> b = net.parts("b");
        List<SDVariable> states = new ArrayList<>();
        SDVariable h = net.input("h0");
        for (SDVariable Wt : net.parts("W")) {
            SDVariable a = Net.linear(h, Wt, b.get(states.size()));
            h = net.nonlinearity(a).add(h);
            states.add(h);
        }
        net.output("h", states);
    }

    /** The operation stop_gradient stands before the first step of every window but the first. */
    private static void truncated(Net net) {
        Cell cell = Cell.of(net, net.graph().math()::tanh);
        int window = net.like().integer("window");
        List<SDVariable> states = new ArrayList<>();
        SDVariable h = net.input("h0");
        for (SDVariable xt : net.parts("x")) {
            int t = states.size() + 1;
            boolean cut = t > 1 && (t - 1) % window == 0;
            h = cell.step(xt, cut ? new StopGradient(net.graph(), h).outputVariable() : h);
            states.add(h);
        }
        net.output("h", states);
    }
}
