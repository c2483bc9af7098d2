// The Goldgrad adapter kit: protocol 1 (../README.md) over standard input and output, for Node.js 18 or newer.
// One file without dependencies: copy it next to your adapter and import it first.
//
//   import {Adapter} from './goldgrad.mjs';
//
//   const adapter = new Adapter({name: 'mine', version: '1.0', dtype: 'binary64'});
//   adapter.operation('regularization.ridge_solution', ({X, y, lambda}) => ({w: solve(X, y, lambda)}));
//   await adapter.run();
//
// Numbers come and go as JavaScript has them: a number for a scalar, nested arrays for everything else.

import {once} from 'node:events';

// Standard output belongs to the protocol. What a library prints there goes to the log; hence "import it first".
const answer = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

/** A question that is declined, not failed. */
class Unsupported extends Error {}

/** Declines the question under way: `return unsupported('why')`. */
export function unsupported(reason) {
  throw new Unsupported(reason);
}

export class Adapter {
  #about;
  #operations = new Map();

  /** dtype: binary64, binary32, bfloat16 or binary16. intermediates: whether answers may hold {intermediates: {i, f, …}}. */
  constructor({name, version, dtype = 'binary64', device = 'cpu', intermediates = false}) {
    this.#about = {name, version, language: `JavaScript (Node.js ${process.versions.node})`, dtype, device, intermediates};
  }

  /**
   * Answers an operation with fn(inputs, integers, conventions), an object of outputs or a promise of one. Conventions
   * that fn always follows are declared as {gate_order: 'ifgo'}; the others it follows as asked.
   */
  operation(id, fn, conventions = {}) {
    this.#operations.set(id, {fn, conventions});
    return this;
  }

  /** Answers until told to stop or until nobody is there to ask, then ends the process. */
  async run() {
    process.stdout.on('error', () => process.exit(1)); // nobody reads any more
    for await (const line of lines(process.stdin)) {
      const message = parsed(line);
      if (message?.stop) {
        break;
      }
      const reply = await this.#reply(message, line);
      if (reply && !answer(JSON.stringify(reply) + '\n')) {
        await once(process.stdout, 'drain');
      }
    }
    answer('', () => process.exit(0)); // after everything before it, whatever timers a library left behind
  }

  async #reply(message, line) {
    if (message?.hello) {
      return {hello: this.#hello()};
    }
    const {seq} = message?.echo ?? message?.run ?? {};
    if (seq === undefined) {
      console.error(`not a message of protocol 1: ${line.slice(0, 200)}`);
      return undefined;
    }
    try {
      return message.echo
        ? {seq, tensors: each(each(message.echo.tensors, read), write)}
        : {seq, ...(await this.#answer(message.run))};
    } catch (error) {
      return error instanceof Unsupported ? {seq, unsupported: error.message} : {seq, error: described(error)};
    }
  }

  #hello() {
    const {intermediates, ...about} = this.#about;
    const declared = [...this.#operations].filter(([, {conventions}]) => Object.keys(conventions).length > 0);
    return {
      protocol: 1,
      ...about,
      operations: [...this.#operations.keys()],
      conventions: Object.fromEntries(declared.map(([id, {conventions}]) => [id, conventions])),
      intermediates,
    };
  }

  async #answer({operation, inputs, integers = {}, conventions = {}, want}) {
    const {fn} = this.#operations.get(operation) ?? unsupported(`no operation ${operation} here`);
    const {intermediates, ...outputs} = await fn(each(inputs, read), integers, conventions);
    const wanted = want ? Object.fromEntries(want.filter(name => name in outputs).map(name => [name, outputs[name]])) : outputs;
    return {
      outputs: each(wanted, write),
      ...(intermediates && this.#about.intermediates ? {intermediates: each(intermediates, write)} : {}),
    };
  }
}

/** {shape: [2, 3], bits: ['3ff0… bff8… 0000…', '…']} → [[1, -1.5, 0], […]]; an empty shape → a number. */
export function read({shape, bits}) {
  const width = shape.length === 0 ? 1 : shape[shape.length - 1];
  const rows = bits.map(toNumbers);
  const size = shape.reduce((product, n) => product * n, 1);
  if (rows.length * width !== size || rows.some(row => row.length !== width)) {
    throw new RangeError(`shape ${shape.join('×')} does not fit rows of ${rows.map(row => row.length).join(', ')}`);
  }
  let nested = shape.length === 0 ? rows[0] : rows; // the rows, then groups of them, from the inside out
  for (const n of shape.slice(0, -1).reverse()) {
    nested = Array.from({length: nested.length / n}, (_, i) => nested.slice(i * n, (i + 1) * n));
  }
  return nested[0];
}

/** [[1, -1.5, 0], […]] → {shape: [2, 3], bits: ['3ff0… bff8… 0000…', '…']}; a number → an empty shape. */
export function write(nested) {
  const shape = [];
  for (let inner = nested; isList(inner); inner = inner[0]) {
    shape.push(inner.length);
  }
  const bits = [];
  const descend = (inner, depth) => {
    if (isList(inner) ? inner.length !== shape[depth] : depth !== shape.length) {
      throw new RangeError(`not an array of one shape: ${shape.join('×')} at first, not so further on`);
    }
    if (depth < shape.length - 1) {
      inner.forEach(part => descend(part, depth + 1));
    } else {
      bits.push(toBits(isList(inner) ? inner : [inner]));
    }
  };
  descend(nested, 0);
  return {shape, bits};
}

/** '3ff0000000000000 bff8000000000000' → [1, -1.5]. */
function toNumbers(row) {
  if (!/^[0-9a-f]{16}( [0-9a-f]{16})*$/.test(row)) {
    throw new SyntaxError(`not doubles of 16 hexadecimal digits in lower case with single spaces between: '${row.slice(0, 40)}'`);
  }
  const bytes = Buffer.from(row.replaceAll(' ', ''), 'hex');
  const numbers = [];
  for (let at = 0; at < bytes.length; at += 8) {
    numbers.push(bytes.readDoubleBE(at));
  }
  return numbers;
}

/** [1, -1.5] → '3ff0000000000000 bff8000000000000'. */
function toBits(numbers) {
  const bytes = Buffer.allocUnsafe(8 * numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    if (typeof numbers[i] !== 'number') {
      throw new TypeError(`not a number: ${numbers[i]}`);
    }
    bytes.writeDoubleBE(numbers[i], 8 * i);
  }
  const digits = bytes.toString('hex');
  let row = digits.slice(0, 16);
  for (let at = 16; at < digits.length; at += 16) {
    row += ' ' + digits.slice(at, at + 16);
  }
  return row;
}

const isList = x => Array.isArray(x) || (ArrayBuffer.isView(x) && !(x instanceof DataView));

const each = (object, f) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, f(value)]));

const described = error =>
  error instanceof Error
    ? {kind: error.name, message: error.message, trace: error.stack ?? ''}
    : {kind: typeof error, message: String(error), trace: ''};

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The lines of a stream. Not node:readline, which ends a line at U+2028 too, and JSON may hold one. */
async function* lines(stream) {
  let pieces = [];
  for await (const chunk of stream.setEncoding('utf8')) {
    const [first, ...rest] = chunk.split('\n');
    pieces.push(first);
    for (const next of rest) {
      yield pieces.join('');
      pieces = [next];
    }
  }
  if (pieces.join('') !== '') {
    yield pieces.join('');
  }
}
