// What is put on top of recurrent layers: tf.layers.dense and tf.losses, the norms of gradients over time, and blocks of
// dense layers.

import * as tf from '@tensorflow/tfjs';
import {differentiable, gradients, operation, outputs} from './adapter.mjs';
import {KERAS, lstm, vanilla} from './recurrent.mjs';
import {ACTIVATIONS, at, parts, throughStates} from './sequences.mjs';

const steps = (h, targets) => (targets === 'all' ? h : h.slice([h.shape[0] - 1]));

/** h F + f, and its mean squared error over the steps that have targets. */
function readout(v, {targets}, weighted) {
  const dense = weighted(tf.layers.dense({units: v.f.size}), [1, v.F.shape[0]], () => [v.F, v.f]);
  return (h = v.h) => {
    const prediction = dense.apply(h);
    return {prediction, loss: tf.losses.meanSquaredError(steps(v.z, targets), steps(prediction, targets))};
  };
}

const regression = layer => (...question) => {
  const [run, read] = [layer(...question), readout(...question)];
  return () => read(run().h);
};

differentiable('recurrent.regression', regression(vanilla));

const dloss = 1;
const frobenius = matrices => tf.stack(parts(matrices).map(matrix => tf.norm(matrix)));

// norms are gradients of TensorFlow.js. bound_t = ‖∂L_t/∂h_t‖ + γ‖W‖ bound_{t+1} is put together: ∂L_t/∂h_t is the gradient of
// the loss as a function of h, and tf.norm knows of a matrix the Frobenius norm and those of 1 and ∞, not that of 2.
operation('recurrent.gradient_flow', (inputs, integers, conventions) => {
  const {W, F, f, z} = inputs;
  const h = outputs(vanilla, inputs, conventions).h.arraySync();
  const direct = frobenius(gradients(readout, {h, F, f, z, dloss}, conventions).dh);
  const growth = operatorNorm(tf.tensor(W)).mul(conventions.nonlinearity === 'sigmoid' ? 0.25 : 1);
  const bound = parts(direct).reduceRight((later, here) => [tf.add(here, tf.mul(growth, later[0] ?? 0)), ...later], []);
  return {norms: frobenius(throughStates(regression(vanilla), {...inputs, dloss}, conventions)), bound: tf.stack(bound)};
});

/** √λ₁(WᵀW), by squaring WᵀW until only its first eigenvectors are left, and then Rayleigh's quotient. */
function operatorNorm(W) {
  const largest = tf.max(tf.abs(W)); // times a matrix with entries up to 1
  const V = tf.divNoNan(W, largest);
  const S = tf.matMul(V, V, true);
  let P = S;
  for (let squaring = 0; squaring < 30; squaring++) {
    P = tf.matMul(P, P);
    P = tf.divNoNan(P, tf.norm(P));
  }
  const trace = tf.sum(tf.mul(P, tf.eye(P.shape[0])));
  return tf.sqrt(tf.divNoNan(tf.sum(tf.mul(S, P)), trace)).mul(largest);
}

operation(
  'recurrent.lstm.gradient_flow',
  (inputs, ...settings) => ({norms: frobenius(throughStates(regression(lstm), {...inputs, dloss}, ...settings))}),
  KERAS,
);

differentiable('recurrent.classifier', (v, settings, weighted) => {
  const run = vanilla(v, {}, weighted);
  const dense = weighted(tf.layers.dense({units: v.f.size}), [1, v.F.shape[0]], () => [v.F, v.f]);
  const labels = tf.oneHot(v.labels.toInt(), v.f.size);
  return () => {
    const {h} = run();
    const logits = dense.apply(at(h, h.shape[0] - 1));
    return {logp: tf.logSoftmax(logits), loss: tf.losses.softmaxCrossEntropy(labels, logits)};
  };
});

// y_t = (1/t) Σ_{s≤t} x_s
operation('recurrent.running_average', ({x}) => {
  const y = tf.div(tf.cumsum(tf.tensor(x)), tf.range(1, x.length + 1).expandDims(1));
  return {y, last: at(y, x.length - 1)};
});

// --- dense layers in a row, each with weights of its own (residual), or two over and over (preactivation) --------------

differentiable('recurrent.residual', ({h0, W, b}, {nonlinearity}, weighted) => {
  const [batch, units] = h0.shape;
  const blocks = parts(b).map((_, t) => {
    const dense = tf.layers.dense({units, activation: ACTIVATIONS[nonlinearity]});
    return weighted(dense, [batch, units], () => [at(W, t), at(b, t)]);
  });
  return () => {
    const h = [h0];
    blocks.forEach((block, t) => h.push(tf.layers.add().apply([block.apply(h[t]), h[t]])));
    return {h: tf.stack(h.slice(1))};
  };
});

differentiable('recurrent.preactivation', (v, {nonlinearity}, weighted) => {
  const [batch, units] = v.h0.shape;
  const activation = tf.layers.activation({activation: ACTIVATIONS[nonlinearity]});
  const input = weighted(tf.layers.dense({units}), [1, v.x.shape[2]], () => [v.U, v.b]);
  const recurrent = weighted(tf.layers.dense({units, useBias: false}), [batch, units], () => [v.W]);
  return () => {
    const h = [v.h0];
    parts(v.x).forEach((xt, t) => h.push(tf.layers.add().apply([recurrent.apply(activation.apply(h[t])), input.apply(xt)])));
    return {h: tf.stack(h.slice(1))};
  };
});
