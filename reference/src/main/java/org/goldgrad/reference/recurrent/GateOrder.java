package org.goldgrad.reference.recurrent;

/**
 * Which gate stands where in an LSTM's packed weights: the name is the order.
 *
 * <p>I input, F forget, G candidate cell (often C), O output. PyTorch and Keras pack ifgo, ONNX iofg; WebNN takes
 * either.
 */
public enum GateOrder {
    IFGO,
    IFOG,
    IOFG,
    GFOI;

    /** The block of the input gate, 0 to 3. */
    public int i() {
        return name().indexOf('I');
    }

    /** The block of the forget gate, 0 to 3. */
    public int f() {
        return name().indexOf('F');
    }

    /** The block of the candidate cell, 0 to 3. */
    public int g() {
        return name().indexOf('G');
    }

    /** The block of the output gate, 0 to 3. */
    public int o() {
        return name().indexOf('O');
    }
}
