// How TensorFlow.js runs layers over sequences. Batches come first in its layers, time in Goldgrad.
//
// One step is one too few for a gradient: the layers unstack time, and the gradient of tf.unstack throws where there is one
// part (4.22.0: "Argument tensors passed to stack must be a `Tensor[]`"; https://github.com/tensorflow/tfjs/issues/8255).
// The error is passed on: whoever trains a layer meets it.

import * as tf from '@tensorflow/tfjs';
import {gradients} from './adapter.mjs';

/** What a layer is to answer: the whole sequence, and the states in which it ended. */
export const ALL = {returnSequences: true, returnState: true};

export const ACTIVATIONS = {tanh: 'tanh', relu: 'relu', sigmoid: 'sigmoid', identity: 'linear'};

/** [h, states…] of the layer over x, time×batch×features; mask time×batch where some sequences are shorter. */
export function sequence(layer, x, initialState, {mask, nudge} = {}) {
  if (nudge) {
    return stepwise(layer, x, initialState, nudge);
  }
  const [h, ...states] = layer.apply(swapped(x), {initialState, mask: mask?.transpose()});
  return [swapped(h), ...states];
}

/** The same by the layer's own cell, step by step, with nudge_t added to h_t. */
function stepwise(layer, x, initialState, nudge) {
  let states = initialState;
  const h = parts(x).map((xt, t) => {
    const [ht, , ...others] = layer.cell.call([xt, ...states], {});
    states = [tf.add(ht, at(nudge, t)), ...others];
    return states[0];
  });
  return [tf.stack(h), ...states];
}

/**
 * ∂L/∂h_t for every t, all that later steps pass back included. A layer shows no state between two steps, so its cell is
 * run step by step: the gradient of a nudge of 0 to h_t is that of h_t.
 */
export function throughStates(model, inputs, ...settings) {
  const nudge = inputs.x.map(() => inputs.h0.map(row => row.map(() => 0)));
  return gradients(model, {...inputs, nudge}, ...settings).dnudge;
}

export const swapped = x => x.transpose([1, 0, 2]);

/** The shape of one step of one sequence. */
export const step = x => [1, 1, x.shape.at(-1)];

/** x[i], and all of them. (Not tf.unstack: see above.) */
export const at = (x, i) => x.gather(i);
export const parts = x => Array.from({length: x.shape[0]}, (_, i) => at(x, i));
