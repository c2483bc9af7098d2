// TensorFlow.js on its CPU backend, float32: its own layers, optimisers, gradients and linear algebra, as a user has them.
//
//   (cd golden/adapters/javascript && npm ci)
//   ./goldgrad check --adapter "node golden/adapters/javascript/tfjs_adapter.mjs"
//
// A new operation is one call in the file of its chapter: of `operation`, (inputs, integers, conventions) → outputs, or of
// `differentiable`, which answers its gradient, too. Inputs are numbers and nested arrays, for `differentiable` variables;
// outputs are tensors.

import {unsupported} from './goldgrad.mjs';
import {adapter} from './tfjs/adapter.mjs';
import './tfjs/recurrent.mjs';
import './tfjs/recurrent_lengths.mjs';
import './tfjs/recurrent_losses.mjs';
import './tfjs/optimization.mjs';
import './tfjs/clipping.mjs';
import './tfjs/objectives.mjs';
import './tfjs/initialization.mjs';
import './tfjs/regularization.mjs';
import './tfjs/normalization.mjs';

adapter.operation('autoencoder.pca', () =>
  unsupported('TensorFlow.js has neither eigenvalues nor singular values: tf.linalg is bandPart, gramSchmidt and qr'),
);

await adapter.run();
