// All twelve operations as a textbook would write them, in plain JavaScript doubles, with gradients by hand.
//
//   ./goldgrad check --adapter "node golden/adapters/javascript/textbook_adapter.mjs"

import {Adapter} from './goldgrad.mjs';

const adapter = new Adapter({name: 'textbook', version: '1', dtype: 'binary64', intermediates: true});

// Vectors are arrays and matrices arrays of rows.

/** f(x, y, …) for every element of arrays of one shape; f(x, y, …) itself for numbers. */
const each = (f, ...xs) => (Array.isArray(xs[0]) ? xs[0].map((_, i) => each(f, ...xs.map(x => x[i]))) : f(...xs));
const plus = (...xs) => each((...terms) => sum(terms), ...xs);
const times = (...xs) => each((...factors) => factors.reduce((x, y) => x * y), ...xs);
const sum = xs => xs.reduce((x, y) => x + y, 0);
const dot = (x, y) => sum(times(x, y));
const transpose = A => A[0].map((_, j) => A.map(row => row[j]));
const matmul = (A, B) => A.map(row => transpose(B).map(column => dot(row, column)));
const zeros = x => each(() => 0, x);

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

/* Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
 *   z^• = x_t U^• + h_{t−1} W^• + b^•     i, f, o = sigmoid(z^i), sigmoid(z^f), sigmoid(z^o)     g = tanh(z^g)
 *   C_t = f ⊙ C_{t−1} + i ⊙ g             h_t = o ⊙ tanh(C_t)
 *   U features×4×hidden, W hidden×4×hidden, b 4×hidden; gate_order names the gates along the axis of length 4
 */
adapter.operation('recurrent.lstm', (inputs, integers, {gate_order}) => {
  const steps = lstm(inputs, gate_order);
  const {h, ...intermediates} = overTime(steps, 'i', 'f', 'g', 'o', 'C', 'h');
  return {h, c: steps.at(-1).C, intermediates};
});

/** The parts of these names of all steps. */
const overTime = (steps, ...names) => Object.fromEntries(names.map(name => [name, steps.map(step => step[name])]));

function lstm({x, h0, c0, U, W, b}, order) {
  const steps = [];
  let [h, C] = [h0, c0];
  for (const xt of x) {
    const zOf = name => {
      const at = order.indexOf(name);
      return plus(matmul(xt, gate(U, at)), matmul(h, gate(W, at))).map(row => plus(row, b[at]));
    };
    const z = {i: zOf('i'), f: zOf('f'), g: zOf('g'), o: zOf('o')};
    const [i, f, g, o] = [each(sigmoid, z.i), each(sigmoid, z.f), each(Math.tanh, z.g), each(sigmoid, z.o)];
    const before = {h, C};
    C = plus(times(f, C), times(i, g));
    h = times(o, each(Math.tanh, C));
    steps.push({z, i, f, g, o, C, h, before});
  }
  return steps;
}

const gate = (packed, at) => packed.map(gates => gates[at]);
const sigmoid = z => 1 / (1 + Math.exp(-z));

/* The same backwards in time, dh_t and dC_t being all that reaches h_t and C_t.
 *   do = dh_t ⊙ tanh(C_t)        dC_t ← dC_t + dh_t ⊙ o ⊙ (1 − tanh²C_t)
 *   di = dC_t ⊙ g      df = dC_t ⊙ C_{t−1}      dg = dC_t ⊙ i      dC_{t−1} = dC_t ⊙ f
 *   dz^• = d• ⊙ sigmoid(z^•) ⊙ sigmoid(−z^•) for i, f, o      dz^g = dg ⊙ (1 − g²)
 *   dx_t = Σ_• dz^• U^•ᵀ     dh_{t−1} = Σ_• dz^• W^•ᵀ     dU^• = Σ_t x_tᵀ dz^•     dW^• = Σ_t h_{t−1}ᵀ dz^•
 *   db^• = Σ_t Σ_batch dz^•
 */
