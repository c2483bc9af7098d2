import {adapter, differentiable} from './adapter.mjs';
import {affine, each, matmul, over, plus, products, sum, times, transpose, zeros} from './arrays.mjs';
import {nonlinearities} from './nonlinearities.mjs';

/* Linear recurrence with one weight.
 *   z_t = u_t + h_{t−1}     h_t = w z_t     y = h_T
 *   ∂y/∂h_t = w^{T−t}       edges_t = ∂y/∂h_t z_t      du_t = ∂y/∂h_t w      dh0 = w^T      dw = Σ edges_t
 *   dz/dw is called z′, dh/dw h′, and so on:
 *   z′_t = h′_{t−1}         h′_t = z_t + w z′_t
 *   z″_t = h″_{t−1}         h″_t = 2z′_t + w z″_t      ddw = h″_T
 */
adapter.operation('recurrent.scalar', ({u, w, h0}) => {
  const z = [];
  const h = [];
  let [state, first, second] = [h0, 0, 0]; // h, h′, h″
  for (const ut of u) {
    const zt = ut + state;
    second = 2 * first + w * second;
    first = zt + w * first;
    state = w * zt;
    z.push(zt);
    h.push(state);
  }
  const dh = u.map((_, t) => w ** (u.length - 1 - t));
  const edges = times(dh, z);
  return {z, h, y: state, edges, dw: sum(edges), du: dh.map(x => x * w), dh0: w ** u.length, ddw: second};
});

/* Running averages.
 *   y_t = (1/t) Σ_{s≤t} x_s
 */
adapter.operation('recurrent.running_average', ({x}) => {
  const y = x.map((_, t) => each(total => total / (t + 1), plus(...x.slice(0, t + 1))));
  return {y, last: y.at(-1)};
});

/* The plain recurrent layer (Elman 1990), and the same backwards in time, Γ_t being all that reaches h_t.
 *   a_t = x_t U + h_{t−1} W + b      h_t = φ(a_t)
 *   Γ_t = dh_t + da_{t+1} Wᵀ         da_t = Γ_t ⊙ φ′(a_t)
 *   dx_t = da_t Uᵀ     dh_0 = da_1 Wᵀ     dU = Σ x_tᵀ da_t     dW = Σ h_{t−1}ᵀ da_t     db = Σ_t Σ_batch da_t
 *   Where cut(t), nothing is passed back from step t, counted from 0, to the one before.
 */
export function vanilla({x, h0, U, W, b}, phi = nonlinearities.tanh, cut = () => false) {
  const steps = [];
  for (const xt of x) {
    const before = steps.at(-1)?.h ?? h0;
    const a = plus(affine(xt, U, b), matmul(before, W));
    steps.push({before, a, h: each(phi.of, a)});
  }
  const [a, h, before] = ['a', 'h', 'before'].map(name => over(steps, name));
  const back = ({dh}) => {
    const [da, Gamma] = [[], []];
    let passed = zeros(h0);
    for (let t = x.length - 1; t >= 0; t--) {
      Gamma[t] = plus(dh[t], passed);
      da[t] = times(Gamma[t], each(phi.slope, a[t]));
      passed = cut(t) ? zeros(h0) : matmul(da[t], transpose(W));
    }
    const dx = da.map(dat => matmul(dat, transpose(U)));
    const weights = {dU: products(x, da), dW: products(before, da), db: plus(...da.flat())};
    return {dx, dh0: passed, ...weights, Gamma, intermediates: {a, h, da}};
  };
  return {h, back, intermediates: {a}};
}

differentiable('recurrent.vanilla', (inputs, {nonlinearity}) => vanilla(inputs, nonlinearities[nonlinearity]));

/* Backpropagation through time cut at the beginning of every window (Williams and Peng 1990). */
adapter.operation('recurrent.truncated.gradient', (inputs, {window}) =>
  vanilla(inputs, nonlinearities.tanh, t => t > 0 && t % window === 0).back(inputs),
);

/* Recurrent weights of a random part, which stays as it is, and a low-rank one.
 *   W = R + s P Qᵀ      s = alpha, or 1/rank      dP = s dW Q      dQ = s dWᵀ P
 */
differentiable('recurrent.low_rank', ({R, P, Q, alpha, ...inputs}, {scale}) => {
  const s = scale === 'alpha' ? alpha : 1 / P[0].length;
  const scaled = A => each(a => s * a, A);
  const W = plus(R, scaled(matmul(P, transpose(Q))));
  const {h, back} = vanilla({...inputs, W});
  return {
    h,
    intermediates: {W},
    back: upstream => {
      const {dW, ...others} = back(upstream);
      const factors = {dP: scaled(matmul(dW, Q)), dQ: scaled(matmul(transpose(dW), P))};
      return {...others, ...factors, intermediates: {W, h, dW}};
    },
  };
});

/* The layer whose state is not squashed.
 *   h_t = φ(h_{t−1}) W + x_t U + b      Γ_t = dh_t + (Γ_{t+1} Wᵀ) ⊙ φ′(h_t)      the rest as above, with φ(h_{t−1}) and Γ_t
 */
differentiable('recurrent.preactivation', ({x, h0, U, W, b}, {nonlinearity}) => {
  const phi = nonlinearities[nonlinearity];
  const h = [h0];
  x.forEach((xt, t) => h.push(plus(matmul(each(phi.of, h[t]), W), affine(xt, U, b))));
  const back = ({dh}) => {
    const Gamma = [];
    let passed = zeros(h0);
    for (let t = x.length - 1; t >= 0; t--) {
      Gamma[t] = plus(dh[t], passed);
      passed = times(matmul(Gamma[t], transpose(W)), each(phi.slope, h[t]));
    }
    const dW = products(x.map((_, t) => each(phi.of, h[t])), Gamma);
    return {dx: Gamma.map(G => matmul(G, transpose(U))), dh0: passed, dU: products(x, Gamma), dW, db: plus(...Gamma.flat())};
  };
  return {h: h.slice(1), back};
});

/* Residual blocks (He et al. 2016).
 *   a_t = h_{t−1} W_t + b_t      h_t = φ(a_t) + h_{t−1}
 *   da_t = Γ_t ⊙ φ′(a_t)         Γ_{t−1} = dh_{t−1} + Γ_t + da_t W_tᵀ      dW_t = h_{t−1}ᵀ da_t      db_t = Σ_batch da_t
 */
differentiable('recurrent.residual', ({h0, W, b}, {nonlinearity}) => {
  const phi = nonlinearities[nonlinearity];
  const [h, a] = [[h0], []];
  W.forEach((Wt, t) => {
    a.push(affine(h[t], Wt, b[t]));
    h.push(plus(each(phi.of, a[t]), h[t]));
  });
  const back = ({dh}) => {
    const da = [];
    let passed = zeros(h0);
    for (let t = W.length - 1; t >= 0; t--) {
      const Gamma = plus(dh[t], passed);
      da[t] = times(Gamma, each(phi.slope, a[t]));
      passed = plus(Gamma, matmul(da[t], transpose(W[t])));
    }
    const dW = da.map((dat, t) => matmul(transpose(h[t]), dat));
    return {dh0: passed, dW, db: da.map(dat => plus(...dat)), intermediates: {a, h: h.slice(1), da}};
  };
  return {h: h.slice(1), back, intermediates: {a}};
});
