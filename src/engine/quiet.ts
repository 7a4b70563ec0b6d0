/** Switches off the advice that tfjs prints on stderr in every Node process; imported for this effect. */
import * as tf from '@tensorflow/tfjs';

// Its warnings are all that this switches off.
tf.enableProdMode();
