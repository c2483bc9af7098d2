// Least squares.

import * as tf from '@tensorflow/tfjs';
import {operation} from './adapter.mjs';
import {leastSquares} from './linear_systems.mjs';

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
