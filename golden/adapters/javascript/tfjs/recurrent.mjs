// Recurrent layers: tf.layers.simpleRNN, gru and lstm, and stacks of their cells.

import * as tf from '@tensorflow/tfjs';
import {differentiable, gradients, operation, outputs} from './adapter.mjs';
import {ACTIVATIONS, ALL, at, parts, sequence, step, throughStates} from './sequences.mjs';

/** h_t = w(u_t + h_{t−1}), each step with a copy of w of its own. */
function unrolled(copies, u, h0) {
  const [z, h] = [[], []];
  copies.forEach((w, t) => {
    z.push(tf.add(at(u, t), t === 0 ? h0 : h[t - 1]));
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

// --- simpleRNN -------------------------------------------------------------------------------------------------------

const simple = (b, nonlinearity) => ({units: b.size, activation: ACTIVATIONS[nonlinearity]});

export function vanilla(v, {nonlinearity = 'tanh'}, weighted) {
  const layer = tf.layers.simpleRNN({...simple(v.b, nonlinearity), ...ALL});
  weighted(layer, step(v.x), () => [v.U, v.W, v.b]);
  return () => ({h: sequence(layer, v.x, [v.h0], v)[0]});
}

operation('recurrent.vanilla', (...question) => outputs(vanilla, ...question));

operation('recurrent.vanilla.gradient', (...question) => ({
  ...gradients(vanilla, ...question),
  Gamma: throughStates(vanilla, ...question),
}));

// W is made of factors, and the gradient of W is passed on to them.
differentiable('recurrent.low_rank', ({R, P, Q, alpha, ...v}, {scale}, weighted) => {
  const s = scale === 'alpha' ? alpha : 1 / P.shape[1];
  const layer = tf.layers.simpleRNN({...simple(v.b, 'tanh'), ...ALL});
  weighted(layer, step(v.x), () => [v.U, tf.add(R, tf.mul(s, tf.matMul(P, Q, false, true))), v.b]);
  return () => ({h: sequence(layer, v.x, [v.h0])[0]});
});

// --- gru and lstm ----------------------------------------------------------------------------------------------------

// Their kernels hold the gates side by side. The documented default recurrentActivation is hardSigmoid, which is no sigmoid,
// so sigmoid is asked for.
const gated = W => ({units: W.shape.at(-1), recurrentActivation: 'sigmoid'});

/** features×gates×hidden → features×(gates·hidden). */
const joined = gates => gates.reshape([...gates.shape.slice(0, -2), -1]);

// tf.layers.gru multiplies by the reset gate before the product (it refuses resetAfter), and has one bias, b + d.
differentiable(
  'recurrent.gru',
  (v, settings, weighted) => {
    const layer = tf.layers.gru({...gated(v.W), ...ALL});
    weighted(layer, step(v.x), () => [v.U, v.W, tf.add(v.b, v.d)].map(joined));
    return () => ({h: sequence(layer, v.x, [v.h0])[0]});
  },
  {gate_order: 'zrn', reset: 'before', update: 'keep'},
);

/** tf.layers.lstm holds i, f, c, o. */
export const KERAS = {gate_order: 'ifgo'};

export const lstm = (v, settings, weighted) => lstmLayer(v, weighted, () => [v.U, v.W, v.b].map(joined));

function lstmLayer(v, weighted, pack) {
  const layer = weighted(tf.layers.lstm({...gated(v.W), ...ALL}), step(v.x), pack);
  return () => {
    const [h, , c] = sequence(layer, v.x, [v.h0, v.c0], v);
    return {h, c};
  };
}

differentiable('recurrent.lstm', lstm, KERAS);

// The layer where the forget bias is stored. Where it is added, tf.basicLSTMCell adds it, which packs i, g, f, o, and x_t and
// h_{t−1} side by side.
differentiable(
  'recurrent.lstm.columns',
  (v, {forget_bias}, weighted) => {
    const packed = order => {
      const rows = columns => columns.gather(order).reshape([-1, columns.shape[2]]).transpose();
      return [rows(v.U), rows(v.W), joined(tf.add(v.b, v.d).gather(order))];
    };
    if (forget_bias === 'stored') {
      return lstmLayer(v, weighted, () => packed([0, 1, 2, 3]));
    }
    return () => {
      const [U, W, bias] = packed([0, 2, 1, 3]);
      const kernel = tf.concat([U, W]);
      let [c, h] = [v.c0, v.h0];
      const all = parts(v.x).map(xt => ([c, h] = tf.basicLSTMCell(1, kernel, bias, xt, c, h))[1]);
      return {h: tf.stack(all), c};
    };
  },
  KERAS,
);

// --- several cells in one layer, which wants and tells their states from the top down ---------------------------------

const above = v => parts(v.UA).flatMap((U, l) => [U, at(v.WA, l), at(v.B, l)]);

differentiable('recurrent.stacked', (v, {nonlinearity}, weighted) => {
  const cell = [v.b, ...parts(v.B)].map(b => tf.layers.simpleRNNCell(simple(b, nonlinearity)));
  const layer = weighted(tf.layers.rnn({cell, ...ALL}), step(v.x), () => [v.U, v.W, v.b, ...above(v)]);
  return () => {
    const [h, ...states] = sequence(layer, v.x, [v.h0, ...parts(v.H0)].reverse());
    const [last0, ...last] = states.reverse();
    return {h, last0, last: tf.stack(last)};
  };
});

differentiable(
  'recurrent.lstm.stacked',
  (v, settings, weighted) => {
    const cell = [v.W, ...parts(v.WA)].map(W => tf.layers.lstmCell(gated(W)));
    const layer = weighted(tf.layers.rnn({cell, ...ALL}), step(v.x), () => [v.U, v.W, v.b, ...above(v)].map(joined));
    return () => {
      const upwards = [[v.h0, v.c0], ...parts(v.H0).map((h0, l) => [h0, at(v.C0, l)])];
      return {h: sequence(layer, v.x, upwards.reverse().flat())[0]};
    };
  },
  KERAS,
);
