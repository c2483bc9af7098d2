package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;

/**
 * How the states of the two directions become one.
 *
 * <p>Every way is symmetric and of first degree in each direction, so one rule gives both gradients: dhf from hb, dhb
 * from hf.
 */
public enum Merge {
    /** hf + hb. */
    SUM {
        @Override
        SimpleMatrix of(SimpleMatrix hf, SimpleMatrix hb) {
            return hf.plus(hb);
        }

        @Override
        SimpleMatrix gradient(SimpleMatrix dmerged, SimpleMatrix other) {
            return dmerged;
        }
    },

    /** (hf + hb)/2. */
    MEAN {
        @Override
        SimpleMatrix of(SimpleMatrix hf, SimpleMatrix hb) {
            return hf.plus(hb).divide(2);
        }

        @Override
        SimpleMatrix gradient(SimpleMatrix dmerged, SimpleMatrix other) {
            return dmerged.divide(2);
        }
    },

    /** hf ⊙ hb. */
    PRODUCT {
        @Override
        SimpleMatrix of(SimpleMatrix hf, SimpleMatrix hb) {
            return hf.elementMult(hb);
        }

        @Override
        SimpleMatrix gradient(SimpleMatrix dmerged, SimpleMatrix other) {
            return dmerged.elementMult(other);
        }
    };

    abstract SimpleMatrix of(SimpleMatrix hf, SimpleMatrix hb);

    /** The gradient by one direction's state, given the other's. */
    abstract SimpleMatrix gradient(SimpleMatrix dmerged, SimpleMatrix other);
}
