package org.goldgrad.reference.recurrent;

/** Which predictions of a sequence have a target. */
public enum Targets {
    /** Those of every time step. */
    ALL {
        @Override
        int first(int T) {
            return 0;
        }
    },

    /** That of the last time step only. */
    LAST {
        @Override
        int first(int T) {
            return T - 1;
        }
    };

    /** The first step with a target, of T counted from 0; all later ones have one too. */
    abstract int first(int T);
}
