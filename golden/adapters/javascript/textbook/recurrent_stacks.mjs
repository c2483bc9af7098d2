import {differentiable} from './adapter.mjs';
import {plus, zeros} from './arrays.mjs';
import {lstm} from './lstm.mjs';
import {nonlinearities} from './nonlinearities.mjs';
import {vanilla} from './recurrent.mjs';

/* Layers on top of each other: what a layer answers is what the next one reads, and what reaches the inputs of a layer
 * reaches the answers of the one below.
 */
function stack(layer, {x, ...inputs}) {
  const bottom = Object.keys(inputs).filter(name => name in ABOVE);
  const all = [Object.fromEntries(bottom.map(name => [name, inputs[name]]))];
  inputs.UA.forEach((_, l) => all.push(Object.fromEntries(bottom.map(name => [name, inputs[ABOVE[name]][l]]))));
  const layers = [];
  for (const weights of all) {
    layers.push(layer({x: layers.at(-1)?.h ?? x, ...weights}));
  }
  /** dh reaches the answers of the top layer, dlast[l] the last of layer l. */
  const back = (dh, dlast = layers.map(() => zeros(dh[0]))) => {
    const gradients = [];
    for (let l = layers.length - 1; l >= 0; l--) {
      dh = dh.map((dht, t) => (t === dh.length - 1 ? plus(dht, dlast[l]) : dht));
      gradients[l] = layers[l].back({dh});
      dh = gradients[l].dx;
    }
    const of = (l, name) => gradients[l][`d${name}`];
    const [first, above] = [bottom.map(name => [`d${name}`, of(0, name)]), layers.map((_, l) => l).slice(1)];
    const others = bottom.map(name => [`d${ABOVE[name]}`, above.map(l => of(l, name))]);
    return {dx: dh, ...Object.fromEntries([...first, ...others])};
  };
  const below = layers.slice(0, -1).map(({h}) => h);
  return {h: layers.at(-1).h, last: layers.map(({h}) => h.at(-1)), back, intermediates: {below}};
}

/** What the layers above the first call what it calls so. */
const ABOVE = {h0: 'H0', c0: 'C0', U: 'UA', W: 'WA', b: 'B'};

differentiable('recurrent.stacked', (inputs, {nonlinearity}) => {
  const {last, back, ...outputs} = stack(layer => vanilla(layer, nonlinearities[nonlinearity]), inputs);
  const [last0, ...above] = last;
  return {...outputs, last0, last: above, back: ({dh, dlast0, dlast}) => back(dh, [dlast0, ...dlast])};
});

differentiable('recurrent.lstm.stacked', (inputs, {gate_order}) => {
  const {h, back, intermediates} = stack(layer => lstm(layer, gate_order), inputs);
  return {h, back: ({dh}) => back(dh), intermediates};
});
