package org.goldgrad.analytic.arithmetic;

/**
 * One kind of node on a tape: how its value responds to its arguments, and how far an honest floating-point evaluation of
 * it may be off.
 *
 * <p>The error of a step is in units of the roundoff u, given exact arguments. A correctly rounded operation costs |v|. A
 * sum or dot product of n terms in any order costs (n+1)Σ|terms| (Higham 2002, §3.1 and §4.2: nu Σ to first order, plus
 * the rounding of the products). A library function good to c ulp costs (2c+1)|v|, because an ulp is at most 2u|v|; c is
 * what the OpenCL C 3.0 specification, table "ULP values for single precision built-in math functions", allows a
 * conforming device: exp, expm1, log 3, log1p 2, tanh 5. The logistic function is charged as exp, a sum and a division.
 */
enum Step {
    /** An input or a constant; its error is that of the question, not of the answer. */
    LEAF {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return v.arithmetic().array(0);
        }

        @Override
        double error(double[] x, double v) {
            return 0;
        }
    },
    PLUS {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(v.arithmetic().one(), v.arithmetic().one());
        }
    },
    MINUS {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(v.arithmetic().one(), v.arithmetic().of(-1));
        }
    },
    TIMES {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[1], x[0]);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return delta[0] * delta[1];
        }
    },
    DIVIDE {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[1].reciprocal(), v.dividedBy(x[1]).negate());
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return ratio(delta[1], x[1] * x[1]) * (delta[0] + Math.abs(v) * delta[1]);
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return 2 * ratio(delta[1], Math.abs(x[1]));
        }
    },
    NEGATE {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(v.arithmetic().of(-1));
        }

        @Override
        double error(double[] x, double v) {
            return 0;
        }
    },
    SQRT {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(v.times(2).reciprocal());
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return ratio(delta[0] * delta[0], 8 * x[0] * v);
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return ratio(delta[0], x[0]);
        }
    },
    EXP {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(v);
        }

        @Override
        double error(double[] x, double v) {
            return ulps(3, v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return v * delta[0] * delta[0] / 2;
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return delta[0];
        }
    },
    EXPM1 {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[0].exp());
        }

        @Override
        double error(double[] x, double v) {
            return ulps(3, v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return (v + 1) * delta[0] * delta[0] / 2;
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return delta[0];
        }
    },
    LOG {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[0].reciprocal());
        }

        @Override
        double error(double[] x, double v) {
            return ulps(3, v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return ratio(delta[0] * delta[0], 2 * x[0] * x[0]);
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return ratio(delta[0], x[0]);
        }
    },
    LOG1P {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[0].plus(1).reciprocal());
        }

        @Override
        double error(double[] x, double v) {
            return ulps(2, v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return ratio(delta[0] * delta[0], 2 * (1 + x[0]) * (1 + x[0]));
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return ratio(delta[0], 1 + x[0]);
        }
    },
    /**
     * tanh′ = 4σ(2x)σ(−2x), which does not cancel where tanh saturates. Whoever computes 1 − t² instead is off by 2|t| times
     * the 11|t|u of t, and by two roundings: 24t²u.
     */
    TANH {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            Arithmetic<R> arithmetic = v.arithmetic();
            R twice = x[0].times(2);
            R slope = twice.sigmoid().times(twice.negate().sigmoid()).times(4);
            return of(arithmetic.honest(slope, v.square().times(24)));
        }

        @Override
        double error(double[] x, double v) {
            return ulps(5, v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return Math.abs(v) * (1 - v * v) * delta[0] * delta[0];
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return 2 * delta[0];
        }
    },
    /**
     * σ′ = σ(x)σ(−x), which does not cancel where σ saturates. Whoever computes 1 − s for σ(−x) is off by the 9|s|u of s, and
     * by one rounding.
     */
    SIGMOID {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            Arithmetic<R> arithmetic = v.arithmetic();
            return of(v.times(arithmetic.honest(x[0].negate().sigmoid(), v.times(10))));
        }

        @Override
        double error(double[] x, double v) {
            return ulps(3, v) + 2 * Math.abs(v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            return Math.abs(v * (1 - v) * (1 - 2 * v)) * delta[0] * delta[0] / 2;
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return delta[0];
        }
    },
    RELU {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[0].positive());
        }

        @Override
        double error(double[] x, double v) {
            return 0;
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return ratio(delta[0], Math.abs(x[0]));
        }
    },
    ABS {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(x[0].positive().minus(x[0].negate().positive()));
        }

        @Override
        double error(double[] x, double v) {
            return 0;
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return ratio(delta[0], Math.abs(x[0]));
        }
    },
    MAX {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            R second = x[1].minus(x[0]).positive();
            return of(v.arithmetic().one().minus(second), second);
        }

        @Override
        double error(double[] x, double v) {
            return 0;
        }

        @Override
        double reach(double[] x, double v, double[] delta) {
            return ratio(delta[0] + delta[1], Math.abs(x[0] - x[1]));
        }
    },
    /** A value that honest algorithms know up to size·u; the second argument is the size. */
    HONEST {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            return of(v.arithmetic().one(), v.arithmetic().zero());
        }

        @Override
        double error(double[] x, double v) {
            return Math.abs(x[1]);
        }
    },
    /** xⁿ; the second argument is the constant n. Charged as n − 1 products, in case it is computed so. */
    POW {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            int n = (int) x[1].doubleValue();
            R slope = n == 0 ? v.arithmetic().zero() : x[0].pow(n - 1).times(n);
            return of(slope, v.arithmetic().zero());
        }

        @Override
        double error(double[] x, double v) {
            return Math.max(x[1], 1) * Math.abs(v);
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            double n = x[1];
            return n < 2 ? 0 : n * (n - 1) / 2 * Math.abs(StrictMath.pow(x[0], n - 2)) * delta[0] * delta[0];
        }
    },
    SUM {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            R[] ones = v.arithmetic().array(x.length);
            java.util.Arrays.fill(ones, v.arithmetic().one());
            return ones;
        }

        @Override
        double error(double[] x, double v) {
            double terms = 0;
            for (double term : x) {
                terms += Math.abs(term);
            }
            return (x.length + 1) * terms;
        }
    },
    /** Σ xᵢyᵢ; the arguments are x₁ … xₙ, y₁ … yₙ. */
    DOT {
        @Override
        <R extends Real<R>> R[] partials(R[] x, R v) {
            int n = x.length / 2;
            R[] swapped = v.arithmetic().array(x.length);
            System.arraycopy(x, n, swapped, 0, n);
            System.arraycopy(x, 0, swapped, n, n);
            return swapped;
        }

        @Override
        double error(double[] x, double v) {
            int n = x.length / 2;
            double terms = 0;
            for (int i = 0; i < n; i++) {
                terms += Math.abs(x[i] * x[n + i]);
            }
            return (n + 1) * terms;
        }

        @Override
        double curvature(double[] x, double v, double[] delta) {
            int n = x.length / 2;
            double product = 0;
            for (int i = 0; i < n; i++) {
                product += delta[i] * delta[n + i];
            }
            return product;
        }
    };

    /** ∂v/∂xᵢ for every argument. */
    abstract <R extends Real<R>> R[] partials(R[] x, R v);

    /** The error of an honest evaluation with exact arguments, in units of u; correctly rounded unless overridden. */
    double error(double[] x, double v) {
        return Math.abs(v);
    }

    /** Whether it has a second order, or a kink. */
    boolean bends() {
        return switch (this) {
            case TIMES, DIVIDE, SQRT, EXP, EXPM1, LOG, LOG1P, TANH, SIGMOID, POW, DOT, RELU, ABS, MAX -> true;
            default -> false;
        };
    }

    /** The second-order response ½ Σ|∂²v/∂xᵢ∂xⱼ| δᵢδⱼ to errors δ of the arguments; 0 where the step is linear. */
    double curvature(double[] x, double v, double[] delta) {
        return 0;
    }

    /** How far errors δ reach on the scale of the step's own bend, δ|f″/f′| (twice that of a bend): small where two orders suffice. */
    double reach(double[] x, double v, double[] delta) {
        return 0;
    }

    /** a/b, where nothing divided by nothing is nothing. */
    private static double ratio(double a, double b) {
        return a == 0 ? 0 : a / b;
    }

    private static double ulps(int c, double v) {
        return (2 * c + 1) * Math.abs(v);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // read only
    private static <R extends Real<R>> R[] of(R... partials) {
        R[] typed = partials[0].arithmetic().array(partials.length);
        System.arraycopy(partials, 0, typed, 0, typed.length);
        return typed;
    }
}
