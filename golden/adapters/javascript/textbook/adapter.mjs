import {Adapter} from '../goldgrad.mjs';

export const adapter = new Adapter({name: 'textbook', version: '1', dtype: 'binary64', intermediates: true});

/**
 * An operation and its gradient: network(inputs, settings) answers the outputs, the intermediates, and back, which takes what
 * reaches the outputs, {dh, …}, to what reaches the inputs.
 */
export function differentiable(id, network) {
  const of = (inputs, ...settings) => network(inputs, Object.assign({}, ...settings));
  adapter.operation(id, (...question) => of(...question));
  adapter.operation(`${id}.gradient`, (...question) => of(...question).back(question[0]));
}
