/** Imported for its effect: tfjs greets every Node process with advice on stderr, which is no news to a trial's log. */
import * as tf from '@tensorflow/tfjs';

// Its warnings are all that this switches off.
tf.enableProdMode();
