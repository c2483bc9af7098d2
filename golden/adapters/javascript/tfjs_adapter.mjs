// TensorFlow.js on its CPU backend, float32: its own layers, optimisers, gradients and linear algebra, as a user has them.
//
//   (cd golden/adapters/javascript && npm ci)
//   ./goldgrad check --adapter "node golden/adapters/javascript/tfjs_adapter.mjs"
//
// A new operation is one call of `operation` below: (inputs, integers, conventions) → outputs. Inputs are numbers and nested
// arrays, outputs tensors.

import {Adapter, unsupported} from './goldgrad.mjs';
import * as tf from '@tensorflow/tfjs';

await tf.setBackend('cpu');

const adapter = new Adapter({name: 'TensorFlow.js', version: tf.version.tfjs, dtype: 'binary32', device: tf.getBackend()});

/** Answers an operation and frees every tensor and variable that the answer took. */
function operation(id, fn, conventions) {
  const answer = (...question) => Object.entries(fn(...question)).map(([name, tensor]) => [name, tensor.arraySync()]);
  adapter.operation(
    id,
    (...question) => {
      try {
        return Object.fromEntries(tf.tidy(() => answer(...question)));
      } finally {
        tf.disposeVariables();
      }
    },
    conventions,
  );
}

// --- recurrent -------------------------------------------------------------------------------------------------------

/** h_t = w(u_t + h_{t−1}), each step with a copy of w of its own. (tf.unstack has no gradient where T = 1: see below.) */
function unrolled(copies, u, h0) {
  const [z, h] = [[], []];
  copies.forEach((w, t) => {
    z.push(tf.add(u.gather(t), t === 0 ? h0 : h[t - 1]));
    h.push(tf.mul(w, z[t]));
  });
  return {z: tf.stack(z), h: tf.stack(h), y: h.at(-1)};
}

operation('recurrent.scalar', inputs => {
  const [u, w, h0] = [inputs.u, inputs.w, inputs.h0].map(x => tf.tensor(x));
  const copies = tf.unstack(tf.fill(u.shape, inputs.w));
  const gradients = tf.grads((u, h0, ...copies) => unrolled(copies, u, h0).y);
  const dw = tf.grad(w => unrolled(copies.map(() => w), u, h0).y);
  const [du, dh0, ...edges] = gradients([u, h0, ...copies]);
  const ddw = tf.grad(w => tf.add(dw(w), tf.mul(0, w))); // + 0w: what does not depend on w at all (T = 1) has no tf.grad
  return {...unrolled(copies, u, h0), edges: tf.stack(edges), dw: dw(w), du, dh0, ddw: ddw(w)};
});

// The kernels of tf.layers.lstm hold i, f, c, o side by side, Keras's order: features×4×hidden reshaped is just that. (Its
// other one, tf.basicLSTMCell, packs i, g, f, o, and adds a forget bias.) The documented default recurrentActivation is
// hardSigmoid, which is no sigmoid, so sigmoid is asked for. Batches come first in layers, time in Goldgrad.
const KERAS = {gate_order: 'ifgo'};

function lstm({x, h0, c0, U, W, b}) {
  const layer = tf.layers.lstm({
    units: W.length,
    recurrentActivation: 'sigmoid',
    returnSequences: true,
    returnState: true,
    weights: [tf.tensor(U).reshape([U.length, -1]), tf.tensor(W).reshape([W.length, -1]), tf.tensor(b).reshape([-1])],
  });
  const [sequences, h, c] = [tf.tensor(x).transpose([1, 0, 2]), tf.tensor(h0), tf.tensor(c0)].map(x => tf.variable(x));
  const run = () => {
    const [outputs, , last] = layer.apply(sequences, {initialState: [h, c]});
    return {h: outputs.transpose([1, 0, 2]), c: last};
  };
  return {run, variables: [sequences, h, c, ...built(layer, sequences)]};
}

/** The variables of a layer, which makes them when it is first applied. */
function built(layer, input) {
  layer.apply(input);
  return layer.trainableWeights.map(weight => weight.read());
}

operation('recurrent.lstm', inputs => lstm(inputs).run(), KERAS);

// One step is one too few: the layer unstacks time, and the gradient of tf.unstack throws where there is one part (4.22.0:
// "Argument tensors passed to stack must be a `Tensor[]`"; https://github.com/tensorflow/tfjs/issues/8255). The error is
// passed on: whoever trains the layer meets it.
operation(
  'recurrent.lstm.gradient',
  ({dh, dc, ...inputs}) => {
    const {run, variables} = lstm(inputs);
    const [dx, dh0, dc0, dU, dW, db] = backward({h: dh, c: dc}, run, variables);
    const like = (gradient, input) => gradient.reshape(tf.tensor(input).shape);
    const packed = {dU: like(dU, inputs.U), dW: like(dW, inputs.W), db: like(db, inputs.b)};
    return {dx: dx.transpose([1, 0, 2]), dh0, dc0, ...packed};
  },
  KERAS,
);