adapter.operation('recurrent.lstm.gradient', ({dh, dc, ...inputs}, integers, {gate_order}) => {
  const {x, U, W, b} = inputs;
  const steps = lstm(inputs, gate_order);
  const [dx, dU, dW, db] = [zeros(x), zeros(U), zeros(W), zeros(b)];
  let [dh0, dC] = [zeros(inputs.h0), dc];
  for (let t = x.length - 1; t >= 0; t--) {
    const {z, i, f, g, o, C, before} = steps[t];
    const tanhC = each(Math.tanh, C);
    const dht = plus(dh[t], dh0);
    dC = plus(dC, times(dht, o, each(slope, tanhC)));
    const d = {dC, di: times(dC, g), df: times(dC, before.C), dg: times(dC, i), do: times(dht, tanhC)};
    Object.assign(steps[t], d);
    const dz = {
      i: times(d.di, each(bell, z.i)),
      f: times(d.df, each(bell, z.f)),
      g: times(d.dg, each(slope, g)),
      o: times(d.do, each(bell, z.o)),
    };
    dC = times(dC, f);
    dh0 = zeros(dh0);
    for (const [name, dzt] of Object.entries(dz)) {
      const at = gate_order.indexOf(name);
      dx[t] = plus(dx[t], matmul(dzt, transpose(gate(U, at))));
      dh0 = plus(dh0, matmul(dzt, transpose(gate(W, at))));
      matmul(transpose(x[t]), dzt).forEach((row, j) => (dU[j][at] = plus(dU[j][at], row)));
      matmul(transpose(before.h), dzt).forEach((row, j) => (dW[j][at] = plus(dW[j][at], row)));
      db[at] = plus(db[at], ...dzt);
    }
  }
  const intermediates = overTime(steps, 'i', 'f', 'g', 'o', 'C', 'h', 'dC', 'do', 'dg', 'df', 'di');
  return {dx, dh0, dc0: dC, dU, dW, db, intermediates};
});

const bell = z => sigmoid(z) * sigmoid(-z);
const slope = tanh => (1 - tanh) * (1 + tanh);

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

/* Expected loss under dropout of the inputs (Srivastava et al. 2014, §9.1): the mean of every residual and its variance.
 *   plain     E‖y − (X⊙R)w‖²   = ‖y − pXw‖² + p(1−p) Σ (X_ij w_j)²          R_ij ~ Bernoulli(p)
 *   inverted  E‖y − (X⊙R)w/p‖² = ‖y − Xw‖² + (1−p)/p Σ (X_ij w_j)²
 */
adapter.operation('regularization.dropout_expected_loss', ({X, y, w, p}, integers, {scaling}) => {
  const {mean, variance} = mask(p, scaling);
  const samples = X.map((row, i) => {
    const xw = times(row, w);
    return (y[i] - mean * sum(xw)) ** 2 + variance * dot(xw, xw);
  });
  return {loss: sum(samples)};
});

/* The w that minimises it.
 *   plain     (p²XᵀX + p(1−p)Γ²) w = pXᵀy          inverted  (XᵀX + (1−p)/p Γ²) w = Xᵀy          Γ² = diag(XᵀX)
 */
adapter.operation('regularization.dropout_solution', ({X, y, p}, integers, {scaling}) => {
  const {mean, variance} = mask(p, scaling);
  const A = gram(X).map((row, j) => row.map((a, k) => (mean ** 2 + (j === k ? variance : 0)) * a));
  return {w: solve(A, transpose(X).map(column => mean * dot(column, y)))};
});

/** Of R_ij, or of R_ij/p. */
const mask = (p, scaling) =>
  scaling === 'inverted' ? {mean: 1, variance: (1 - p) / p} : {mean: p, variance: p * (1 - p)};

/* Ridge regression (Hoerl and Kennard 1970).
 *   w = (XᵀX + λI)⁻¹ Xᵀy
 */
adapter.operation('regularization.ridge_solution', ({X, y, lambda}) => {
  const A = gram(X).map((row, j) => row.map((a, k) => (j === k ? a + lambda : a)));
  return {w: solve(A, transpose(X).map(column => dot(column, y)))};
});

const gram = X => matmul(transpose(X), X);

/** Ax = b for a positive definite A = LLᵀ (Cholesky): Lz = b, then Lᵀx = z. */
function solve(A, b) {
  const L = zeros(A);
  for (let j = 0; j < b.length; j++) {
    for (let i = j; i < b.length; i++) {
      const rest = A[i][j] - dot(L[i].slice(0, j), L[j].slice(0, j));
      L[i][j] = i === j ? Math.sqrt(rest) : rest / L[j][j];
    }
  }
  const z = [];
  for (let i = 0; i < b.length; i++) {
    z.push((b[i] - dot(z, L[i].slice(0, i))) / L[i][i]);
  }
  const x = [];
  for (let i = b.length - 1; i >= 0; i--) {
    x.unshift((z[i] - dot(x, L.slice(i + 1).map(row => row[i]))) / L[i][i]);
  }
  return x;
}

