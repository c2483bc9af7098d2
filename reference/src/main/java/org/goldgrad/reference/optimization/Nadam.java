package org.goldgrad.reference.optimization;

import org.ejml.simple.SimpleMatrix;

/**
 * Nadam: Adam whose mean looks one step ahead, as Nesterov's momentum does.
 *
 * <pre>
 *   m ← β₁m + (1 − β₁)g                                    v ← β₂v + (1 − β₂)g²
 *   μ_t = β₁(1 − ½·0.96^{tψ})                              P_t = μ_1 ⋯ μ_t
 *   m̄ = μ_{t+1} m/(1 − P_{t+1}) + (1 − μ_t) g/(1 − P_t)    decaying: the paper, PyTorch, Keras
 *   m̄ = β₁ m/(1 − β₁ᵗ⁺¹) + (1 − β₁) g/(1 − β₁ᵗ)            constant: Optax
 *   m̄ = (β₁ m + (1 − β₁) g)/(1 − β₁ᵗ)                      same: Ruder 2016
 *   θ ← θ − αm̄ / (√(v/(1 − β₂ᵗ)) + ε)
 *
 *   θ, g, m, v  d×1 (or any one shape)                     t  counts from 1
 *   P  one number, P_0 = 1; only the decaying schedule moves it
 * </pre>
 *
 * Dozat 2016. Where β₁ is nearly 1, so are μ and P, and subtracting them from 1 would lose digits. What is subtracted
 * is kept instead:
 *
 * <pre>
 *   r_t = 1 − μ_t = (1 − β₁) + ½β₁·0.96^{tψ}
 *   Q_t = 1 − P_t = 1 − P_{t−1}(1 − r_t) = Q_{t−1} + P_{t−1} r_t
 * </pre>
 *
 * @param alpha α, the learning rate
 * @param beta1 β₁, how much of m stays, in [0, 1)
 * @param beta2 β₂, how much of v stays, in [0, 1)
 * @param epsilon ε, what keeps the divisor away from 0
 * @param psi ψ, how fast the schedule approaches β₁: 1/250 in the paper and PyTorch (momentum_decay), 1 in Keras
 * @param schedule what looks ahead and how it is corrected
 */
public record Nadam(double alpha, double beta1, double beta2, double epsilon, double psi, Schedule schedule)
        implements Optimizer {

    /** Whether μ begins at about β₁/2 or is β₁ throughout, corrected for a step ahead or for the same step. */
    public enum Schedule {
        DECAYING,
        CONSTANT,
        SAME
    }

    @Override
    public State at(SimpleMatrix theta) {
        return State.at(theta, "m", "v").and("P", 1);
    }

    @Override
    public State step(State state, SimpleMatrix g) {
        state.require("g", g);
        int t = state.t() + 1;
        SimpleMatrix m = state.get("m").scale(beta1).plus(1 - beta1, g);
        SimpleMatrix v = state.get("v").scale(beta2).plus(1 - beta2, g.elementMult(g));
        SimpleMatrix root = Epsilon.OUTSIDE.root(v.divide(BiasCorrection.divisor(beta2, t)), epsilon);
        State next = state.after(t).with("m", m).with("v", v);
        double c = BiasCorrection.divisor(beta1, t);
        return switch (schedule) {
            case DECAYING -> decaying(state, next, root, g);
            case CONSTANT -> {
                double ahead = beta1 / BiasCorrection.divisor(beta1, t + 1);
                yield moved(next, m.scale(ahead).plus((1 - beta1) / c, g), root);
            }
            case SAME -> moved(next, m.scale(beta1).plus(1 - beta1, g).divide(c), root);
        };
    }

    private State decaying(State state, State next, SimpleMatrix root, SimpleMatrix g) {
        int t = next.t();
        double P = state.get("P").get(0);
        double Q = state.derived("Q").map(q -> q.get(0)).orElse(1 - P);
        double PNext = P * mu(t);
        double QNext = Q + P * r(t);
        double QAhead = QNext + PNext * r(t + 1);
        SimpleMatrix mBar = next.get("m").scale(mu(t + 1) / QAhead).plus(r(t) / QNext, g);
        return moved(next, mBar, root).with("P", State.number(PNext)).derive("Q", State.number(QNext));
    }

    private State moved(State state, SimpleMatrix mBar, SimpleMatrix root) {
        return state.with("theta", state.theta().minus(mBar.elementDiv(root).scale(alpha)));
    }

    private double mu(int t) {
        return beta1 * (1 - 0.5 * StrictMath.pow(0.96, t * psi));
    }

    private double r(int t) {
        return (1 - beta1) + 0.5 * beta1 * StrictMath.pow(0.96, t * psi);
    }
}
