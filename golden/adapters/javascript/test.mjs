// node --test          The kit and the textbook adapter, over a pipe, as Goldgrad talks to them.

import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readFileSync} from 'node:fs';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const here = name => fileURLToPath(new URL(name, import.meta.url));

/** An adapter that does whatever an adapter should not. */
const UNRULY = `
  import {Adapter, unsupported} from ${JSON.stringify(new URL('goldgrad.mjs', import.meta.url).href)};
  const adapter = new Adapter({name: 'unruly', version: '0', dtype: 'binary32'});
  adapter.operation('test.twice', ({x}) => ({y: x.map(e => 2 * e), extra: 1}), {side: 'left'});
  adapter.operation('test.loud', ({x}) => (console.log('noise'), process.stdout.write('more'), {y: Float32Array.from(x)}));
  adapter.operation('test.later', async ({x}) => (await new Promise(done => setTimeout(done, 20)), {y: x}));
  adapter.operation('test.declines', () => unsupported('cannot say'));
  adapter.operation('test.throws', () => { throw new RangeError('too far'); });
  adapter.operation('test.throws_a_string', () => { throw 'just words'; });
  adapter.operation('test.ragged', () => ({y: [[1, 2], [3]]}));
  adapter.operation('test.words', () => ({y: ['1']}));
  adapter.operation('test.hole', () => ({y: [1, , 3]}));
  setInterval(() => {}, 1000); // keeps the process alive by itself
  await adapter.run();
`;

const textbook = [here('textbook_adapter.mjs')];
const unruly = ['--input-type=module', '--eval', UNRULY];

/** What a program answers to some lines, its log, and how it ends. */
async function conversation(program, lines, {stop = true} = {}) {
  const child = spawn(process.execPath, program);
  const [out, log] = [collected(child.stdout), collected(child.stderr)];
  const text = lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line)) + '\n').join('');
  child.stdin.end(text + (stop ? '{"stop":{}}\n' : ''));
  const [code] = await once(child, 'close');
  const answers = (await out).split('\n');
  assert.equal(answers.pop(), '', 'the last line is complete');
  return {answers: answers.map(line => JSON.parse(line)), log: await log, code};
}