/* Layer normalisation over the last axis (Ba, Kiros and Hinton 2016).
 *   μ = (1/n)Σxⱼ     v = (1/n)Σ(xⱼ − μ)²     x̂ⱼ = (xⱼ − μ)/√(v + ε)     yⱼ = γⱼx̂ⱼ + βⱼ
 */
adapter.operation('normalization.layer_norm', ({x, gamma, beta, eps}) => {
  const rows = x.map(sample => sample.map(row => moments(row, eps)));
  const xhat = rows.map(sample => sample.map(({centered, deviation}) => centered.map(d => d / deviation)));
  return {
    y: xhat.map(sample => sample.map(row => plus(times(gamma, row), beta))),
    mean: rows.map(sample => sample.map(row => row.mean)),
    variance: rows.map(sample => sample.map(row => row.variance)),
    intermediates: {xhat},
  };
});

function moments(row, eps) {
  const mean = sum(row) / row.length;
  const centered = row.map(x => x - mean);
  const variance = dot(centered, centered) / row.length;
  return {mean, centered, variance, deviation: Math.sqrt(variance + eps)};
}

/* The same backwards, s = √(v + ε), dμ and dv being what reaches μ and v from outside.
 *   dv ← dv − Σⱼ dyⱼγⱼ(xⱼ − μ)/(2s³)        dμ ← dμ − Σⱼ dyⱼγⱼ/s
 *   dxⱼ = dyⱼγⱼ/s + 2dv(xⱼ − μ)/n + dμ/n    dγⱼ = Σ_rows dyⱼ(xⱼ − μ)/s    dβⱼ = Σ_rows dyⱼ
 */
adapter.operation('normalization.layer_norm.gradient', ({x, gamma, eps, dy, dmean, dvariance}) => {
  let [dgamma, dbeta] = [zeros(gamma), zeros(gamma)];
  const dx = x.map((sample, b) =>
    sample.map((row, t) => {
      const {centered, deviation: s} = moments(row, eps);
      const scaled = times(dy[b][t], gamma);
      const dv = dvariance[b][t] - dot(scaled, centered) / (2 * s ** 3);
      const dmu = dmean[b][t] - sum(scaled) / s;
      dgamma = plus(dgamma, each((dy, d) => (dy * d) / s, dy[b][t], centered));
      dbeta = plus(dbeta, dy[b][t]);
      return each((d, c) => d / s + (2 * dv * c + dmu) / row.length, scaled, centered);
    }),
  );
  return {dx, dgamma, dbeta};
});

/* Principal components (Pearson 1901; Hotelling 1933).
 *   S = X̄X̄ᵀ/n  (or /(n−1))     X̄ = X − its mean column     S = Σ sᵢuᵢuᵢᵀ, s₁ ≥ s₂ ≥ …     projector = Σ_{i≤k} uᵢuᵢᵀ
 */
adapter.operation('autoencoder.pca', ({X}, {k}, {divisor}) => {
  const centered = X.map(row => moments(row, 0).centered);
  const count = divisor === 'n' ? X[0].length : X[0].length - 1;
  const S = each(s => s / count, matmul(centered, transpose(centered)));
  const pairs = eigen(S).sort((a, b) => b.value - a.value);
  const U = pairs.slice(0, k).map(pair => pair.vector);
  return {eigenvalues: pairs.map(pair => pair.value), projector: matmul(transpose(U), U)};
});

/** Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (Golub and Van Loan, section 8.5). */
function eigen(A) {
  const m = A.length;
  let vectors = A.map((row, i) => row.map((_, j) => (i === j ? 1 : 0))); // a row each
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < m; p++) {
      for (let q = p + 1; q < m; q++) {
        if (A[p][q] !== 0) {
          const tau = (A[q][q] - A[p][p]) / (2 * A[p][q]);
          const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.hypot(1, tau)); // the smaller angle that makes A_pq zero
          const turn = rows => rotated(rows, p, q, 1 / Math.hypot(1, t), t / Math.hypot(1, t));
          A = turn(transpose(turn(A))); // JAJᵀ
          A[p][q] = A[q][p] = 0;
          vectors = turn(vectors);
        }
      }
    }
  }
  return A.map((row, i) => ({value: row[i], vector: vectors[i]}));
}

/** Row p becomes c·p − s·q and row q becomes s·p + c·q. */
function rotated(rows, p, q, c, s) {
  const turned = [...rows];
  turned[p] = each((x, y) => c * x - s * y, rows[p], rows[q]);
  turned[q] = each((x, y) => s * x + c * y, rows[p], rows[q]);
  return turned;
}

await adapter.run();
