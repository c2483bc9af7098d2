// An optimizer is what it does to one parameter in one step. Here it is taken along steps, groups and parameters.

import {adapter} from './adapter.mjs';
import {over} from './arrays.mjs';

/**
 * Answers an operation by its rule: rule(settings, conventions) is step(letters, g, t), which takes what is known of a
 * parameter, {theta, m, …}, to what is known after the gradient g of step t, which counts from 1. What no input x0 starts is
 * absent before the first step. The names of intermediates say which letters are no outputs.
 */
export function optimizer(id, rule, intermediates = []) {
  adapter.operation(id, (inputs, integers, conventions) => {
    const told = Object.entries(course(inputs, conventions, settings => rule(settings, conventions)));
    const those = chosen => Object.fromEntries(told.filter(([name]) => intermediates.includes(name) === chosen));
    return {...those(false), intermediates: those(true)};
  });
}

/**
 * What is known after every step, an array for each letter: steps where theta0 is a number, steps×groups×parameters where it
 * is groups×parameters. Other inputs that are shorter than theta0 hold for all that it holds there.
 */
function course({g, present = g.map(() => 1), ...inputs}, conventions, rule) {
  if (!Array.isArray(inputs.theta0)) {
    return letters({g, present, ...inputs}, conventions, rule(inputs));
  }
  const courses = inputs.theta0.map((_, k) => {
    const part = x => (Array.isArray(x) ? x[k] : x);
    const parts = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, part(x)]));
    return course({g: g.map(part), present: present.map(part), ...parts}, conventions, rule);
  });
  const stacked = name => g.map((_, t) => courses.map(course => course[name][t]));
  return Object.fromEntries(Object.keys(courses[0]).map(name => [name, stacked(name)]));
}

/** The same of one parameter. Where no gradient is present nothing changes, and only counter=global counts the step. */
function letters({g, present, t0 = 0, ...inputs}, {counter = 'global'}, step) {
  const starts = Object.entries(inputs).filter(([name]) => name.endsWith('0'));
  let known = Object.fromEntries(starts.map(([name, x]) => [name.slice(0, -1), x]));
  let seen = 0;
  const states = g.map((gt, i) => {
    if (present[i]) {
      seen += 1;
      known = step(known, gt, t0 + (counter === 'own' ? seen : i + 1));
    }
    return known;
  });
  return Object.fromEntries(Object.keys(known).map(name => [name, over(states, name)]));
}
