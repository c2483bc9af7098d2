export const sigmoid = z => 1 / (1 + Math.exp(-z));

/** The slope of sigmoid at z, sigmoid(z)(1 − sigmoid(z)). */
export const bell = z => sigmoid(z) * sigmoid(-z);

/** The slope of tanh where it is tanh, 1 − tanh². */
export const slope = tanh => (1 - tanh) * (1 + tanh);

/** φ and φ′ by name. */
export const nonlinearities = {
  tanh: {of: Math.tanh, slope: a => slope(Math.tanh(a)), steepest: 1},
  relu: {of: a => Math.max(a, 0), slope: a => (a > 0 ? 1 : 0), steepest: 1},
  sigmoid: {of: sigmoid, slope: bell, steepest: 1 / 4},
  identity: {of: a => a, slope: () => 1, steepest: 1},
};
