package org.goldgrad.reference.recurrent;

/** What the update gate z of a GRU is the share of: the old state h or the candidate n that replaces it. */
public enum GruUpdate {
    /** h_t = (1 − z_t) ⊙ n_t + z_t ⊙ h_{t−1}: Cho et al. 2014, PyTorch, Keras, ONNX. */
    KEEP(1),

    /** h_t = z_t ⊙ n_t + (1 − z_t) ⊙ h_{t−1}: Chung et al. 2014. */
    REPLACE(-1);

    /** The sign s with which σ(s a^z) is the share of the old state, as 1 − σ(a) = σ(−a). */
    final double sign;

    GruUpdate(double sign) {
        this.sign = sign;
    }
}
