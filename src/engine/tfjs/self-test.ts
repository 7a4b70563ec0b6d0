/** Computes squares by tfjs: the smallest step that an engine can prepare. */
import * as tf from '@tensorflow/tfjs-core';
import { eagerEngine } from './tfjs-engine.ts';

/** The squares of 1, 2 and 3, as the device computes them. */
export async function squares(device: string): Promise<Float32Array | undefined> {
  const engine = await eagerEngine(device);
  const signature = { state: {}, inputs: { x: [3] } };
  const step = await engine.prepare(({ x }) => ({ y: tf.square(x as tf.Tensor) }), signature); // the signature has x
  return (await step.run({ x: Float32Array.of(1, 2, 3) })).y;
}
