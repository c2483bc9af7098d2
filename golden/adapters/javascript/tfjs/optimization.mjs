// Optimisers: tf.train and tf.movingAverage.

import * as tf from '@tensorflow/tfjs';
import {unsupported} from '../goldgrad.mjs';
import {operation} from './adapter.mjs';

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
