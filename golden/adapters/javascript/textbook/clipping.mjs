// Clipping, scaling and projecting. ‖x‖ is the Euclidean norm of all elements of x.

import {adapter, differentiable} from './adapter.mjs';
import {each, plus, dot, over} from './arrays.mjs';

const norm = x => Math.hypot(...[x].flat(Infinity));

/** What is taken for the norm: n, or n + 10⁻⁶. */
const guarded = (n, epsilon) => (epsilon === 'added' ? n + 1e-6 : n);

/** x c/max(n, c). */
const shortened = (x, n, c) => each(x => x * (c / Math.max(n, c)), x);

/* Clipping by norm (Pascanu, Mikolov and Bengio 2013, Algorithm 1), of all tensors together (global) or of each for itself.
 *   clipped = g c/max(n, c)     none  n = ‖g‖     added  n = ‖g‖ + 10⁻⁶
 * Backwards where n > c, else dg = dclipped:
 *   dg = (c/n) (dclipped − g ⟨g, dclipped⟩/(n‖g‖))
 */
differentiable('optimization.clip_by_norm', ({g, limit}, {scope, epsilon}) => {
  const clip = g => shortened(g, guarded(norm(g), epsilon), limit);
  const clipBack = (g, d) => {
    const n = guarded(norm(g), epsilon);
    if (n <= limit) {
      return d;
    }
    const along = dot(g.flat(), d.flat()) / n / norm(g);
    return each((g, d) => (limit / n) * (d - g * along), g, d);
  };
  const [apart, intermediates] = scope === 'global' ? [x => [x], {norm: norm(g)}] : [x => x.map(xi => [xi]), {norms: g.map(norm)}];
  return {
    clipped: apart(g).flatMap(clip),
    intermediates,
    back: ({dclipped}) => ({dg: apart(g).flatMap((part, i) => clipBack(part, apart(dclipped)[i]))}),
  };
});

adapter.operation('optimization.clip_by_value', ({g, limit}) => ({clipped: each(x => Math.min(Math.max(x, -limit), limit), g)}));

adapter.operation('optimization.scale_gradient', ({g, factor}) => ({scaled: each(x => factor * x, g)}));

// The nearest point of a ball.
adapter.operation('optimization.project_to_ball', ({W, radius}) => ({
  projected: shortened(W, norm(W), radius),
  intermediates: {norm: norm(W)},
}));

/* A matrix rescaled to norm r.
 *   positive  W r/‖W‖, but 0 where W = 0     epsilon  W r/(‖W‖ + ε)
 */
adapter.operation('optimization.project_to_sphere', ({W, radius, eps}, integers, {guard}) => {
  const n = norm(W);
  const divisor = guard === 'epsilon' ? n + eps : n || 1;
  return {projected: each(w => w * (radius / divisor), W), intermediates: {norm: n}};
});

/* The step of training loops: a scaled loss, clipped gradients, weight decay, and every tensor projected to a ball.
 *   after  k = clip(g/S), d = k + λθ     before  k = clip(g/S + λθ), d = k     θ ← P(θ − αd)
 */
adapter.operation(
  'optimization.clipped_descent',
  ({theta0, g, scale, limit, lr, weight_decay, radius}, integers, {decay, epsilon}) => {
    let theta = theta0;
    const steps = g.map(gt => {
      const decayed = each(x => weight_decay * x, theta);
      const whole = each((g, d) => g / scale + (decay === 'before' ? d : 0), gt, decayed);
      const clipped = shortened(whole, guarded(norm(whole), epsilon), limit);
      const direction = decay === 'before' ? clipped : plus(clipped, decayed);
      theta = each((x, d) => x - lr * d, theta, direction).map(x => shortened(x, norm(x), radius));
      return {clipped, theta};
    });
    return {clipped: over(steps, 'clipped'), theta: over(steps, 'theta')};
  },
);
