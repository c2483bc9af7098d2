// Optimisers: tf.train and tf.movingAverage.

import * as tf from '@tensorflow/tfjs';
import {unsupported} from '../goldgrad.mjs';
import {operation} from './adapter.mjs';
import {descend, optimizer} from './optimizer.mjs';

// v ← αv + g, θ ← θ − εv: the rate is outside.
optimizer('optimization.momentum', {
  train: ({alpha, epsilon}) => tf.train.momentum(epsilon, alpha),
  state: {v: 'accumulations'},
  conventions: {rate: 'outside'},
});

// tf.movingAverage divides its steps, not its average, by 1 − βᵗ, so that a corrected average follows from the last corrected
// one. The steps along it are those of tf.train.sgd.
operation('optimization.running_average', async ({theta0, g, beta, delta}, integers, {correction}) => {
  const averages = zeroDebias => {
    let v = tf.zeros([theta0.length]);
    return g.map((gt, i) => (v = tf.movingAverage(v, tf.tensor(gt), beta, i + 1, zeroDebias)));
  };
  const directions = averages(correction === 'corrected').map(v => v.arraySync());
  return {v: tf.stack(averages(false)), ...(await descend(tf.train.sgd(delta), {theta0, g: directions}))};
});

/** ½λ‖θ‖²: tf.train knows weight decay only as an L2 penalty of the loss. */
function decay({weight_decay}, {decay}) {
  if (decay !== 'coupled' && weight_decay !== 0) {
    unsupported('TensorFlow.js has no decoupled weight decay: no optimiser of tf.train has such a setting');
  }
  const l2 = tf.regularizers.l2({l2: weight_decay / 2});
  return theta => l2.apply(theta);
}

// The velocity starts at 0, which is no different from the first gradient where nothing is dampened.
optimizer('optimization.sgd', {
  train({lr, momentum, dampening}) {
    return dampening === 0 ? tf.train.momentum(lr, momentum) : unsupported('tf.train.momentum has no dampening');
  },
  state: {v: 'accumulations'},
  penalty: decay,
});

// v ← μv + q, θ ← θ − α(q + μv), where q is the gradient of ⟨g_t, θ⟩ + ½⟨curvature θ, θ⟩ at θ.
optimizer('optimization.nesterov', {
  train: ({lr, momentum}) => tf.train.momentum(lr, momentum, true),
  state: {v: 'accumulations'},
  penalty: ({curvature}) => theta => tf.sum(tf.mul(tf.square(theta), tf.mul(curvature, 0.5))),
  conventions: {form: 'outside'},
});

const adam = {
  train: ({lr, beta1, beta2, eps}) => tf.train.adam(lr, beta1, beta2, eps),
  state: {m: 'accumulatedFirstMoment', v: 'accumulatedSecondMoment'},
  penalty: decay,
};

// θ ← θ − α m̂/(√v̂ + ε): ε is outside, unlike in TensorFlow itself.
optimizer('optimization.adam', {...adam, conventions: {epsilon: 'outside'}});

// The optimiser counts its steps, also for a variable that has no gradient.
optimizer('optimization.adam_resumed', {
  ...adam,
  start: (optimizer, {m0, v0, t0}) =>
    optimizer.setWeights([
      {name: 'iter', tensor: tf.scalar(t0, 'int32')},
      {name: 'm', tensor: tf.tensor(m0)},
      {name: 'v', tensor: tf.tensor(v0)},
    ]),
  conventions: {counter: 'global'},
});

// u ← max(β₂u, |g|), θ ← θ − α/(1−β₁ᵗ) m/(u + ε): ε is beside the maximum.
optimizer('optimization.adamax', {
  train: ({lr, beta1, beta2, eps}) => tf.train.adamax(lr, beta1, beta2, eps),
  state: {m: 'accumulatedFirstMoment', u: 'accumulatedWeightedInfNorm'},
  conventions: {epsilon: 'beside'},
});

// b ← μb + αg/√(v + ε), θ ← θ − b: ε is inside the root, and the rate inside the buffer.
optimizer('optimization.rmsprop', {
  train: ({lr, rho, momentum, eps}, {centered}) => tf.train.rmsprop(lr, rho, momentum, eps, centered === 'centered'),
  state: {v: 'accumulatedMeanSquares', b: 'accumulatedMoments'},
  conventions: {epsilon: 'inside', rate: 'inside'},
});

// θ ← θ − αg/√(v + ε), where ε is a constant.
optimizer('optimization.adagrad', {
  train({lr, eps, v0}) {
    const fixed = tf.backend().epsilon();
    return eps === fixed ? tf.train.adagrad(lr, v0) : unsupported(`tf.train.adagrad has no setting for ε, which is ${fixed}`);
  },
  state: {v: 'accumulatedGrads'},
  conventions: {epsilon: 'inside'},
});

optimizer('optimization.adadelta', {
  train: ({lr, rho, eps}) => tf.train.adadelta(lr, rho, eps),
  state: {v: 'accumulatedGrads', u: 'accumulatedUpdates'},
});

operation('optimization.amsgrad', () => unsupported('TensorFlow.js has no AMSGrad: tf.train.adam has no such setting'));
operation('optimization.nadam', () => unsupported('TensorFlow.js has no NAdam among the optimisers of tf.train'));
