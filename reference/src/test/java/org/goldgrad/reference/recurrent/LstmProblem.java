package org.goldgrad.reference.recurrent;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejml.simple.SimpleMatrix;

/** Inputs, weights and upstream gradients of an LSTM, drawn uniformly from [−1, 1]. */
record LstmProblem(
        List<SimpleMatrix> x,
        SimpleMatrix h0,
        SimpleMatrix c0,
        SimpleMatrix U,
        SimpleMatrix W,
        SimpleMatrix b,
        List<SimpleMatrix> dh,
        SimpleMatrix dc,
        GateOrder order) {

    static LstmProblem drawn(int T, int batch, int features, int hidden, GateOrder order) {
        Random random = new Random(182);
        List<SimpleMatrix> x = new ArrayList<>();
        List<SimpleMatrix> dh = new ArrayList<>();
        for (int t = 0; t < T; t++) {
            x.add(SimpleMatrix.random_DDRM(batch, features, -1, 1, random));
            dh.add(SimpleMatrix.random_DDRM(batch, hidden, -1, 1, random));
        }
        return new LstmProblem(
                x,
                SimpleMatrix.random_DDRM(batch, hidden, -1, 1, random),
                SimpleMatrix.random_DDRM(batch, hidden, -1, 1, random),
                SimpleMatrix.random_DDRM(features, 4 * hidden, -1, 1, random),
                SimpleMatrix.random_DDRM(hidden, 4 * hidden, -1, 1, random),
                SimpleMatrix.random_DDRM(1, 4 * hidden, -1, 1, random),
                dh,
                SimpleMatrix.random_DDRM(batch, hidden, -1, 1, random),
                order);
    }

    /** The same weights, packed in another order. */
    LstmProblem in(GateOrder other) {
        return new LstmProblem(x, h0, c0, repacked(U, other), repacked(W, other), repacked(b, other), dh, dc, other);
    }

    SimpleMatrix repacked(SimpleMatrix A, GateOrder other) {
        SimpleMatrix B = A.createLike();
        int hidden = A.getNumCols() / 4;
        B.insertIntoThis(0, other.i() * hidden, Lstm.block(A, order.i()));
        B.insertIntoThis(0, other.f() * hidden, Lstm.block(A, order.f()));
        B.insertIntoThis(0, other.g() * hidden, Lstm.block(A, order.g()));
        B.insertIntoThis(0, other.o() * hidden, Lstm.block(A, order.o()));
        return B;
    }

    Lstm lstm() {
        return Lstm.of(U, W, b, order);
    }

    Lstm.Output output() {
        return lstm().forward(x, h0, c0);
    }

    LstmGradient gradient() {
        return LstmGradient.of(lstm(), x, h0, c0, dh, dc);
    }

    /** The loss whose gradients by the outputs are dh and dc. */
    double loss() {
        Lstm.Output output = output();
        return Differences.inner(dh, output.h()) + Differences.inner(List.of(dc), List.of(output.c()));
    }
}
