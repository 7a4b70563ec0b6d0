/**
 * Defines one step of latent inversion by gradient descent as a pure function of the latents of all pictures, which an
 * engine compiles. The parameters of G and of the classifier are constants in it, so it is compiled once for a trial.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { TensorFunction } from '../../engine/capture/tracer.ts';
import type { Arrays, Signature } from '../../engine/engine.ts';
import type { ClassifierNet } from '../../nets/classifier.ts';
import { unflatten } from '../../nets/layout.ts';
import { adamOptimiser } from '../../optimisers/adam.ts';
import { firstSlots, slotShapes } from '../../optimisers/optimiser.ts';
import { priorCard } from '../../priors/prior.ts';
import type { Prior } from '../../priors/prior-kind.ts';
import type { Model } from '../../trial/model.ts';
import { boundsOf } from './latents.ts';

/** A classifier whose features pictures are compared in. */
export interface FeatureNet {
  readonly net: ClassifierNet;
  readonly parameters: Float32Array;
  /** The classifier sees each channel as a separate picture. */
  readonly eachChannel: boolean;
  /** One line for the terminal. */
  readonly description: string;
}

export interface InversionSettings {
  readonly model: Model;
  /** Parameters and running statistics. */
  readonly players: Float32Array;
  /** Factor from data units to the networks' inputs. */
  readonly scale: number;
  readonly prior: Prior;
  /** Number of latents: each picture once for every start. */
  readonly count: number;
  /** Adam's rate at the start. */
  readonly rate: number;
  readonly features?: { readonly net: FeatureNet; readonly weight: number };
}

export interface InversionStep {
  readonly fn: TensorFunction;
  readonly signature: Signature;
  /** @param z `[count, latent]`. */
  initialState(z: Float32Array): Arrays;
}

/**
 * Minimises, for each picture x by itself,
 *
 *     mean over its numbers of (G(z) − x)² + w · ‖φ(G(z)) − φ(x)‖² / ‖φ(x)‖²
 *
 * with φ the features of a classifier; the quotient makes w mean the same for any of them. Adam
 * (β₁ 0.9, β₂ 0.999) updates z; each of its numbers has its own moments, so pictures are independent. State: `z`,
 * flat, and Adam's. Inputs: `x` `[count, …shape]`; `pace`, by which the rate is multiplied; for a split prior `free`, 1 for the
 * numbers of z that may move. Outputs besides the state are of the latents that the step began with: `at`, and for each
 * picture `pixel` and `feature`, the two terms without w.
 *
 * After each step z is clipped to the bounds of a uniform prior, outside of which G was not trained.
 */
export function inversionStep({
  model,
  players,
  scale,
  prior,
  count,
  rate,
  features,
}: InversionSettings): InversionStep {
  const size = count * prior.dim;
  const optimiser = adamOptimiser({ rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 });
  const slots = optimiser.slots(size);
  const bounds = boundsOf(prior);
  const isSplit = priorCard(prior).blocks(prior) > 1;

  const fn: TensorFunction = ({ z, x, pace, free, ...memory }) => {
    const [latents, target] = [z as tf.Tensor, x as tf.Tensor]; // of the signature
    const { generator } = model.bindEvaluation(tf.tensor1d(players));
    const wanted = features && featuresOf(features.net, target, scale);
    const errors = (flat: tf.Tensor) => {
      const seen = generator(flat.reshape([count, prior.dim]));
      return {
        pixel: meanSquare(tf.sub(tf.div(seen, scale), target)),
        ...(features && wanted && { feature: relative(featuresOf(features.net, tf.div(seen, scale), scale), wanted) }),
      };
    };
    const { grad } = tf.valueAndGrad((flat) => {
      const { pixel, feature } = errors(flat);
      return tf.sum(feature ? tf.add(pixel, tf.mul(feature, features?.weight ?? 0)) : pixel);
    })(latents);
    const next = optimiser.update(latents, isSplit ? tf.mul(grad, free as tf.Tensor) : grad, memory);
    const moved = tf.add(latents, tf.mul(tf.sub(next.parameters, latents), pace as tf.Tensor));
    return {
      z: bounds ? tf.clipByValue(moved, bounds.low, bounds.high) : moved,
      ...next.slots,
      at: tf.add(latents, 0), // a value of its own: the state's is overwritten
      ...errors(latents),
    };
  };

  return {
    fn,
    signature: {
      state: { z: [size], ...slotShapes(slots) },
      inputs: { x: [count, ...model.shape], pace: [], ...(isSplit && { free: [size] }) },
    },
    initialState: (z) => ({ z, ...firstSlots(slots) }),
  };
}

/** Over all but the first dimension. */
const meanSquare = (difference: tf.Tensor): tf.Tensor =>
  tf.mean(tf.square(difference).reshape([difference.shape[0] ?? 1, -1]), 1);

/** Inside the quotient: a picture may have no features at all. */
const tiny = 1e-12;

/** ‖a − b‖² / ‖b‖² of every row. */
const relative = (a: tf.Tensor, b: tf.Tensor): tf.Tensor =>
  tf.div(meanSquare(tf.sub(a, b)), tf.add(meanSquare(b), tiny));

/** `[count, features]`, of every channel one after another where it looks at channels. */
function featuresOf({ net, parameters, eachChannel }: FeatureNet, x: tf.Tensor, scale: number): tf.Tensor {
  const weights = unflatten(tf.tensor1d(parameters), net.layout);
  const see = (picture: tf.Tensor) => net.apply(weights, tf.mul(picture, scale)).features;
  const channels = x.shape.at(-1) ?? 1;
  if (!eachChannel || channels === 1) return see(x);
  return tf.concat(tf.split(x, channels, x.rank - 1).map(see), 1);
}
