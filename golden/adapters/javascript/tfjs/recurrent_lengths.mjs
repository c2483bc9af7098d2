// Sequences of different lengths, in both directions, and in windows.

import * as tf from '@tensorflow/tfjs';
import {differentiable, gradients, operation, outputs} from './adapter.mjs';
import {vanilla} from './recurrent.mjs';
import {ALL, sequence, step, swapped} from './sequences.mjs';

// With a mask a layer holds its state in the padding, so the states in which it ends are right. But it also repeats them in
// the sequence that it answers, where 0 belongs, and has no zeroOutputForMask, unlike Keras: hence the product with the mask.

/** time×batch×1, 1 up to the end of a sequence and 0 after it. */
const maskOf = ({x, lengths}) => tf.less(tf.range(0, x.shape[0]).expandDims(1), lengths).expandDims(2).toFloat();

differentiable('recurrent.variable_length', (v, settings, weighted) => {
  const layer = tf.layers.simpleRNN({units: v.b.size, activation: 'tanh', ...ALL});
  weighted(layer, step(v.x), () => [v.U, v.W, v.b]);
  const mask = maskOf(v);
  return () => {
    const [h, last] = sequence(layer, v.x, [v.h0], {mask: mask.squeeze([2])});
    return {h: tf.mul(h, mask), last};
  };
});

const MERGE = {sum: 'sum', mean: 'ave', product: 'mul'};

differentiable('recurrent.bidirectional', (v, {nonlinearity, merge}, weighted) => {
  const layer = bidirectional({units: v.bf.size, activation: nonlinearity}, null);
  weighted(layer, step(v.x), () => [v.Uf, v.Wf, v.bf, v.Ub, v.Wb, v.bb]);
  const mask = maskOf(v);
  const batchFirst = {initialState: [v.hf0, v.hb0], mask: swapped(mask).squeeze([2])};
  const run = mergeMode => {
    layer.mergeMode = mergeMode; // which the layer reads when it runs, and null gives both directions
    return [layer.apply(swapped(v.x), {...batchFirst})].flat().map(h => tf.mul(swapped(h), mask));
  };
  return () => {
    const [[hf, hb], [merged]] = [run(null), run(MERGE[merge])];
    return {hf, hb, merged};
  };
});

const bidirectional = (args, mergeMode) =>
  tf.layers.bidirectional({layer: tf.layers.simpleRNN({...args, returnSequences: true}), mergeMode});

// Σ‖z − y‖², y = hf Vf + hb Vb being one dense layer over both directions side by side.
differentiable('recurrent.bidirectional.regression', (v, settings, weighted) => {
  const units = v.Wf.shape[0];
  const layer = bidirectional({units, activation: 'sigmoid', useBias: false}, 'concat');
  const dense = tf.layers.dense({units: v.z.shape[2], useBias: false});
  weighted(layer, step(v.x), () => [v.Uf, v.Wf, v.Ub, v.Wb]);
  weighted(dense, [1, 2 * units], () => [tf.concat([v.Vf, v.Vb])]);
  return () => {
    const y = dense.apply(swapped(layer.apply(swapped(v.x))));
    return {y, loss: tf.losses.meanSquaredError(v.z, y, undefined, tf.Reduction.SUM)};
  };
});

// Every window has a tape of its own, and begins with the numbers in which the one before it ended.
operation('recurrent.truncated.gradient', ({x, h0, dh, ...weights}, {window}) => {
  const windows = [];
  for (let start = 0; start < x.length; start += window) {
    const [xs, dhs] = [x, dh].map(steps => steps.slice(start, start + window));
    windows.push(gradients(vanilla, {...weights, x: xs, h0, dh: dhs}));
    h0 = outputs(vanilla, {...weights, x: xs, h0}).h.arraySync().at(-1);
  }
  const total = name => tf.addN(windows.map(window => window[name]));
  const dx = tf.concat(windows.map(window => window.dx));
  return {dx, dh0: windows[0].dh0, dU: total('dU'), dW: total('dW'), db: total('db')};
});
