package org.goldgrad.reference.recurrent;

/** By what the low-rank part of a recurrent weight is scaled. */
public enum LowRankScale {
    /** A factor of its own, s = α. */
    ALPHA {
        @Override
        double s(double alpha, int rank) {
            return alpha;
        }
    },

    /** One over the rank, s = 1/K, and no α. */
    ONE_OVER_K {
        @Override
        double s(double alpha, int rank) {
            return 1.0 / rank;
        }
    };

    abstract double s(double alpha, int rank);
}
