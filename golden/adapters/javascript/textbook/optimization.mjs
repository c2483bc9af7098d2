import {adapter} from './adapter.mjs';
import {each, zeros} from './arrays.mjs';

/* Gradient descent with momentum (Polyak 1964).
 *   rate=inside   v_t = αv_{t−1} + εg_t     θ_t = θ_{t−1} − v_t
 *   rate=outside  v_t = αv_{t−1} + g_t      θ_t = θ_{t−1} − εv_t          v_0 = 0
 */
adapter.operation('optimization.momentum', ({theta0, g, alpha, epsilon}, integers, {rate}) =>
  trajectory(g, {v: zeros(theta0), theta: theta0}, ({v, theta}, gt) => {
    v = each((v, g) => alpha * v + (rate === 'inside' ? epsilon * g : g), v, gt);
    theta = each((theta, v) => theta - (rate === 'inside' ? v : epsilon * v), theta, v);
    return {v, theta};
  }),
);

/* Gradient descent along a running average.
 *   v_t = βv_{t−1} + (1−β)g_t     raw  θ_t = θ_{t−1} − δv_t     corrected  θ_t = θ_{t−1} − δv_t/(1−βᵗ)     v_0 = 0
 */
adapter.operation('optimization.running_average', ({theta0, g, beta, delta}, integers, {correction}) =>
  trajectory(g, {v: zeros(theta0), theta: theta0}, ({v, theta}, gt, t) => {
    v = each((v, g) => beta * v + (1 - beta) * g, v, gt);
    const weight = correction === 'corrected' ? 1 - beta ** t : 1;
    theta = each((theta, v) => theta - delta * (v / weight), theta, v);
    return {v, theta};
  }),
);

/* Adam (Kingma and Ba 2015, Algorithm 1), every group (a row) with its own settings.
 *   coupled    g ← g_t + λθ_{t−1}
 *   m_t = β₁m_{t−1} + (1−β₁)g     m̂ = m_t/(1−β₁ᵗ)
 *   v_t = β₂v_{t−1} + (1−β₂)g²    v̂ = v_t/(1−β₂ᵗ)         m_0 = v_0 = 0
 *   outside    θ_t = θ_{t−1} − α m̂/(√v̂ + ε)
 *   hat        θ_t = θ_{t−1} − rate_t m_t/(√v_t + ε)      rate_t = α √(1−β₂ᵗ)/(1−β₁ᵗ)
 *   decoupled  θ_t ← θ_t − αλθ_{t−1}
 */
adapter.operation('optimization.adam', ({theta0, g, lr, beta1, beta2, eps, weight_decay}, integers, {epsilon, decay}) => {
  const coupled = decay === 'coupled';
  const perGroup = (f, ...matrices) => lr.map((_, k) => each((...xs) => f(k, ...xs), ...matrices.map(matrix => matrix[k])));
  const start = {m: zeros(theta0), v: zeros(theta0), theta: theta0};
  const {m, v, theta, ...intermediates} = trajectory(g, start, ({m, v, theta}, gt, t) => {
    gt = perGroup((k, g, theta) => g + (coupled ? weight_decay[k] * theta : 0), gt, theta);
    m = perGroup((k, m, g) => beta1[k] * m + (1 - beta1[k]) * g, m, gt);
    v = perGroup((k, v, g) => beta2[k] * v + (1 - beta2[k]) * g * g, v, gt);
    const [c1, c2] = [beta1, beta2].map(betas => betas.map(beta => 1 - beta ** t));
    const way =
      epsilon === 'hat'
        ? {rate: lr.map((alpha, k) => (alpha * Math.sqrt(c2[k])) / c1[k])}
        : {mhat: perGroup((k, m) => m / c1[k], m), vhat: perGroup((k, v) => v / c2[k], v)};
    const {rate = lr, mhat = m, vhat = v} = way;
    const step = (k, m, v) => rate[k] * (m / (Math.sqrt(v) + eps[k]));
    const decayed = (k, theta) => theta - (coupled ? 0 : lr[k] * weight_decay[k] * theta);
    theta = perGroup((k, theta, m, v) => decayed(k, theta) - step(k, m, v), theta, mhat, vhat);
    return {m, v, theta, ...way};
  });
  return {m, v, theta, intermediates};
});

/** The states after each step, step(state, g_t, t) with t from 1, an array for each part of the state. */
function trajectory(g, state, step) {
  const states = g.map((gt, i) => (state = step(state, gt, i + 1)));
  return Object.fromEntries(Object.keys(state).map(part => [part, states.map(state => state[part])]));
}
