// Steps that look at the objective. TensorFlow.js has no optimisers for them: its gradients, of gradients where need be, its
// tf.linalg.qr and its Fourier transforms give the directions, down which tf.train.sgd steps.

import * as tf from '@tensorflow/tfjs';
import {operation} from './adapter.mjs';
import {solve} from './linear_systems.mjs';

/** What step(θ, t) tells of the steps t, {d, …}, and θ after each, θ ← θ − lr d; θ and d are arrays of tensors. */
function descent(theta0, steps, lr, step) {
  const theta = theta0.map(x => tf.variable(tf.tensor(x)));
  const sgd = tf.train.sgd(lr);
  return steps.map((_, t) => {
    const d = step(theta, t);
    sgd.applyGradients(theta.map((x, i) => ({name: x.name, tensor: d[i]})));
    return {d, theta: theta.map(x => x.clone())};
  });
}

const stacked = (steps, part, i = 0) => tf.stack(steps.map(step => step[part][i]));

// q = (1−a)∇L(θ) + a∇L(θ + r g/‖g‖), L = ½‖Mθ − y‖² + ¼κΣθ⁴.
operation('optimization.gradient_norm_penalty', ({theta0, M, y, kappa, lr, r, a}) => {
  const steps = descent([theta0], y, lr, ([theta], t) => {
    const data = theta => tf.sum(tf.squaredDifference(tf.dot(M, theta), y[t])).mul(0.5);
    const gradient = tf.grad(theta => tf.add(data(theta), tf.sum(tf.pow(theta, 4)).mul(kappa / 4)));
    const g = gradient(theta);
    const there = gradient(tf.add(theta, tf.div(g, tf.norm(g)).mul(r)));
    return [tf.add(tf.mul(1 - a, g), tf.mul(a, there))];
  });
  return {q: stacked(steps, 'd'), theta: stacked(steps, 'theta')};
});

// d = ∂L/∂w / κ_w. What passes through the net of squared weights from an input of ones is Σ over paths of squared weights,
// multiplied, and κ_w its derivative by w².
operation('optimization.path_sgd', ({U0, V0, W0, x, y, lr}) => {
  const steps = descent([U0, V0, W0], x, lr, (weights, t) => {
    const layer = (weights, x) => tf.dot(weights, x);
    const loss = (U, V, W) => {
      const f = layer(W, tf.relu(layer(V, tf.relu(layer(U, tf.tensor(x[t]))))));
      return tf.sum(tf.squaredDifference(f, y[t])).mul(0.5);
    };
    const paths = (U, V, W) => tf.sum(layer(W, layer(V, layer(U, tf.ones([x[t].length])))));
    const kappas = tf.grads(paths)(weights.map(weight => tf.square(weight)));
    return tf.grads(loss)(weights).map((gradient, i) => tf.div(gradient, kappas[i]));
  });
  return {U: stacked(steps, 'theta', 0), V: stacked(steps, 'theta', 1), W: stacked(steps, 'theta', 2)};
});

/**
 * The mean cross-entropy of logistic regression as a function of θ, as TensorFlow.js has it. Its second derivatives are wrong:
 * the gradient of tf.exp, which is a part of it, counts for a constant.
 */
const crossEntropy = (X, y) => theta => tf.losses.sigmoidCrossEntropy(tf.tensor(y), tf.dot(X, theta));

/** ∂²loss/∂θ², a row for each derivative of the gradient; for logistic regression that is Fisher's metric. */
function hessian(loss, theta) {
  const derivative = unit => tf.grad(theta => tf.sum(tf.mul(unit, tf.grad(loss)(theta))))(theta);
  return tf.stack(tf.unstack(tf.eye(theta.size)).map(derivative));
}

operation('optimization.natural_gradient', ({theta0, X, y, lr}) => {
  const steps = descent([theta0], X, lr, ([theta], t) => {
    const loss = crossEntropy(X[t], y[t]);
    return [solve(hessian(loss, theta), tf.grad(loss)(theta))];
  });
  return {theta: stacked(steps, 'theta')};
});

// The metric does not depend on the labels of the earlier task.
operation('optimization.conatural_gradient', ({theta0, g, X, theta_prev, lambda, lr}) => {
  const F = hessian(crossEntropy(X, X.map(() => 0)), tf.tensor(theta_prev));
  const A = tf.add(F, tf.eye(theta0.length).mul(lambda));
  return {theta: stacked(descent([theta0], g, lr, (theta, t) => [solve(A, tf.tensor(g[t]))]), 'theta')};
});

// Fourier transforms diagonalise I − Δ: wave k is multiplied by 1 + (2 sin(πk/n)/h)².
operation('optimization.sobolev_gradient', ({theta0, g, h, lr}, {s}) => {
  const n = theta0.length;
  const eigenvalues = theta0.map((_, k) => (1 + ((2 / h) * Math.sin((Math.PI * k) / n)) ** 2) ** s);
  const steps = descent([theta0], g, lr, (theta, t) => {
    const waves = tf.fft(tf.complex(tf.tensor(g[t]), tf.zeros([n])));
    const shorter = tf.complex(tf.div(tf.real(waves), eigenvalues), tf.div(tf.imag(waves), eigenvalues));
    return [tf.real(tf.ifft(shorter))];
  });
  return {theta: stacked(steps, 'theta')};
});
