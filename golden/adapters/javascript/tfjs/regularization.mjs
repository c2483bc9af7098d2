// Least squares: tf.linalg.qr.

import * as tf from '@tensorflow/tfjs';
import {operation} from './adapter.mjs';

// tf.dropout draws its masks and has no expectation of anything, so its mean and its variance are put together from tensors:
// E(y − Σ r_j x_j w_j)² = (y − mean Σ x_j w_j)² + variance Σ (x_j w_j)².
operation('regularization.dropout_expected_loss', ({X, y, w, p}, integers, {scaling}) => {
  const {mean, variance} = mask(p, scaling);
  const predicted = tf.dot(tf.tensor(X), tf.tensor(w)).mul(mean);
  const spread = tf.mul(tf.tensor(X), tf.tensor(w)).square().sum().mul(variance);
  return {loss: tf.squaredDifference(tf.tensor(y), predicted).sum().add(spread)};
});

const mask = (p, scaling) =>
  scaling === 'inverted' ? {mean: 1, variance: (1 - p) / p} : {mean: p, variance: p * (1 - p)};

operation('regularization.dropout_solution', ({X, y, p}, integers, {scaling}) => {
  const {mean, variance} = mask(p, scaling);
  const norms = tf.norm(tf.tensor(X), 'euclidean', 0);
  return {w: leastSquares(tf.mul(tf.tensor(X), mean), tf.tensor(y), norms.mul(Math.sqrt(variance)))};
});

operation('regularization.ridge_solution', ({X, y, lambda}) => ({
  w: leastSquares(tf.tensor(X), tf.tensor(y), tf.fill([X[0].length], Math.sqrt(lambda))),
}));

/**
 * The w of least ‖y − Aw‖² + ‖diag(penalty)w‖²: tf.linalg.qr of one matrix on top of the other, then Rw = Qᵀ(y, 0) from the
 * last row up, since there is a QR decomposition in tf.linalg but nothing that solves.
 */
function leastSquares(A, y, penalty) {
  const [Q, R] = tf.linalg.qr(tf.concat([A, tf.diag(penalty)]));
  const right = tf.dot(Q.transpose(), tf.concat([y, tf.zerosLike(penalty)]));
  let w = tf.tensor1d([]); // w_{i+1}, w_{i+2}, …
  for (let i = penalty.size - 1; i >= 0; i--) {
    const [diagonal, others] = tf.split(R.slice([i, i], [1, -1]).reshape([-1]), [1, w.size]);
    w = tf.concat([tf.div(tf.sub(right.gather([i]), tf.sum(tf.mul(others, w))), diagonal), w]);
  }
  return w;
}
