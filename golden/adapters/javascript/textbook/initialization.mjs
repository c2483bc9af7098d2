import {adapter} from './adapter.mjs';

const CUT = 2; // where normal distributions are truncated, in their standard deviations

/* Mean and variance of a = c + Σ_i w_i h_i, by their formula.
 *   E[a] = c + μ E[S]     Var(a) = σ² Σ_i E[h_i²] + μ² Var(S)     S = Σ_i h_i     w  outcomes     h  states×fan
 */
adapter.operation('initialization.preactivation_moments', ({w, h, c}) => {
  const sums = h.map(total);
  const squares = h.map(row => total(row.map(x => x * x)));
  const mu = mean(w);
  return {mean: c + mu * mean(sums), variance: spread(w) * mean(squares) + mu ** 2 * spread(sums)};
});

const total = x => x.reduce((sum, xi) => sum + xi, 0);
const mean = x => total(x) / x.length;
const spread = x => mean(x.map(xi => (xi - mean(x)) ** 2));

/* The scale of a weight outputs×inputs×height×width.
 *   lecun  σ² = 1/fan_in     he  σ² = 2/fan_in     glorot  σ² = 2/(fan_in + fan_out)     bound = √3 σ
 */
const variance = (scheme, fanIn, fanOut) => (scheme === 'lecun' ? 1 / fanIn : scheme === 'he' ? 2 / fanIn : 2 / (fanIn + fanOut));

function scale({outputs, inputs, height, width}, scheme) {
  const [fanIn, fanOut] = [inputs * height * width, outputs * height * width];
  const sigma = Math.sqrt(variance(scheme, fanIn, fanOut));
  return {fan_in: fanIn, fan_out: fanOut, sigma, bound: Math.sqrt(3) * sigma};
}

adapter.operation('initialization.scale', (inputs, integers, conventions) => scale(integers, conventions.variance));

/* The expected mean square of the activations after each layer of leaky relus.
 *   q_t = d_{t−1} σ_t² (1 + α²)/2 q_{t−1}     q_0 = ‖x‖²/d_0     x  features     widths, q  time
 */
adapter.operation('initialization.depth', ({x, widths, slope}, integers, conventions) => {
  let [level, before] = [mean(x.map(xi => xi * xi)), x.length];
  const q = widths.map(width => {
    level *= (before * variance(conventions.variance, before, width) * (1 + slope ** 2)) / 2;
    before = width;
    return level;
  });
  return {q};
});

/* xoshiro128** (Blackman and Vigna 2021), its state filled by the SplitMix of 32 bits; numbers of 53 bits in [0, 1). */
function generator(seed) {
  let state = seed | 0;
  const mixed = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let [a, b, c, d] = [mixed(), mixed(), mixed(), mixed()];
  const rotated = (x, k) => (x << k) | (x >>> (32 - k));
  const next = () => {
    const bits = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotated(d, 11);
    return bits;
  };
  return () => ((next() >>> 5) * 2 ** 26 + (next() >>> 6)) * 2 ** -53;
}

/** A standard normal number: the cosine of Box and Muller's two. */
const normal = uniform => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

/** W, outputs×inputs×height×width, every entry drawn by itself. */
function drawn({outputs, inputs, height, width, seed}, one) {
  const uniform = generator(seed);
  const grow = ([n, ...rest]) => (n === undefined ? one(uniform) : Array.from({length: n}, () => grow(rest)));
  return {W: grow([outputs, inputs, height, width])};
}

adapter.operation('initialization.gaussian', (inputs, integers, conventions) => {
  const {sigma} = scale(integers, conventions.variance);
  return drawn(integers, uniform => sigma * normal(uniform));
});

adapter.operation('initialization.uniform', (inputs, integers, conventions) => {
  const {bound} = scale(integers, conventions.variance);
  return drawn(integers, uniform => bound * (2 * uniform() - 1));
});

/* Draws again until it is within ±2s.
 *   uncorrected  s = σ     corrected  s = σ/c     c² = 1 − 1/Σ_k a²ᵏ/(1·3·…·(2k+1)), a = 2
 */
adapter.operation('initialization.truncated_normal', (inputs, integers, {variance: scheme, correction}) => {
  const {sigma} = scale(integers, scheme);
  let [sum, term] = [0, 1];
  for (let k = 1; sum + term > sum; k++) {
    sum += term;
    term *= CUT ** 2 / (2 * k + 1);
  }
  const s = correction === 'corrected' ? sigma / Math.sqrt(1 - 1 / sum) : sigma;
  return drawn(integers, uniform => {
    let z = normal(uniform);
    while (Math.abs(z) > CUT) {
      z = normal(uniform);
    }
    return s * z;
  });
});
