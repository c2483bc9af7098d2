import {differentiable} from './adapter.mjs';
import {each, plus, products, sum, times, transpose, zeros, matmul} from './arrays.mjs';
import {nonlinearities} from './nonlinearities.mjs';
import {vanilla} from './recurrent.mjs';

/* Sequences of different lengths, each run alone, forwards or backwards within its length; the padding gets 0. */
function ragged({x, lengths, h0, ...weights}, phi, way = steps => steps) {
  const alone = (steps, s) => way(steps.slice(0, lengths[s]).map(batch => [batch[s]]));
  const together = sequences => {
    const inPlace = sequences.map(way);
    const padding = zeros(inPlace[0][0][0]);
    return x.map((_, t) => inPlace.map(steps => steps[t]?.[0] ?? padding));
  };
  const layers = lengths.map((_, s) => vanilla({x: alone(x, s), h0: [h0[s]], ...weights}, phi));
  const back = ({dh, dlast = zeros(h0)}) => {
    const all = layers.map(({back}, s) => {
      const own = alone(dh, s);
      return back({dh: [...own.slice(0, -1), plus(own.at(-1), [dlast[s]])]});
    });
    const [dU, dW, db] = ['dU', 'dW', 'db'].map(name => plus(...all.map(one => one[name])));
    return {dx: together(all.map(({dx}) => dx)), dh0: all.map(({dh0}) => dh0[0]), dU, dW, db};
  };
  return {h: together(layers.map(({h}) => h)), last: layers.map(({h}) => h.at(-1)[0]), back};
}

differentiable('recurrent.variable_length', inputs => ragged(inputs, nonlinearities.tanh));

/* Two layers over the same inputs, one backwards in time (Schuster and Paliwal 1997). */
function bothWays({x, lengths, hf0, hb0, Uf, Ub, Wf, Wb, bf, bb}, phi) {
  const forward = ragged({x, lengths, h0: hf0, U: Uf, W: Wf, b: bf}, phi);
  const backward = ragged({x, lengths, h0: hb0, U: Ub, W: Wb, b: bb}, phi, steps => [...steps].reverse());
  const back = (dhf, dhb) => {
    const [f, b] = [forward.back({dh: dhf}), backward.back({dh: dhb})];
    const weights = {dUf: f.dU, dUb: b.dU, dWf: f.dW, dWb: b.dW, dbf: f.db, dbb: b.db};
    return {dx: plus(f.dx, b.dx), dhf0: f.dh0, dhb0: b.dh0, ...weights};
  };
  return {hf: forward.h, hb: backward.h, back};
}

/* merged = hf + hb (sum), (hf + hb)/2 (mean), hf ⊙ hb (product) */
differentiable('recurrent.bidirectional', (inputs, {nonlinearity, merge}) => {
  const {hf, hb, back} = bothWays(inputs, nonlinearities[nonlinearity]);
  const mean = dmerged => each(d => d / 2, dmerged);
  const [merged, toForward, toBackward] = {
    sum: [plus(hf, hb), d => d, d => d],
    mean: [mean(plus(hf, hb)), mean, mean],
    product: [times(hf, hb), d => times(d, hb), d => times(d, hf)],
  }[merge];
  return {
    hf,
    hb,
    merged,
    back: ({dhf, dhb, dmerged}) => back(plus(dhf, toForward(dmerged)), plus(dhb, toBackward(dmerged))),
  };
});

/* y_t = hf_t Vf + hb_t Vb      loss = Σ‖z_t − y_t‖²      states 0 at first, no biases, logistic
 *   dy ← dy + 2 dloss (y − z)      dhf_t = dy_t Vfᵀ      dVf = Σ hf_tᵀ dy_t      dhb and dVb likewise
 */
differentiable('recurrent.bidirectional.regression', ({x, Uf, Wf, Ub, Wb, Vf, Vb, z}) => {
  const [b, states] = [Wf.map(() => 0), x[0].map(() => Wf.map(() => 0))];
  const layers = {x, lengths: x[0].map(() => x.length), hf0: states, hb0: states, Uf, Ub, Wf, Wb, bf: b, bb: b};
  const {hf, hb, back} = bothWays(layers, nonlinearities.sigmoid);
  const y = hf.map((_, t) => plus(matmul(hf[t], Vf), matmul(hb[t], Vb)));
  const loss = sum(each((y, z) => (z - y) ** 2, y, z).flat(2));
  return {
    y,
    loss,
    intermediates: {hf, hb},
    back: ({dy, dloss}) => {
      const all = each((dy, y, z) => dy + 2 * dloss * (y - z), dy, y, z);
      const through = V => all.map(dyt => matmul(dyt, transpose(V)));
      return {...back(through(Vf), through(Vb)), dVf: products(hf, all), dVb: products(hb, all)};
    },
  };
});