async function collected(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const X = {shape: [2], bits: ['3ff0000000000000 c000000000000000']};
const run = (seq, operation, more = {}) => ({run: {seq, operation, conventions: {}, integers: {}, inputs: {x: X}, ...more}});

test('says who it is', async () => {
  const {answers, code} = await conversation(unruly, [{hello: {protocol: 1}}]);
  const {operations, language, ...hello} = answers[0].hello;
  assert.deepEqual(hello, {
    protocol: 1,
    name: 'unruly',
    version: '0',
    dtype: 'binary32',
    device: 'cpu',
    conventions: {'test.twice': {side: 'left'}},
    intermediates: false,
  });
  assert.equal(operations[0], 'test.twice');
  assert.match(language, /^JavaScript/);
  assert.equal(code, 0);
});

test('gives back every number bit by bit, in every shape', async () => {
  const {numbers} = JSON.parse(readFileSync(here('../../vectors/codec.json'), 'utf8'));
  const all = numbers.map(({bits}) => bits).filter(bits => !/^[7f]ff0*[1-9a-f]/.test(bits)); // NaN may change its payload
  const row = all.slice(0, 4).join(' ');
  const tensors = {
    scalars: {shape: [], bits: [all[1]]},
    vector: {shape: [all.length], bits: [all.join(' ')]},
    column: {shape: [all.length, 1], bits: all},
    deep: {shape: [2, 1, 3, 4], bits: Array(6).fill(row)},
  };
  const {answers} = await conversation(unruly, [{echo: {seq: 0, tensors}}]);
  assert.deepEqual(answers, [{seq: 0, tensors}]);
});

test('gives a NaN back for a NaN', async () => {
  const {answers} = await conversation(unruly, [{echo: {seq: 0, tensors: {x: {shape: [], bits: ['7ff8000000000001']}}}}]);
  assert.match(answers[0].tensors.x.bits[0], /^[7f]ff[89a-f]/);
});

test('answers what is wanted, each question with its seq', async () => {
  const {answers} = await conversation(unruly, [
    run(7, 'test.twice', {want: ['y']}),
    run(8, 'test.later', {want: ['y']}),
    run(9, 'test.twice', {want: ['absent']}),
  ]);
  const twice = {shape: [2], bits: ['4000000000000000 c010000000000000']};
  assert.deepEqual(answers, [{seq: 7, outputs: {y: twice}}, {seq: 8, outputs: {y: X}}, {seq: 9, outputs: {}}]);
});

test('declines with a reason', async () => {
  const {answers} = await conversation(unruly, [run(1, 'test.declines'), run(2, 'test.absent')]);
  assert.deepEqual(answers, [{seq: 1, unsupported: 'cannot say'}, {seq: 2, unsupported: 'no operation test.absent here'}]);
});

test('reports an error and goes on', async () => {
  const {answers} = await conversation(unruly, [run(1, 'test.throws'), run(2, 'test.throws_a_string'), run(3, 'test.twice')]);
  assert.equal(answers[0].error.kind, 'RangeError');
  assert.equal(answers[0].error.message, 'too far');
  assert.match(answers[0].error.trace, /RangeError: too far\n +at /);
  assert.equal(answers[1].error.message, 'just words');
  assert.equal(answers[2].seq, 3);
  assert.ok(answers[2].outputs.y);
});

test('refuses numbers that are none', async () => {
  const wrong = x => ({inputs: {x}});
  const {answers} = await conversation(unruly, [
    run(1, 'test.twice', wrong({shape: [3], bits: ['3ff0000000000000 c000000000000000']})),
    run(2, 'test.twice', wrong({shape: [2, 2], bits: ['3ff0000000000000 c000000000000000 3ff0000000000000 c000000000000000']})),
    run(3, 'test.twice', wrong({shape: [1], bits: ['3ff']})),
    run(4, 'test.twice', wrong({shape: [1], bits: ['1.00000000000000']})),
    run(5, 'test.ragged'),
    run(6, 'test.words'),
    run(7, 'test.twice', {inputs: undefined}),
    run(8, 'test.twice', wrong({shape: [1], bits: ['3FF0000000000000']})),
    run(9, 'test.twice', wrong({shape: [2], bits: ['3ff0000000000000  c000000000000000']})),
    run(10, 'test.hole'),
  ]);
  assert.deepEqual(answers.map(({seq}) => seq), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  assert.deepEqual(answers.map(answer => Object.keys(answer)[1]), Array(10).fill('error'));
  assert.match(answers[0].error.message, /shape 3 does not fit rows of 2/);
});

test('keeps standard output for the protocol', async () => {
  const {answers, log} = await conversation(unruly, [run(1, 'test.loud')]);
  assert.deepEqual(answers, [{seq: 1, outputs: {y: X}}]);
  assert.match(log, /noise\nmore/);
});

test('logs what it does not understand and goes on', async () => {
  const garbage = ['', 'garbage', '{"run":', '[]', 'null', '17', '{"flush":{}}', '{"run":{"operation":"x"}}', '\ufffd'];
  const {answers, log, code} = await conversation(unruly, [...garbage, run(1, 'test.twice')]);
  assert.deepEqual(answers.map(({seq}) => seq), [1]);
  assert.equal(log.match(/not a message of protocol 1/g).length, garbage.length);
  assert.equal(code, 0);
});

test('takes a line separator inside a string for what it is', async () => {
  const {answers} = await conversation(unruly, ['{"run":{"seq":1,"operation":"a\u2028b","inputs":{}}}']);
  assert.deepEqual(answers, [{seq: 1, unsupported: 'no operation a\u2028b here'}]);
});

test('ends when nobody is there to ask', async () => {
  const {answers, code} = await conversation(unruly, [run(1, 'test.twice')], {stop: false});
  assert.equal(answers.length, 1);
  assert.equal(code, 0);
});

test('waits for a slow reader and loses nothing', async () => {
  const big = {shape: [1, 50_000], bits: [Array(50_000).fill('3ff0000000000000').join(' ')]};
  const child = spawn(process.execPath, unruly);
  for (let seq = 0; seq < 20; seq++) {
    child.stdin.write(JSON.stringify({echo: {seq, tensors: {big}}}) + '\n');
  }
  child.stdin.end('{"stop":{}}\n');
  await new Promise(done => setTimeout(done, 300)); // pipes are full by now
  const answers = (await collected(child.stdout)).trimEnd().split('\n').map(line => JSON.parse(line));
  assert.deepEqual(answers, Array.from({length: 20}, (_, seq) => ({seq, tensors: {big}})));
});

test('dies quietly when nobody reads', async () => {
  const child = spawn(process.execPath, unruly);
  const log = collected(child.stderr);
  child.stdout.destroy();
  child.stdin.on('error', () => {}); // it may be gone already
  child.stdin.write((JSON.stringify(run(1, 'test.twice')) + '\n').repeat(1000));
  const [code] = await once(child, 'close');
  assert.equal(code, 1);
  assert.equal(await log, '');
});

test('the textbook adapter answers every operation that has golden vectors', async () => {
  const {answers} = await conversation(textbook, [{hello: {protocol: 1}}]);
  const sums = readFileSync(here('../../vectors/SHA256SUMS'), 'utf8');
  const golden = [...sums.matchAll(/\b([a-z_]+)\/([a-z_.]+)\.json$/gm)].map(([, chapter, name]) => `${chapter}.${name}`);
  assert.ok(golden.length > 0);
  assert.deepEqual([...answers[0].hello.operations].sort(), golden.sort());
});

test('the textbook adapter is right about the homework, and shows the gates of a layer', async () => {
  const scalar = bits => ({shape: [], bits: [bits]});
  const u = {shape: [3], bits: ['3ff0000000000000 4000000000000000 4008000000000000']}; // 1, 2, 3
  const inputs = {u, w: scalar('3fe0000000000000'), h0: scalar('0000000000000000')}; // w = 1/2
  const zeros = shape => ({shape, bits: Array(shape.slice(0, -1).reduce((a, b) => a * b, 1)).fill('0000000000000000')});
  const one = {U: [1, 4, 1], W: [1, 4, 1], b: [4, 1], x: [1, 1, 1], h0: [1, 1], c0: [1, 1]};
  const layer = Object.fromEntries(Object.entries(one).map(([name, shape]) => [name, zeros(shape)]));
  const {answers} = await conversation(textbook, [
    run(1, 'recurrent.scalar', {inputs, want: ['y', 'dw', 'ddw']}),
    run(2, 'recurrent.lstm', {inputs: layer, conventions: {gate_order: 'gfoi'}, want: ['c']}),
  ]);
  const [y, dw, ddw] = ['4001000000000000', '4017000000000000', '401c000000000000'].map(scalar); // 17/8, 23/4, 7
  assert.deepEqual(answers[0], {seq: 1, outputs: {y, dw, ddw}});
  assert.deepEqual(Object.keys(answers[1].intermediates), ['i', 'f', 'g', 'o', 'C']);
  assert.deepEqual(answers[1].intermediates.i, {shape: [1, 1, 1], bits: ['3fe0000000000000']}); // sigmoid(0) = 1/2
});

const integers = {
  x: {shape: [2, 1, 1], values: [1, 2]},
  h0: {shape: [1, 1], values: [3]},
  U: {shape: [1, 1], values: [2]},
  W: {shape: [1, 1], values: [5]},
  b: {shape: [1], values: [7]},
  dh: {shape: [2, 1, 1], values: [0, 1]},
};

/** [1, 2] of a shape, a row each. */
function tensor({shape, values}) {
  const bits = values.map(value => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return bytes.toString('hex');
  });
  return {shape, bits};
}

// h_1 = 1·2 + 3·5 + 7 = 24; dW = h_1 + W h_0, dU = x_2 + W x_1, db = 1 + W, dh0 = W², Γ = (W, 1), dx = (WU, U)
const differentiated = {dx: [10, 2], dh0: [25], dU: [7], dW: [39], db: [6], Gamma: [5, 1]};

for (const [name, needs] of [['textbook_adapter.mjs', 'goldgrad.mjs'], ['tfjs_adapter.mjs', 'node_modules']]) {
  test(`${name} goes back through time`, {skip: !existsSync(here(needs))}, async () => {
    const inputs = Object.fromEntries(Object.entries(integers).map(([name, given]) => [name, tensor(given)]));
    const conventions = {nonlinearity: 'identity'};
    const want = Object.keys(differentiated);
    const {answers} = await conversation([here(name)], [run(1, 'recurrent.vanilla.gradient', {inputs, conventions, want})]);
    for (const [output, values] of Object.entries(differentiated)) {
      assert.deepEqual(answers[0].outputs[output].bits, tensor({values}).bits, output);
    }
  });
}

test('the TensorFlow.js adapter answers, and declines what it has not', {skip: !existsSync(here('node_modules'))}, async () => {
  const inputs = {theta0: X, g: {...X, shape: [1, 2]}, alpha: {shape: [], bits: ['0000000000000000']}};
  inputs.epsilon = {shape: [], bits: ['3ff0000000000000']}; // θ − g where θ = g
  const {answers, code} = await conversation(
    [here('tfjs_adapter.mjs')],
    [run(1, 'optimization.momentum', {inputs, want: ['theta']}), run(2, 'autoencoder.pca')],
  );
  assert.deepEqual(answers[0].outputs.theta, {shape: [1, 2], bits: ['0000000000000000 0000000000000000']});
  assert.match(answers[1].unsupported, /neither eigenvalues nor singular values/);
  assert.equal(code, 0);
});
