// What the chapters of the TensorFlow.js adapter share: how an operation is answered, and how it is differentiated.

import {Adapter} from '../goldgrad.mjs';
import * as tf from '@tensorflow/tfjs';

await tf.setBackend('cpu');

export const adapter = new Adapter({name: 'TensorFlow.js', version: tf.version.tfjs, dtype: 'binary32', device: tf.getBackend()});

/**
 * Answers an operation and frees every tensor and variable that the answer took. fn may wait for a promise, which tf.tidy may
 * not: one question is answered at a time, so that its scope is the innermost all the while.
 */
export function operation(id, fn, conventions) {
  const answer = async (...question) => {
    tf.engine().startScope();
    try {
      return each(await fn(...question), tensor => tensor.arraySync());
    } finally {
      tf.engine().endScope();
      tf.disposeVariables();
    }
  };
  adapter.operation(id, answer, conventions);
}

const each = (object, f) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, f(value)]));

/**
 * Answers an operation and its gradient. model(inputs, settings, weighted) gets the inputs as variables, the integers and
 * conventions, and a function that gives layers their weights; it answers a function that computes the outputs.
 */
export function differentiable(id, model, conventions) {
  operation(id, (...question) => outputs(model, ...question), conventions);
  operation(`${id}.gradient`, (...question) => gradients(model, ...question), conventions);
}

export const outputs = (model, ...question) => prepared(model, ...question).run();

/**
 * ∂L/∂x as dx for every input x, where L = Σ ⟨dy, y⟩ over those outputs y of which there is an input dy. What reaches the
 * weights of a layer is sent on to the inputs of which they are made.
 */
export function gradients(model, ...question) {
  const {inputs, layers, run} = prepared(model, ...question);
  const weights = layers.flatMap(layer => layer.weights);
  const pairs = outputs => Object.keys(outputs).map(name => [inputs[`d${name}`], outputs[name]]);
  const reached = reach(() => pairs(run()).filter(([dy]) => dy), [...Object.values(inputs), ...weights]);
  const made = () => layers.flatMap(({weights, pack}) => pack().map((tensor, k) => [reached(weights[k]), tensor]));
  const sentOn = weights.length === 0 ? tf.zerosLike : reach(made, Object.values(inputs));
  return Object.fromEntries(Object.entries(inputs).map(([name, x]) => [`d${name}`, tf.add(reached(x), sentOn(x))]));
}

/** ∂/∂x Σ ⟨dy, y⟩ over pairs() of dy and y as a function of x, one of the variables. */
function reach(pairs, variables) {
  const sum = () => tf.addN(pairs().map(([dy, y]) => tf.sum(tf.mul(dy, y))));
  const {grads} = tf.variableGrads(sum, variables);
  return x => grads[x.name] ?? tf.zerosLike(x);
}

function prepared(model, inputs, ...settings) {
  const variables = each(inputs, x => tf.variable(tf.tensor(x)));
  const layers = [];
  /** The layer with the weights pack(), in Keras's order; shape is that of an input, since layers make their weights for one. */
  const weighted = (layer, shape, pack) => {
    layer.apply(tf.zeros(shape));
    layer.setWeights(pack());
    layers.push({weights: layer.trainableWeights.map(weight => weight.read()), pack});
    return layer;
  };
  return {inputs: variables, layers, run: model(variables, Object.assign({}, ...settings), weighted)};
}
