package org.goldgrad.reference.recurrent;

/**
 * Which gate stands where in a GRU's packed weights: the name is the order.
 *
 * <p>R reset, Z update, N candidate state (often h̃ or hh). PyTorch packs rzn, Keras and ONNX zrn.
 */
public enum GruGateOrder {
    RZN,
    ZRN;

    /** The block of the reset gate, 0 to 2. */
    public int r() {
        return name().indexOf('R');
    }

    /** The block of the update gate, 0 to 2. */
    public int z() {
        return name().indexOf('Z');
    }

    /** The block of the candidate state, 0 to 2. */
    public int n() {
        return name().indexOf('N');
    }
}
