import {adapter} from './adapter.mjs';
import {times, sum, dot, transpose, matmul} from './arrays.mjs';
import {solve} from './linear_systems.mjs';

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
