// Initialisation: tf.initializers, seeded.

import * as tf from '@tensorflow/tfjs';
import {unsupported} from '../goldgrad.mjs';
import {operation} from './adapter.mjs';

/** W, outputs×inputs×height×width, of a layer's kernel: inputs×outputs if dense, height×width×inputs×outputs if not. */
function drawn(initializer, {outputs, inputs, height, width}) {
  const shape = height * width === 1 ? [inputs, outputs] : [height, width, inputs, outputs];
  const kernel = initializer.apply(shape).reshape([height, width, inputs, outputs]);
  return {W: kernel.transpose([3, 2, 0, 1])};
}

const {leCunUniform, heUniform, glorotUniform, leCunNormal, heNormal, glorotNormal} = tf.initializers;
const uniform = {lecun: leCunUniform, he: heUniform, glorot: glorotUniform};
const truncated = {lecun: leCunNormal, he: heNormal, glorot: glorotNormal};

operation('initialization.uniform', (inputs, {seed, ...shape}, {variance}) => drawn(uniform[variance]({seed}), shape));

// What it calls normal is truncated at two of the standard deviations that were asked for, and narrower for it.
operation(
  'initialization.truncated_normal',
  (inputs, {seed, ...shape}, {variance}) => drawn(truncated[variance]({seed}), shape),
  {correction: 'uncorrected'},
);

// Only tf.initializers.randomNormal is not truncated, and it has to be told the standard deviation.
operation('initialization.gaussian', (inputs, {seed, ...shape}, {variance}) => {
  const {outputs, inputs: ins, height, width} = shape;
  const fans = {lecun: ins, he: ins / 2, glorot: (ins + outputs) / 2};
  const stddev = 1 / Math.sqrt(fans[variance] * height * width);
  return drawn(tf.initializers.randomNormal({mean: 0, stddev, seed}), shape);
});

operation('initialization.scale', () => unsupported('TensorFlow.js does not tell the fans and scales that its initialisers use'));

const noMoments = () => unsupported('TensorFlow.js has no expectations over weights: it only draws them');
operation('initialization.preactivation_moments', noMoments);
operation('initialization.depth', noMoments);
