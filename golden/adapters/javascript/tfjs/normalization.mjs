// Normalisation: tf.layers.layerNormalization, and tf.moments for what the layer does not show.

import * as tf from '@tensorflow/tfjs';
import {differentiable} from './adapter.mjs';

differentiable('normalization.layer_norm', ({x, gamma, beta, eps}, settings, weighted) => {
  const layer = tf.layers.layerNormalization({epsilon: eps.arraySync()});
  weighted(layer, x.shape, () => [gamma, beta]);
  return () => ({y: layer.apply(x), ...tf.moments(x, -1)});
});
