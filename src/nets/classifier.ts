/** Builds classifiers of examples, for scores and for guided generators. */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import { dense, halve, type Layer, map, sequence } from './layers.ts';
import type { ParameterLayout } from './layout.ts';
import { batchStatistics } from './statistics.ts';

/** Channels of the two convolutions, and numbers in the layer before the last: the features. */
const widths = [32, 64] as const;
const featureCount = 128;
/** Hidden layers for vectors. */
const hidden = 64;

export interface ClassifierNet {
  readonly layout: ParameterLayout;
  readonly features: number;
  initialise(random: Random): Float32Array;
  /** `x` is `[batch, …shape]`; features `[batch, features]`, logits `[batch, outputs]`. */
  apply(parameters: readonly tf.Tensor[], x: tf.Tensor): { features: tf.Tensor; logits: tf.Tensor };
}

const relu = map((x) => tf.relu(x));

/**
 * Pictures: two convolutions 4 × 4 of stride 2, a dense layer, a linear one. Vectors: two dense layers, a linear one. ReLU
 * between them; the features are what enters the last.
 *
 * @param outputs logits for one example.
 */
export function classifierNet(shape: readonly number[], outputs: number): ClassifierNet {
  const [height = 1, width = 1, channels = 1] = shape;
  const [first, second] = widths;
  const quarter = (side: number) => Math.ceil(Math.ceil(side / 2) / 2);
  const layers: readonly Layer[] =
    shape.length === 3
      ? [
          halve(channels, first, true),
          relu,
          halve(first, second, true),
          relu,
          map((x) => x.reshape([x.shape[0] ?? 1, -1])),
          dense(quarter(height) * quarter(width) * second, featureCount),
          relu,
        ]
      : [dense(height, hidden), relu, dense(hidden, hidden), relu];
  const features = shape.length === 3 ? featureCount : hidden;
  const trunk = sequence(layers);
  const whole = sequence([...layers, dense(features, outputs)]);
  const split = trunk.layout.shapes.length;
  const head = dense(features, outputs);
  return {
    layout: whole.layout,
    features,
    initialise: whole.initialise,
    apply(parameters, x) {
      const none = batchStatistics(); // no layer here asks
      const seen = trunk.apply(parameters.slice(0, split), x, none);
      return { features: seen, logits: head.apply(parameters.slice(split), seen, none) };
    },
  };
}
