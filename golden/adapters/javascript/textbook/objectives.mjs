// Steps that look at the objective: at its gradient nearby, at the paths of a net, at a metric. θ ← θ − α d.

import {adapter} from './adapter.mjs';
import {each, plus, times, sum, dot, transpose, matmul, over} from './arrays.mjs';
import {solve} from './linear_systems.mjs';
import {sigmoid, bell} from './nonlinearities.mjs';

const minus = (x, y) => each((x, y) => x - y, x, y);
const scaled = (a, x) => each(x => a * x, x);
const applied = (A, x) => A.map(row => dot(row, x));
const outer = (x, y) => x.map(xi => scaled(xi, y));

/** θ ← θ − α d, along the directions step(θ, t) = {d, …}: what the steps tell, each with the θ after it. */
function descent(theta0, steps, lr, step) {
  let theta = theta0;
  const told = steps.map((_, t) => {
    const {d, ...more} = step(theta, t);
    theta = minus(theta, scaled(lr, d));
    return {...more, d, theta};
  });
  return Object.fromEntries(Object.keys(told[0]).map(name => [name, over(told, name)]));
}

/* Gradient-norm penalty (Zhao, Zhang and Hu 2022, Algorithm 1).
 *   ∇L(θ) = Mᵀ(Mθ − y) + κθ³     g = ∇L(θ)     q = (1−a)g + a∇L(θ + r g/‖g‖)     θ ← θ − αq
 */
adapter.operation('optimization.gradient_norm_penalty', ({theta0, M, y, kappa, lr, r, a}) => {
  const {d, theta} = descent(theta0, y, lr, (theta, t) => {
    const gradient = at => plus(applied(transpose(M), minus(applied(M, at), y[t])), each(x => kappa * x ** 3, at));
    const g = gradient(theta);
    const there = plus(theta, scaled(r / Math.hypot(...g), g));
    return {d: plus(scaled(1 - a, g), scaled(a, gradient(there)))};
  });
  return {q: d, theta};
});

/* Path-SGD (Neyshabur, Salakhutdinov and Srebro 2015): f(x) = W relu(V relu(U x)), L = ½‖f(x) − y‖², w ← w − α/κ_w ∂L/∂w.
 *   κ_U[i,f] = Σ_ko V_ki²W_ok²     κ_V[k,i] = Σ_fo U_if²W_ok²     κ_W[o,k] = Σ_fi U_if²V_ki²
 */
adapter.operation('optimization.path_sgd', ({U0, V0, W0, x, y, lr}) => {
  let [U, V, W] = [U0, V0, W0];
  const steps = x.map((xt, t) => {
    const [kappas, gradients] = [pathNorms(U, V, W), backward(U, V, W, xt, y[t])];
    [U, V, W] = [U, V, W].map((A, k) => each((w, dw, kappa) => w - (lr / kappa) * dw, A, gradients[k], kappas[k]));
    const [kappa_U, kappa_V, kappa_W] = kappas;
    return {U, V, W, kappa_U, kappa_V, kappa_W};
  });
  const [outputs, intermediates] = [['U', 'V', 'W'], ['kappa_U', 'kappa_V', 'kappa_W']].map(names =>
    Object.fromEntries(names.map(name => [name, over(steps, name)])),
  );
  return {...outputs, intermediates};
});

/** κ of U, V and W: paths into every unit and out of it, in squared weights. */
function pathNorms(U, V, W) {
  const [into, across, outof] = [U, V, W].map(A => times(A, A));
  const in1 = into.map(sum);
  const in2 = applied(across, in1);
  const out2 = transpose(outof).map(sum);
  const out1 = applied(transpose(across), out2);
  return [U.map((row, i) => row.map(() => out1[i])), outer(out2, in1), W.map(() => in2)];
}

/** ∂L/∂U, ∂L/∂V, ∂L/∂W. */
function backward(U, V, W, x, y) {
  const relu = a => each(a => Math.max(a, 0), a);
  const gate = (d, a) => each((d, a) => (a > 0 ? d : 0), d, a);
  const a = applied(U, x);
  const b = applied(V, relu(a));
  const e = minus(applied(W, relu(b)), y);
  const db = gate(applied(transpose(W), e), b);
  const da = gate(applied(transpose(V), db), a);
  return [outer(da, x), outer(db, relu(a)), outer(e, relu(b))];
}

/* Fisher's metric of logistic regression.
 *   F = (1/n) Xᵀ diag(p(1−p)) X     p = σ(Xθ)
 */
function fisher(X, theta) {
  const weights = applied(X, theta).map(z => bell(z) / X.length);
  return matmul(transpose(X), X.map((row, i) => scaled(weights[i], row)));
}

/* Natural gradient (Amari 1998) of logistic regression.
 *   ∇L = (1/n) Xᵀ(p − y)     d = F⁻¹∇L     θ ← θ − αd
 */
adapter.operation('optimization.natural_gradient', ({theta0, X, y, lr}) => {
  const {theta, F, d} = descent(theta0, X, lr, (theta, t) => {
    const residuals = minus(applied(X[t], theta).map(sigmoid), y[t]);
    const F = fisher(X[t], theta);
    return {F, d: solve(F, scaled(1 / y[t].length, applied(transpose(X[t]), residuals)))};
  });
  return {theta, intermediates: {F, d}};
});

/* Co-natural gradient (Michel, Salesky and Neubig): the metric of an earlier task.
 *   d = (F + λI)⁻¹g     θ ← θ − αd
 */
adapter.operation('optimization.conatural_gradient', ({theta0, g, X, theta_prev, lambda, lr}) => {
  const F = fisher(X, theta_prev);
  const A = F.map((row, i) => row.map((f, j) => (i === j ? f + lambda : f)));
  const {theta, d} = descent(theta0, g, lr, (theta, t) => ({d: solve(A, g[t])}));
  return {theta, intermediates: {F, d}};
});

/* Gradients in a Sobolev metric (Bai, Rosenberg and Xu 2022) on a periodic grid of n points.
 *   (Δu)_i = (u_{i+1} − 2u_i + u_{i−1})/h²     d = (I − Δ)⁻ˢg     θ ← θ − αd
 */
adapter.operation('optimization.sobolev_gradient', ({theta0, g, h, lr}, {s}) => {
  const n = theta0.length;
  const A = theta0.map((_, i) => {
    const row = theta0.map((_, j) => (i === j ? 1 + 2 / h ** 2 : 0));
    [i + 1, i + n - 1].forEach(j => (row[j % n] -= 1 / h ** 2));
    return row;
  });
  const {theta, d} = descent(theta0, g, lr, (theta, t) => {
    let d = g[t];
    for (let k = 0; k < s; k++) {
      d = solve(A, d);
    }
    return {d};
  });
  return {theta, intermediates: {d}};
});
