package org.goldgrad.properties.nd4j;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** Weights of several gates, in the order of the convention gate_order: U and W along axis 1, b along axis 0. */
record Gates(String order, List<SDVariable> U, List<SDVariable> W, List<SDVariable> b) {
    static Gates of(Net net, SDVariable U, SDVariable W, SDVariable b) {
        String order = net.like().convention("gate_order");
        int gates = order.length();
        return new Gates(order, net.unstack(U, 1, gates), net.unstack(W, 1, gates), net.unstack(b, 0, gates));
    }

    /** x U + b + h W of a gate. */
    SDVariable at(char gate, SDVariable x, SDVariable h) {
        return input(gate, x).add(recurrent(gate, h));
    }

    /** x U + b of a gate. */
    SDVariable input(char gate, SDVariable x) {
        int k = order.indexOf(gate);
        return Net.linear(x, U.get(k), b.get(k));
    }

    /** h W of a gate. */
    SDVariable recurrent(char gate, SDVariable h) {
        return h.mmul(W.get(order.indexOf(gate)));
    }
}
