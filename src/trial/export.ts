/** A trained network as a plain ONNX file: parameters inside, data units outside, any batch size. */
import * as tf from '@tensorflow/tfjs';
import { optimise, toOnnxGraph } from '../engine/compile.ts';
import { encodeOnnx } from '../engine/onnx-file.ts';
import { type Shapes, type TensorFunction, trace } from '../engine/tracer.ts';
import type { Model } from './model.ts';

/** Only the first dimension of an exported network is open; it is traced with this size and must not be met inside. */
const anyBatch = 3;

/**
 * `generator.onnx` (z → x), `encoder.onnx` (x → z) and `discriminator.onnx` (x, z or both → logit) of a trial, those that
 * it has. x is in data units: the factor to what networks see is part of the file.
 *
 * @param scale that factor.
 */
export function exportNetworks(
  model: Model,
  parameters: { readonly players: Float32Array; readonly discriminator: Float32Array },
  sizes: { readonly dim: number; readonly latent: number; readonly scale: number },
): Readonly<Record<string, Uint8Array>> {
  const x = [anyBatch, sizes.dim];
  const z = [anyBatch, sizes.latent];
  const has = (player: 'generator' | 'encoder') => model.players.includes(player);
  const players = () => model.bindPlayers(tf.tensor1d(parameters.players));
  const seen = (point: tf.Tensor) => tf.mul(point, sizes.scale);
  const files: Record<string, Uint8Array> = {};
  if (has('generator')) {
    files.generator = encode({ z }, (inputs) => ({
      x: tf.div(players().generator(inputs.z as tf.Tensor), sizes.scale),
    }));
  }
  if (has('encoder'))
    files.encoder = encode({ x }, (inputs) => ({ z: players().encoder(seen(inputs.x as tf.Tensor)) }));
  const pair = { ...(has('generator') && { x }), ...(has('encoder') && { z }) };
  files.discriminator = encode(pair, (inputs) => {
    const point = inputs.x && seen(inputs.x);
    return {
      logit: model.bindDiscriminator(tf.tensor1d(parameters.discriminator))({
        ...(point && { x: point }),
        ...(inputs.z && { z: inputs.z }),
      }),
    };
  });
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.onnx`, bytes]));
}

/** Inside, the casts of inputs are safe: a traced function is called with what its shapes name. */
const encode = (shapes: Shapes, fn: TensorFunction): Uint8Array =>
  encodeOnnx(toOnnxGraph(optimise(trace(fn, shapes))), { batch: 'batch' });
