// Adam and its relatives: a step scaled by running averages of the gradient and of its size. m = v = w = u = 0 at first.

import {optimizer} from './optimizer.mjs';
import {decays} from './optimization.mjs';

/* Adam (Kingma and Ba 2015, Algorithm 1), with weight decay λ.
 *   m ← β₁m + (1−β₁)g     m̂ = m/(1−β₁ᵗ)
 *   v ← β₂v + (1−β₂)g²    v̂ = v/(1−β₂ᵗ)
 *   outside  s = m̂/(√v̂ + ε)                               inside       s = m̂/√(v̂ + ε)
 *   hat      s = rate m/(√v + ε), rate = √(1−β₂ᵗ)/(1−β₁ᵗ)    uncorrected  s = m/(√v + ε)
 *   θ ← θ − αs
 */
const adam =
  ({lr, beta1, beta2, eps, weight_decay}, {epsilon, decay}) =>
  (state, g0, t) => {
    const {theta, g} = decays[decay](state.theta, g0, lr, weight_decay);
    const {m, v} = moments(state, g, beta1, beta2);
    const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
    const corrected = {mhat: m / c1, vhat: v / c2};
    const told = {outside: corrected, inside: corrected, hat: {rate: Math.sqrt(c2) / c1}, uncorrected: {}}[epsilon];
    const {mhat = m, vhat = v, rate = 1} = told;
    const root = epsilon === 'inside' ? Math.sqrt(vhat + eps) : Math.sqrt(vhat) + eps;
    return {m, v, theta: theta - lr * ((rate * mhat) / root), ...told};
  };

const moments = ({m = 0, v = 0}, g, beta1, beta2) => ({
  m: beta1 * m + (1 - beta1) * g,
  v: beta2 * v + (1 - beta2) * g * g,
});

optimizer('optimization.adam', adam, ['mhat', 'vhat', 'rate']);

// From m0, v0 and t0 on, where a group may have no gradient: then there is no m̂ to tell.
optimizer('optimization.adam_resumed', settings => (...at) => {
  const {m, v, theta} = adam(settings, {epsilon: 'outside', decay: 'decoupled'})(...at);
  return {m, v, theta};
});

/* AMSGrad (Reddi, Kale and Kumar 2018): Adam whose divisor never decreases.
 *   raw          w ← max(w, v)            s = m/(1−β₁ᵗ)/(√(w/(1−β₂ᵗ)) + ε)
 *   hat          w ← max(w, v)            s = √(1−β₂ᵗ)/(1−β₁ᵗ) m/(√w + ε)
 *   corrected    w ← max(w, v/(1−β₂ᵗ))    s = m/(1−β₁ᵗ)/(√w + ε)
 *   uncorrected  w ← max(w, v)            s = m/(√w + ε)
 *   θ ← θ − αs
 */
optimizer('optimization.amsgrad', ({lr, beta1, beta2, eps}, {maximum}) => (state, g, t) => {
  const {m, v} = moments(state, g, beta1, beta2);
  const [c1, c2] = [1 - beta1 ** t, 1 - beta2 ** t];
  const w = Math.max(state.w ?? 0, maximum === 'corrected' ? v / c2 : v);
  const steps = {
    raw: () => m / c1 / (Math.sqrt(w / c2) + eps),
    hat: () => ((Math.sqrt(c2) / c1) * m) / (Math.sqrt(w) + eps),
    corrected: () => m / c1 / (Math.sqrt(w) + eps),
    uncorrected: () => m / (Math.sqrt(w) + eps),
  };
  return {m, v, w, theta: state.theta - lr * steps[maximum]()};
});

/* NAdam (Dozat 2016): Adam that looks ahead as Nesterov does.
 *   decaying  m̄ = μ_{t+1}m/(1 − μ_1⋯μ_{t+1}) + (1−μ_t)g/(1 − μ_1⋯μ_t)     μ_t = β₁(1 − ½·0.96^{tψ})
 *   constant  m̄ = β₁m/(1−β₁ᵗ⁺¹) + (1−β₁)g/(1−β₁ᵗ)                         same  m̄ = (β₁m + (1−β₁)g)/(1−β₁ᵗ)
 *   θ ← θ − αm̄/(√(v/(1−β₂ᵗ)) + ε)
 */
optimizer(
  'optimization.nadam',
  ({lr, beta1, beta2, eps, psi}, {schedule}) =>
    (state, g, t) => {
      const {m, v} = moments(state, g, beta1, beta2);
      const {ahead, now, ...told} = looksAhead[schedule](m, g, t, beta1, psi, state);
      const root = Math.sqrt(v / (1 - beta2 ** t)) + eps;
      return {m, v, theta: state.theta - (lr * (ahead + now)) / root, ahead, now, ...told};
    },
  ['mu', 'product', 'ahead', 'now'],
);

const looksAhead = {
  decaying: (m, g, t, beta1, psi, {product: before = 1}) => {
    const [mu, next] = [t, t + 1].map(t => beta1 * (1 - 0.5 * 0.96 ** (t * psi)));
    const product = before * mu;
    return {mu, product, ahead: (next * m) / (1 - next * product), now: ((1 - mu) * g) / (1 - product)};
  },
  constant: (m, g, t, beta1) => ({ahead: (beta1 * m) / (1 - beta1 ** (t + 1)), now: ((1 - beta1) * g) / (1 - beta1 ** t)}),
  same: (m, g, t, beta1) => ({ahead: (beta1 * m) / (1 - beta1 ** t), now: ((1 - beta1) * g) / (1 - beta1 ** t)}),
};

/* AdaMax (Kingma and Ba 2015, Algorithm 2).
 *   m ← β₁m + (1−β₁)g     u ← max(β₂u, |g|), within: max(β₂u, |g| + ε)
 *   within, none  θ ← θ − α/(1−β₁ᵗ) m/u     beside  θ ← θ − α/(1−β₁ᵗ) m/(u + ε)     uncorrected  θ ← θ − α m/(u + ε)
 */
optimizer('optimization.adamax', ({lr, beta1, beta2, eps}, {epsilon}) => ({theta, m = 0, u = 0}, g, t) => {
  m = beta1 * m + (1 - beta1) * g;
  u = Math.max(beta2 * u, Math.abs(g) + (epsilon === 'within' ? eps : 0));
  const rate = epsilon === 'uncorrected' ? lr : lr / (1 - beta1 ** t);
  const divisor = epsilon === 'beside' || epsilon === 'uncorrected' ? u + eps : u;
  return {m, u, theta: theta - rate * (m / divisor)};
});
