import {adapter, differentiable} from './adapter.mjs';
import {affine, each, matmul, plus, products, sum, transpose, zeros} from './arrays.mjs';
import {eigen} from './eigen.mjs';
import {lstm} from './lstm.mjs';
import {nonlinearities} from './nonlinearities.mjs';
import {vanilla} from './recurrent.mjs';

/* A linear layer on every state, and the mean squared error over N = (steps that have targets)·batch·outputs.
 *   p_t = h_t F + f      loss = Σ (p_t − z_t)²/N over all t, or t = T
 *   dp_t ← dp_t + 2 dloss (p_t − z_t)/N for these t      dh_t = dp_t Fᵀ      dF = Σ h_tᵀ dp_t      df = Σ_t Σ_batch dp_t
 */
function readout(h, {F, f, z}, targets) {
  const prediction = h.map(ht => affine(ht, F, f));
  const due = t => targets === 'all' || t === h.length - 1;
  const errors = prediction.map((p, t) => each((p, z) => (due(t) ? p - z : 0), p, z[t]));
  const N = h.filter((_, t) => due(t)).length * z[0].flat().length;
  const back = ({dprediction = zeros(prediction), dloss}) => {
    const dp = each((dp, error) => dp + (2 * dloss * error) / N, dprediction, errors);
    return {dh: dp.map(dpt => matmul(dpt, transpose(F))), dF: products(h, dp), df: plus(...dp.flat())};
  };
  return {prediction, loss: sum(errors.flat(2).map(error => error ** 2)) / N, back};
}

differentiable('recurrent.regression', (inputs, {nonlinearity, targets}) => {
  const layer = vanilla(inputs, nonlinearities[nonlinearity]);
  const {back, ...outputs} = readout(layer.h, inputs, targets);
  return {
    ...outputs,
    intermediates: {h: layer.h},
    back: upstream => {
      const {dh, ...weights} = back(upstream);
      return {...layer.back({dh}), ...weights, intermediates: {h: layer.h}};
    },
  };
});

const norm = A => Math.hypot(...A.flat());

/* norms_t = ‖Γ_t‖, Γ_t = ∂loss/∂h_t
 * bound_t = ‖∂L_t/∂h_t‖ + γ‖W‖ bound_{t+1}      ‖W‖ = √λ₁(WᵀW)      γ the steepest slope of φ
 */
adapter.operation('recurrent.gradient_flow', (inputs, integers, {nonlinearity, targets}) => {
  const phi = nonlinearities[nonlinearity];
  const layer = vanilla(inputs, phi);
  const {dh} = readout(layer.h, inputs, targets).back({dloss: 1});
  const {Gamma} = layer.back({dh});
  const squares = eigen(matmul(transpose(inputs.W), inputs.W)).map(({value}) => value);
  const growth = phi.steepest * Math.sqrt(Math.max(...squares));
  const bound = dh.reduceRight((later, dht) => [norm(dht) + growth * (later[0] ?? 0), ...later], []);
  return {norms: Gamma.map(norm), bound, intermediates: {Gamma}};
});

adapter.operation('recurrent.lstm.gradient_flow', (inputs, integers, {gate_order, targets}) => {
  const layer = lstm(inputs, gate_order);
  const {Gamma} = layer.back(readout(layer.h, inputs, targets).back({dloss: 1}));
  return {norms: Gamma.map(norm), intermediates: {Gamma}};
});

/* Classes of whole sequences.
 *   logits = h_T F + f      logp = logits − log Σ exp(logits)      loss = −(mean of logp of the labels)
 *   dlogp ← dlogp − dloss onehot/batch      dlogits = dlogp − exp(logp) Σ dlogp
 */
differentiable('recurrent.classifier', ({F, f, labels, ...inputs}) => {
  const layer = vanilla(inputs);
  const logits = affine(layer.h.at(-1), F, f);
  const logp = logits.map(row => {
    const largest = Math.max(...row);
    const rest = Math.log(sum(row.map(x => Math.exp(x - largest))));
    return row.map(x => x - largest - rest);
  });
  const loss = -sum(logp.map((row, s) => row[labels[s]])) / labels.length;
  const back = ({dlogp, dloss}) => {
    const dlogits = dlogp.map((row, s) => {
      const all = row.map((d, k) => d - (k === labels[s] ? dloss / labels.length : 0));
      return all.map((d, k) => d - Math.exp(logp[s][k]) * sum(all));
    });
    const dh = layer.h.map((ht, t) => (t === layer.h.length - 1 ? matmul(dlogits, transpose(F)) : zeros(ht)));
    const intermediates = {h: layer.h, logits, logp, loss, dlogits};
    return {...layer.back({dh}), dF: products([layer.h.at(-1)], [dlogits]), df: plus(...dlogits), intermediates};
  };
  return {logp, loss, back, intermediates: {h: layer.h, logits}};
});
