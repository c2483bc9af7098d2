package org.goldgrad.reference.recurrent;

import org.ejml.simple.SimpleMatrix;

/**
 * Where the reset gate of a GRU bites: what its candidate state hears of the state before.
 *
 * <pre>
 *   q = what enters the candidate besides the input        r, h, q  batch×hidden
 *   ε = ∂L/∂q, batch×hidden                                W^n  hidden×hidden, d^n  1×hidden
 * </pre>
 */
public enum GruReset {
    /**
     * The gate is applied to the product with W, second bias included: cuDNN, PyTorch, Keras by default.
     *
     * <pre>
     *   p = h W^n + 1d^n       q = r ⊙ p
     *   ∂L/∂p = ε ⊙ r          dr = ε ⊙ p
     *   dh = (ε ⊙ r) W^nᵀ      dW^n = hᵀ (ε ⊙ r)      dd^n = 1ᵀ (ε ⊙ r)
     * </pre>
     */
    AFTER {
        @Override
        SimpleMatrix heard(SimpleMatrix r, SimpleMatrix h, SimpleMatrix Wn, SimpleMatrix dn) {
            SimpleMatrix p = h.mult(Wn).plus(ones(h).mult(dn));
            return r.elementMult(p);
        }

        @Override
        Gradient gradient(SimpleMatrix r, SimpleMatrix h, SimpleMatrix Wn, SimpleMatrix dn, SimpleMatrix epsilon) {
            SimpleMatrix p = h.mult(Wn).plus(ones(h).mult(dn));
            SimpleMatrix dp = epsilon.elementMult(r);
            return new Gradient(
                    epsilon.elementMult(p),
                    dp.mult(Wn.transpose()),
                    h.transpose().mult(dp),
                    ones(h).transpose().mult(dp));
        }
    },

    /**
     * The gate is applied to the state: Cho et al. 2014; ONNX by default.
     *
     * <pre>
     *   v = r ⊙ h              q = v W^n + 1d^n
     *   dv = ε W^nᵀ            dr = dv ⊙ h            dh = dv ⊙ r
     *   dW^n = vᵀ ε            dd^n = 1ᵀ ε
     * </pre>
     */
    BEFORE {
        @Override
        SimpleMatrix heard(SimpleMatrix r, SimpleMatrix h, SimpleMatrix Wn, SimpleMatrix dn) {
            SimpleMatrix v = r.elementMult(h);
            return v.mult(Wn).plus(ones(h).mult(dn));
        }

        @Override
        Gradient gradient(SimpleMatrix r, SimpleMatrix h, SimpleMatrix Wn, SimpleMatrix dn, SimpleMatrix epsilon) {
            SimpleMatrix v = r.elementMult(h);
            SimpleMatrix dv = epsilon.mult(Wn.transpose());
            return new Gradient(
                    dv.elementMult(h),
                    dv.elementMult(r),
                    v.transpose().mult(epsilon),
                    ones(h).transpose().mult(epsilon));
        }
    };

    /** q. */
    abstract SimpleMatrix heard(SimpleMatrix r, SimpleMatrix h, SimpleMatrix Wn, SimpleMatrix dn);

    /** What ε gives to everything that q is made of. */
    abstract Gradient gradient(SimpleMatrix r, SimpleMatrix h, SimpleMatrix Wn, SimpleMatrix dn, SimpleMatrix epsilon);

    record Gradient(SimpleMatrix dr, SimpleMatrix dh, SimpleMatrix dWn, SimpleMatrix ddn) {}

    private static SimpleMatrix ones(SimpleMatrix h) {
        return SimpleMatrix.ones(h.getNumRows(), 1);
    }
}
