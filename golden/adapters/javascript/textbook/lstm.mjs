import {differentiable} from './adapter.mjs';
import {each, matmul, over, plus, times, transpose, zeros} from './arrays.mjs';
import {bell, sigmoid, slope} from './nonlinearities.mjs';

/* Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000).
 *   z^• = x_t U^• + h_{t−1} W^• + b^•     i, f, o = sigmoid(z^i), sigmoid(z^f), sigmoid(z^o)     g = tanh(z^g)
 *   C_t = f ⊙ C_{t−1} + i ⊙ g             h_t = o ⊙ tanh(C_t)
 *   U features×4×hidden, W hidden×4×hidden, b 4×hidden; gate_order names the gates along the axis of length 4
 */
export function lstm({x, h0, c0, U, W, b}, order) {
  const steps = [];
  let [h, C] = [h0, c0];
  for (const xt of x) {
    const zOf = name => {
      const at = order.indexOf(name);
      return plus(matmul(xt, gate(U, at)), matmul(h, gate(W, at))).map(row => plus(row, b[at]));
    };
    const z = {i: zOf('i'), f: zOf('f'), g: zOf('g'), o: zOf('o')};
    const [i, f, g, o] = [each(sigmoid, z.i), each(sigmoid, z.f), each(Math.tanh, z.g), each(sigmoid, z.o)];
    const before = {h, C};
    C = plus(times(f, C), times(i, g));
    h = times(o, each(Math.tanh, C));
    steps.push({z, i, f, g, o, C, h, before});
  }
  const back = upstream => lstmBack({x, U, W, b, h0}, order, steps, upstream);
  return {h: over(steps, 'h'), c: C, intermediates: overTime(steps, 'i', 'f', 'g', 'o', 'C'), back};
}

const overTime = (steps, ...names) => Object.fromEntries(names.map(name => [name, over(steps, name)]));
export const gate = (packed, at) => packed.map(gates => gates[at]);

/* The same backwards in time, dh_t and dC_t being all that reaches h_t and C_t.
 *   do = dh_t ⊙ tanh(C_t)        dC_t ← dC_t + dh_t ⊙ o ⊙ (1 − tanh²C_t)
 *   di = dC_t ⊙ g      df = dC_t ⊙ C_{t−1}      dg = dC_t ⊙ i      dC_{t−1} = dC_t ⊙ f
 *   dz^• = d• ⊙ sigmoid(z^•) ⊙ sigmoid(−z^•) for i, f, o      dz^g = dg ⊙ (1 − g²)
 *   dx_t = Σ_• dz^• U^•ᵀ     dh_{t−1} = Σ_• dz^• W^•ᵀ     dU^• = Σ_t x_tᵀ dz^•     dW^• = Σ_t h_{t−1}ᵀ dz^•
 *   db^• = Σ_t Σ_batch dz^•
 */
function lstmBack({x, U, W, b, h0}, order, steps, {dh, dc = zeros(h0)}) {
  const [dx, dU, dW, db, Gamma] = [zeros(x), zeros(U), zeros(W), zeros(b), []];
  let [dh0, dC] = [zeros(h0), dc];
  for (let t = x.length - 1; t >= 0; t--) {
    const {z, i, f, g, o, C, before} = steps[t];
    const tanhC = each(Math.tanh, C);
    Gamma[t] = plus(dh[t], dh0);
    dC = plus(dC, times(Gamma[t], o, each(slope, tanhC)));
    const d = {dC, di: times(dC, g), df: times(dC, before.C), dg: times(dC, i), do: times(Gamma[t], tanhC)};
    Object.assign(steps[t], d);
    const dz = {
      i: times(d.di, each(bell, z.i)),
      f: times(d.df, each(bell, z.f)),
      g: times(d.dg, each(slope, g)),
      o: times(d.do, each(bell, z.o)),
    };
    dC = times(dC, f);
    dh0 = zeros(dh0);
    for (const [name, dzt] of Object.entries(dz)) {
      const at = order.indexOf(name);
      dx[t] = plus(dx[t], matmul(dzt, transpose(gate(U, at))));
      dh0 = plus(dh0, matmul(dzt, transpose(gate(W, at))));
      matmul(transpose(x[t]), dzt).forEach((row, j) => (dU[j][at] = plus(dU[j][at], row)));
      matmul(transpose(before.h), dzt).forEach((row, j) => (dW[j][at] = plus(dW[j][at], row)));
      db[at] = plus(db[at], ...dzt);
    }
  }
  const intermediates = overTime(steps, 'i', 'f', 'g', 'o', 'C', 'h', 'dC', 'do', 'dg', 'df', 'di');
  return {dx, dh0, dc0: dC, dU, dW, db, Gamma, intermediates};
}

differentiable('recurrent.lstm', (inputs, {gate_order}) => lstm(inputs, gate_order));

/* The same with weights stored in columns and two biases.
 *   U 4×hidden×features, W 4×hidden×hidden, b and d 4×hidden, b + d (+ 1 for the forget gate under forget_bias=added) the bias
 */
differentiable('recurrent.lstm.columns', ({U, W, b, d, ...inputs}, {gate_order, forget_bias}) => {
  const added = [...gate_order].map(name => (name === 'f' && forget_bias === 'added' ? 1 : 0));
  const bias = each((...terms) => terms[0] + terms[1] + terms[2], b, d, b.map((row, at) => row.map(() => added[at])));
  const {back, ...outputs} = lstm({...inputs, U: lastAxisFirst(U), W: lastAxisFirst(W), b: bias}, gate_order);
  return {
    ...outputs,
    back: upstream => {
      const {dU, dW, db, ...others} = back(upstream);
      return {...others, dU: firstAxisLast(dU), dW: firstAxisLast(dW), db, dd: db};
    },
  };
});

const lastAxisFirst = A => A[0][0].map((_, k) => A.map(rows => rows.map(row => row[k])));
const firstAxisLast = A => lastAxisFirst(lastAxisFirst(A));
