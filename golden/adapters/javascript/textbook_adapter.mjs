// All operations as a textbook would write them, in plain JavaScript doubles, with gradients by hand.
//
//   ./goldgrad check --adapter "node golden/adapters/javascript/textbook_adapter.mjs"

import {adapter} from './textbook/adapter.mjs';
import './textbook/recurrent.mjs';
import './textbook/recurrent_stacks.mjs';
import './textbook/recurrent_lengths.mjs';
import './textbook/recurrent_losses.mjs';
import './textbook/lstm.mjs';
import './textbook/gru.mjs';
import './textbook/optimization.mjs';
import './textbook/adam.mjs';
import './textbook/clipping.mjs';
import './textbook/objectives.mjs';
import './textbook/regularization.mjs';
import './textbook/normalization.mjs';
import './textbook/autoencoder.mjs';
import './textbook/initialization.mjs';

await adapter.run();
