// Linear systems: tf.linalg.qr.

import * as tf from '@tensorflow/tfjs';

/**
 * The w of least ‖y − Aw‖² + ‖diag(penalty)w‖²: tf.linalg.qr of one matrix on top of the other, then Rw = Qᵀ(y, 0) from the
 * last row up, since there is a QR decomposition in tf.linalg but nothing that solves.
 */
export function leastSquares(A, y, penalty) {
  const [Q, R] = tf.linalg.qr(tf.concat([A, tf.diag(penalty)]));
  const right = tf.dot(Q.transpose(), tf.concat([y, tf.zerosLike(penalty)]));
  let w = tf.tensor1d([]); // w_{i+1}, w_{i+2}, …
  for (let i = penalty.size - 1; i >= 0; i--) {
    const [diagonal, others] = tf.split(R.slice([i, i], [1, -1]).reshape([-1]), [1, w.size]);
    w = tf.concat([tf.div(tf.sub(right.gather([i]), tf.sum(tf.mul(others, w))), diagonal), w]);
  }
  return w;
}

/** The x of Ax = b, A regular. */
export const solve = (A, b) => leastSquares(A, b, tf.zerosLike(b));
