package org.goldgrad.reference.initialization;

/** What the variance of a weight makes up for. */
public enum Scheme {
    /** Units of unit variance stay so if nothing is squashed: σ² = 1/fan_in. */
    LECUN {
        @Override
        public double sigma(Fans fans) {
            return 1 / StrictMath.sqrt(fans.in());
        }
    },

    /** The half that a relu drops: σ² = 2/fan_in. */
    HE {
        @Override
        public double sigma(Fans fans) {
            return StrictMath.sqrt(2) / StrictMath.sqrt(fans.in());
        }
    },

    /** Activations forwards and gradients backwards, on average: σ² = 1/mean(fan_in, fan_out). */
    GLOROT {
        @Override
        public double sigma(Fans fans) {
            return 1 / StrictMath.sqrt((fans.in() + fans.out()) / 2.0);
        }
    };

    /** σ of a weight with these fans. */
    public abstract double sigma(Fans fans);

    /** The bound of the uniform distribution that has this σ. */
    public double bound(Fans fans) {
        return StrictMath.sqrt(3) * sigma(fans);
    }
}
