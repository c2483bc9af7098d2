package org.goldgrad.reference.recurrent;

/** Where the bias of an LSTM that makes it remember at first is kept. */
public enum ForgetBias {
    /** In the stored biases, like any other. */
    STORED(0),
    /** Nowhere: 1 is added to the forget gate's pre-activation at run time. */
    ADDED(1);

    final double added;

    ForgetBias(double added) {
        this.added = added;
    }
}
