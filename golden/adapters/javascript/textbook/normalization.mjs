import {adapter} from './adapter.mjs';
import {each, plus, times, sum, dot, zeros} from './arrays.mjs';

/* Layer normalisation over the last axis (Ba, Kiros and Hinton 2016).
 *   μ = (1/n)Σxⱼ     v = (1/n)Σ(xⱼ − μ)²     x̂ⱼ = (xⱼ − μ)/√(v + ε)     yⱼ = γⱼx̂ⱼ + βⱼ
 */
adapter.operation('normalization.layer_norm', ({x, gamma, beta, eps}) => {
  const rows = x.map(sample => sample.map(row => moments(row, eps)));
  const xhat = rows.map(sample => sample.map(({centered, deviation}) => centered.map(d => d / deviation)));
  return {
    y: xhat.map(sample => sample.map(row => plus(times(gamma, row), beta))),
    mean: rows.map(sample => sample.map(row => row.mean)),
    variance: rows.map(sample => sample.map(row => row.variance)),
    intermediates: {xhat},
  };
});

export function moments(row, eps) {
  const mean = sum(row) / row.length;
  const centered = row.map(x => x - mean);
  const variance = dot(centered, centered) / row.length;
  return {mean, centered, variance, deviation: Math.sqrt(variance + eps)};
}

/* The same backwards, s = √(v + ε), dμ and dv being what reaches μ and v from outside.
 *   dv ← dv − Σⱼ dyⱼγⱼ(xⱼ − μ)/(2s³)        dμ ← dμ − Σⱼ dyⱼγⱼ/s
 *   dxⱼ = dyⱼγⱼ/s + 2dv(xⱼ − μ)/n + dμ/n    dγⱼ = Σ_rows dyⱼ(xⱼ − μ)/s    dβⱼ = Σ_rows dyⱼ
 */
adapter.operation('normalization.layer_norm.gradient', ({x, gamma, eps, dy, dmean, dvariance}) => {
  let [dgamma, dbeta] = [zeros(gamma), zeros(gamma)];
  const dx = x.map((sample, b) =>
    sample.map((row, t) => {
      const {centered, deviation: s} = moments(row, eps);
      const scaled = times(dy[b][t], gamma);
      const dv = dvariance[b][t] - dot(scaled, centered) / (2 * s ** 3);
      const dmu = dmean[b][t] - sum(scaled) / s;
      dgamma = plus(dgamma, each((dy, d) => (dy * d) / s, dy[b][t], centered));
      dbeta = plus(dbeta, dy[b][t]);
      return each((d, c) => d / s + (2 * dv * c + dmu) / row.length, scaled, centered);
    }),
  );
  return {dx, dgamma, dbeta};
});
