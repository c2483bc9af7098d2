// Gradient descent with a memory of gradients: one velocity, or one scale for every parameter. v = u = mean = b = 0 at first.

import {optimizer} from './optimizer.mjs';

/* Gradient descent with momentum (Polyak 1964).
 *   rate=inside   v ← αv + εg     θ ← θ − v
 *   rate=outside  v ← αv + g      θ ← θ − εv
 */
optimizer('optimization.momentum', ({alpha, epsilon}, {rate}) => ({theta, v = 0}, g) => {
  v = alpha * v + (rate === 'inside' ? epsilon * g : g);
  return {v, theta: theta - (rate === 'inside' ? v : epsilon * v)};
});

/* Gradient descent along a running average.
 *   v ← βv + (1−β)g     raw  θ ← θ − δv     corrected  θ ← θ − δv/(1−βᵗ)
 */
optimizer('optimization.running_average', ({beta, delta}, {correction}) => ({theta, v = 0}, g, t) => {
  v = beta * v + (1 - beta) * g;
  return {v, theta: theta - delta * (correction === 'corrected' ? v / (1 - beta ** t) : v)};
});

/* Weight decay (Loshchilov and Hutter 2019): what it adds to the gradient, and what it takes from θ before the step.
 *   coupled  g ← g + λθ     decoupled  θ ← θ − αλθ     unscaled  θ ← θ − λθ
 */
export const decays = {
  coupled: (theta, g, alpha, lambda) => ({theta, g: g + lambda * theta}),
  decoupled: (theta, g, alpha, lambda) => ({theta: theta - alpha * lambda * theta, g}),
  unscaled: (theta, g, alpha, lambda) => ({theta: theta - lambda * theta, g}),
};

/* Momentum as frameworks offer it, with dampening d and weight decay λ.
 *   v ← μv + (1−d)g, but undamped v₁ = g     θ ← θ − αv
 */
optimizer('optimization.sgd', ({lr, momentum, dampening, weight_decay}, {decay, first_step}) => (state, g0, t) => {
  const {theta, g} = decays[decay](state.theta, g0, lr, weight_decay);
  const {v = 0} = state;
  const whole = t === 1 && first_step === 'undamped';
  const next = whole ? g : momentum * v + (1 - dampening) * g;
  return {v: next, theta: theta - lr * next};
});

/* Nesterov's momentum, where the gradient at p is q = curvature·p + g.
 *   outside     p = θ         v ← μv + q      θ ← θ − α(q + μv)
 *   inside      p = θ         v ← μv + αq     θ ← θ − (αq + μv)
 *   look_ahead  p = θ − μv    v ← μv + αq     θ ← θ − v             (Sutskever et al. 2013)
 */
optimizer(
  'optimization.nesterov',
  ({lr, momentum, curvature}, {form}) =>
    ({theta, v = 0}, g) => {
      const q = curvature * (form === 'look_ahead' ? theta - momentum * v : theta) + g;
      v = momentum * v + (form === 'outside' ? q : lr * q);
      const steps = {outside: () => lr * (q + momentum * v), inside: () => lr * q + momentum * v, look_ahead: () => v};
      return {v, theta: theta - steps[form](), q};
    },
  ['q'],
);

/** Where ε stands: beside a root or inside it. */
const roots = {outside: (x, eps) => Math.sqrt(x) + eps, inside: (x, eps) => Math.sqrt(x + eps)};

/* RMSprop (Tieleman and Hinton 2012); centered, with the variance (Graves 2013).
 *   v ← ρv + (1−ρ)g²     mean ← ρ mean + (1−ρ)g     plain  s = g/(√v + ε)     centered  s = g/(√(v − mean²) + ε)
 *   rate=outside  b ← μb + s     θ ← θ − αb         rate=inside  b ← μb + αs     θ ← θ − b
 */
optimizer(
  'optimization.rmsprop',
  ({lr, rho, eps, momentum}, {epsilon, centered, rate}) =>
    ({theta, v = 0, mean = 0, b = 0}, g) => {
      v = rho * v + (1 - rho) * g * g;
      mean = centered === 'centered' ? rho * mean + (1 - rho) * g : 0;
      const step = g / roots[epsilon](v - mean * mean, eps);
      b = momentum * b + (rate === 'inside' ? lr * step : step);
      const told = centered === 'centered' ? {mean, step} : {step};
      return {v, b, theta: theta - (rate === 'inside' ? b : lr * b), ...told};
    },
  ['mean', 'step'],
);

/* Adagrad (Duchi, Hazan and Singer 2011), v = v0 at first.
 *   v ← v + g²     θ ← θ − αg/(√v + ε)
 */
optimizer('optimization.adagrad', ({lr, eps}, {epsilon}) => ({theta, v}, g) => {
  v += g * g;
  return {v, theta: theta - (lr * g) / roots[epsilon](v, eps)};
});

/* Adadelta (Zeiler 2012).
 *   v ← ρv + (1−ρ)g²     d = √(u + ε)/√(v + ε) g     u ← ρu + (1−ρ)d²     θ ← θ − αd
 */
optimizer(
  'optimization.adadelta',
  ({lr, rho, eps}) =>
    ({theta, v = 0, u = 0}, g) => {
      v = rho * v + (1 - rho) * g * g;
      const d = (Math.sqrt(u + eps) / Math.sqrt(v + eps)) * g;
      u = rho * u + (1 - rho) * d * d;
      return {v, u, theta: theta - lr * d, d};
    },
  ['d'],
);
