// How the optimisers of tf.train are asked: one for every group, down losses whose gradients are the given ones.

import * as tf from '@tensorflow/tfjs';
import {operation} from './adapter.mjs';

/**
 * Answers an operation with an optimiser. train(settings, conventions) makes it, or declines; state says in which of its own
 * accumulators the outputs are, {m: 'accumulatedFirstMoment', …}; penalty(settings, conventions), if any, is a function of θ
 * whose gradient comes on top of g_t; start(optimizer, settings), if any, is what it does before the first step.
 */
export function optimizer(id, {train, state, conventions: followed, ...more}) {
  const alone = ({theta0, g, ...settings}, conventions) => {
    const optimizer = train(settings, conventions);
    const told = () => mapped(state, accumulator => optimizer[accumulator][0].variable.clone());
    const penalty = more.penalty?.(settings, conventions);
    const start = () => more.start?.(optimizer, settings);
    return descend(optimizer, {theta0, g, ...settings, penalty, start}, told);
  };
  const answer = async (inputs, integers, conventions) => {
    if (!Array.isArray(inputs.theta0[0])) {
      return alone(inputs, conventions);
    }
    const groups = [];
    for (const k of inputs.theta0.keys()) {
      groups.push(await alone(group(inputs, k), conventions)); // tf.train has no groups
    }
    return stacked(groups, 1);
  };
  operation(id, answer, followed);
}

/** The inputs of group k: what runs over steps has its groups in every step, and numbers hold for all. */
const group = ({g, present, ...inputs}, k) => ({
  g: g.map(gt => gt[k]),
  present: present?.map(presentAt => presentAt[k]),
  ...mapped(inputs, x => (Array.isArray(x) ? x[k] : x)),
});

/** θ and what told() tells after every step down the loss ⟨g_t, θ⟩ + penalty(θ). A step without a gradient is one as well. */
export async function descend(optimizer, {theta0, g, present, penalty = () => tf.scalar(0), start}, told = () => ({})) {
  const theta = tf.variable(tf.tensor(theta0));
  await start?.();
  const steps = g.map((gt, t) => {
    if (present?.[t] === 0) {
      optimizer.applyGradients([{name: theta.name, tensor: null}]);
    } else {
      optimizer.minimize(() => tf.add(tf.sum(tf.mul(tf.tensor(gt), theta)), penalty(theta)), false, [theta]);
    }
    return {...told(), theta: theta.clone()};
  });
  optimizer.dispose();
  return stacked(steps);
}

/** [{v, theta}, …] → {v, theta}, with a new axis. */
const stacked = (parts, axis = 0) => mapped(parts[0], (_, name) => tf.stack(parts.map(part => part[name]), axis));

const mapped = (object, f) => Object.fromEntries(Object.entries(object).map(([name, x]) => [name, f(x, name)]));
