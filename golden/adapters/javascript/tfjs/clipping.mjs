// Clipping and projection: tf.clipByValue, and the constraints of layers.

import * as tf from '@tensorflow/tfjs';
import {unsupported} from '../goldgrad.mjs';
import {operation} from './adapter.mjs';

const noNorm = () => unsupported('TensorFlow.js has no clipping by norm: there is only tf.clipByValue');

operation('optimization.clip_by_norm', noNorm);
operation('optimization.clip_by_norm.gradient', noNorm);
operation('optimization.clipped_descent', noNorm);

operation('optimization.clip_by_value', ({g, limit}) => ({clipped: tf.clipByValue(g, -limit, limit)}));

// The gradient of a scaled loss, a⟨g, θ⟩.
operation('optimization.scale_gradient', ({g, factor}) => {
  const loss = theta => tf.mul(factor, tf.sum(tf.mul(g, theta)));
  return {scaled: tf.grad(loss)(tf.zerosLike(g))};
});

// W min(‖W‖, r)/(‖W‖ + ε), the norm over both axes.
operation('optimization.project_to_ball', ({W, radius}) => ({
  projected: tf.constraints.maxNorm({maxValue: radius, axis: [0, 1]}).apply(tf.tensor(W)),
}));

// W r/(‖W‖ + ε), where ε is a constant.
operation(
  'optimization.project_to_sphere',
  ({W, radius, eps}) => {
    const fixed = tf.backend().epsilon();
    if (eps !== fixed) {
      unsupported(`tf.constraints has no setting for ε, which is ${fixed}`);
    }
    return {projected: tf.constraints.minMaxNorm({minValue: radius, maxValue: radius, axis: [0, 1]}).apply(tf.tensor(W))};
  },
  {guard: 'epsilon'},
);
