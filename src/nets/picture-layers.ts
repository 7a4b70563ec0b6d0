/** Layers without parameters that every family of networks for pictures has. */
import * as tf from '@tensorflow/tfjs-core';
import { leakyRelu } from './activation.ts';
import { map } from './layers.ts';

/** Of the leaky ReLUs. */
export const slope = 0.2;

export const leaky = map((x) => leakyRelu(x, slope));
export const squash = map((x) => tf.tanh(x));
export const flatten = map((x) => x.reshape([x.shape[0] ?? 1, -1]));
export const unflatten = (side: number, channels: number) =>
  map((x) => x.reshape([x.shape[0] ?? 1, side, side, channels]));
