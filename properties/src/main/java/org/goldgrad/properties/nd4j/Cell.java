package org.goldgrad.properties.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/** A step of a vanilla layer in a graph: h_t = φ(x_t U + b + h_{t−1} W), by SameDiff's products. */
record Cell(Net net, SDVariable U, SDVariable W, SDVariable b, UnaryOperator<SDVariable> phi) {
    /** The cell of an operation's inputs U, W and b. */
    static Cell of(Net net, UnaryOperator<SDVariable> phi) {
        return new Cell(net, net.input("U"), net.input("W"), net.input("b"), phi);
    }

    SDVariable step(SDVariable xt, SDVariable h) {
        return phi.apply(Net.linear(xt, U, b).add(h.mmul(W)));
    }

    /** The states of all steps, nodes of this name. */
    List<SDVariable> run(String name, List<SDVariable> x, SDVariable h0) {
        List<SDVariable> states = new ArrayList<>();
        SDVariable h = h0;
        for (SDVariable xt : x) {
            h = net.node(name, states.size() + 1, step(xt, h));
            states.add(h);
        }
        return states;
    }
}