/** ∂/∂v Σ_y ⟨dy, y⟩ over the outputs y of f, for each of the variables v. */
function backward(upstream, f, variables) {
  const loss = () => {
    const outputs = f();
    return tf.addN(Object.entries(upstream).map(([name, dy]) => tf.sum(tf.mul(outputs[name], tf.tensor(dy)))));
  };
  const {grads} = tf.variableGrads(loss, variables);
  return variables.map(variable => grads[variable.name]);
}

// --- optimization ----------------------------------------------------------------------------------------------------

/** What `state` tells after every step of the optimiser down the loss ⟨g_t, θ⟩ + penalty(θ), whose gradient at θ is g_t + …. */
function descend(optimizer, theta0, g, state, penalty = () => tf.scalar(0)) {
  const theta = tf.variable(tf.tensor(theta0));
  const steps = g.map(gt => {
    optimizer.minimize(() => tf.add(tf.sum(tf.mul(tf.tensor(gt), theta)), penalty(theta)), false, [theta]);
    return {...state(gt), theta: theta.clone()};
  });
  optimizer.dispose();
  return stacked(steps);
}

/** [{v, theta}, …] → {v, theta}, with a new axis. */
const stacked = (parts, axis = 0) =>
  Object.fromEntries(Object.keys(parts[0]).map(name => [name, tf.stack(parts.map(part => part[name]), axis)]));

// v ← αv + g, θ ← θ − εv: the rate is outside.
operation(
  'optimization.momentum',
  ({theta0, g, alpha, epsilon}) => {
    const momentum = tf.train.momentum(epsilon, alpha);
    return descend(momentum, theta0, g, () => ({v: momentum.accumulations[0].variable.clone()}));
  },
  {rate: 'outside'},
);

// tf.movingAverage divides its steps, not its average, by 1 − βᵗ, so that a corrected average follows from the last corrected
// one. The steps along it are those of tf.train.sgd.
operation('optimization.running_average', ({theta0, g, beta, delta}, integers, {correction}) => {
  const averages = zeroDebias => {
    let v = tf.zeros([theta0.length]);
    return g.map((gt, i) => (v = tf.movingAverage(v, tf.tensor(gt), beta, i + 1, zeroDebias)));
  };
  const directions = averages(correction === 'corrected').map(v => v.arraySync());
  return {v: tf.stack(averages(false)), ...descend(tf.train.sgd(delta), theta0, directions, () => ({}))};
});

// θ ← θ − α m̂/(√v̂ + ε): ε is outside, unlike in TensorFlow itself. It knows weight decay only as an L2 penalty of the loss,
// ½λ‖θ‖² here, and no groups: every group has an optimiser of its own.
operation(
  'optimization.adam',
  ({theta0, g, lr, beta1, beta2, eps, weight_decay}, integers, {decay}) => {
    if (decay === 'decoupled' && weight_decay.some(lambda => lambda !== 0)) {
      unsupported('TensorFlow.js has no decoupled weight decay: tf.train.adam has no such setting');
    }
    const groups = lr.map((rate, k) => {
      const adam = tf.train.adam(rate, beta1[k], beta2[k], eps[k]);
      const l2 = tf.regularizers.l2({l2: weight_decay[k] / 2});
      const moments = () => ({
        m: adam.accumulatedFirstMoment[0].variable.clone(),
        v: adam.accumulatedSecondMoment[0].variable.clone(),
      });
      return descend(adam, theta0[k], g.map(gt => gt[k]), moments, theta => l2.apply(theta));
    });
    return stacked(groups, 1);
  },
  {epsilon: 'outside'},
);

// --- regularization --------------------------------------------------------------------------------------------------

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

// --- normalization ---------------------------------------------------------------------------------------------------

function layerNorm({x, gamma, beta, eps}) {
  const layer = tf.layers.layerNormalization({epsilon: eps, weights: [tf.tensor(gamma), tf.tensor(beta)]});
  const input = tf.variable(tf.tensor(x));
  const run = () => ({y: layer.apply(input), ...tf.moments(input, -1)});
  return {run, variables: [input, ...built(layer, input)]};
}

operation('normalization.layer_norm', inputs => layerNorm(inputs).run());

operation('normalization.layer_norm.gradient', ({dy, dmean, dvariance, ...inputs}) => {
  const {run, variables} = layerNorm(inputs);
  const [dx, dgamma, dbeta] = backward({y: dy, mean: dmean, variance: dvariance}, run, variables);
  return {dx, dgamma, dbeta};
});

// --- autoencoder -----------------------------------------------------------------------------------------------------

operation('autoencoder.pca', () =>
  unsupported('TensorFlow.js has neither eigenvalues nor singular values: tf.linalg is bandPart, gramSchmidt and qr'),
);

await adapter.run();
