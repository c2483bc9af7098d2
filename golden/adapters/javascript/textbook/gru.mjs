import {differentiable} from './adapter.mjs';
import {affine, each, matmul, over, plus, times, transpose, zeros} from './arrays.mjs';
import {gate} from './lstm.mjs';
import {bell, sigmoid, slope} from './nonlinearities.mjs';

/* Gated recurrent unit (Cho et al. 2014).
 *   a^• = x_t U^• + b^• + h_{t−1} W^• + d^•     r, z = sigmoid(a^r), sigmoid(a^z)
 *   reset=after   n = tanh(x_t U^n + b^n + r ⊙ (h_{t−1} W^n + d^n))
 *   reset=before  n = tanh(x_t U^n + b^n + (r ⊙ h_{t−1}) W^n + d^n)
 *   h_t = taken ⊙ n + kept ⊙ h_{t−1}     kept = z, taken = 1 − z under update=keep, and the reverse under update=replace
 *   U features×3×hidden, W hidden×3×hidden, b and d 3×hidden; gate_order names the gates along the axis of length 3
 */
differentiable('recurrent.gru', ({x, h0, U, W, b, d}, {gate_order, reset, update}) => {
  const after = reset === 'after';
  const sign = update === 'keep' ? 1 : -1; // 1 − sigmoid(a) = sigmoid(−a)
  const [r, z, n] = [...'rzn'].map(name => gate_order.indexOf(name));
  const entering = (xt, at) => affine(xt, gate(U, at), b[at]);
  const recurring = (left, at) => affine(left, gate(W, at), d[at]);

  const steps = [];
  for (const xt of x) {
    const before = steps.at(-1)?.h ?? h0;
    const [ar, az] = [r, z].map(at => plus(entering(xt, at), recurring(before, at)));
    const rt = each(sigmoid, ar);
    const left = after ? before : times(rt, before);
    const v = recurring(left, n);
    const nt = each(Math.tanh, plus(entering(xt, n), after ? times(rt, v) : v));
    const [kept, taken] = [each(a => sigmoid(sign * a), az), each(a => sigmoid(-sign * a), az)];
    const h = plus(times(taken, nt), times(kept, before));
    steps.push({before, ar, az, r: rt, z: each(sigmoid, az), n: nt, left, v, kept, taken, h});
  }

  /* Backwards in time, Γ_t being all that reaches h_t: of every gate da reaches what enters, and dv what recurs, left W + d.
   *   dn = Γ_t ⊙ taken     dz = ±Γ_t ⊙ (h_{t−1} − n)     Γ_{t−1} = dh_{t−1} + Γ_t ⊙ kept + Σ_• dv^• W^•ᵀ (⊙ r for n, before)
   *   after   dv^n = da^n ⊙ r, dr = da^n ⊙ v             before  dv^n = da^n, dr = dv^n W^nᵀ ⊙ h_{t−1}
   */
  const back = ({dh}) => {
    const [dx, dU, dW, db, dd] = [x, U, W, b, d].map(zeros);
    let passed = zeros(h0);
    for (let t = x.length - 1; t >= 0; t--) {
      const {before, ar, az, r: rt, n: nt, left, v, kept, taken} = steps[t];
      const Gamma = plus(dh[t], passed);
      const dn = times(Gamma, taken);
      const dz = each((G, h, n) => sign * G * (h - n), Gamma, before, nt);
      const dan = times(dn, each(slope, nt));
      const dvn = after ? times(dan, rt) : dan;
      const dleft = matmul(dvn, transpose(gate(W, n)));
      const dr = times(...(after ? [dan, v] : [dleft, before]));
      passed = plus(times(Gamma, kept), after ? dleft : times(dleft, rt));
      const [dar, daz] = [times(dr, each(bell, ar)), times(dz, each(bell, az))];
      for (const at of [r, z]) {
        passed = plus(passed, matmul(at === r ? dar : daz, transpose(gate(W, at))));
      }
      for (const [at, da, dv, multiplied] of [[r, dar, dar, before], [z, daz, daz, before], [n, dan, dvn, left]]) {
        dx[t] = plus(dx[t], matmul(da, transpose(gate(U, at))));
        matmul(transpose(x[t]), da).forEach((row, j) => (dU[j][at] = plus(dU[j][at], row)));
        matmul(transpose(multiplied), dv).forEach((row, j) => (dW[j][at] = plus(dW[j][at], row)));
        db[at] = plus(db[at], ...da);
        dd[at] = plus(dd[at], ...dv);
      }
      Object.assign(steps[t], {dn, dz, dr});
    }
    return {dx, dh0: passed, dU, dW, db, dd, intermediates: told('r', 'z', 'n', 'h', 'dn', 'dz', 'dr')};
  };
  const told = (...names) => Object.fromEntries(names.map(name => [name, over(steps, name)]));
  return {h: over(steps, 'h'), back, intermediates: told('r', 'z', 'n')};
});
