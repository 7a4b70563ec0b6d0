/** Exports a trained network as a plain ONNX file: parameters inside, data units outside, any batch size. */
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkName } from '../../methods/method.ts';
import { networkFile } from '../../nets/network-file.ts';
import type { Model } from '../model.ts';

/**
 * `generator.onnx` (z → x), `encoder.onnx` (x → z; a stochastic one: x and `noise`, numbers
 * on (−1, 1), → z) and `discriminator.onnx` (x, z or both → logit) of a trial, those that
 * it has. Pictures are `[batch, height, width, channels]`. x is in data units: the factor to what networks see is part of the file. The discriminator of a
 * packing method rates an example by showing it to D as often as D wants to see side by side.
 *
 * @param scale that factor.
 */
export function exportNetworks(
  model: Model,
  parameters: { readonly players: Float32Array; readonly discriminator: Float32Array },
  sizes: { readonly latent: number; readonly scale: number },
): Readonly<Record<string, Uint8Array>> {
  const x = model.shape;
  const z = [sizes.latent];
  const has = (network: NetworkName) => model.networks.includes(network);
  const networks = (noise?: tf.Tensor) => model.bindEvaluation(tf.tensor1d(parameters.players), noise);
  const seen = (point: tf.Tensor) => tf.mul(point, sizes.scale);
  const files: Record<string, Uint8Array> = {};
  // The casts of inputs are safe: a traced function is called with what its shapes name.
  if (has('generator')) {
    files.generator = networkFile({ z }, (inputs) => ({
      x: tf.div(networks().generator(inputs.z as tf.Tensor), sizes.scale),
    }));
  }
  if (has('encoder'))
    files.encoder = networkFile({ x, ...(model.noise > 0 && { noise: [model.noise] }) }, (inputs) => ({
      z: networks(inputs.noise).encoder(seen(inputs.x as tf.Tensor)),
    }));
  const pair = { ...(has('generator') && { x }), ...(has('encoder') && { z }) };
  files.discriminator = networkFile(pair, (inputs) => {
    const point = inputs.x && seen(inputs.x);
    return {
      logit: model.bindCopies(tf.tensor1d(parameters.discriminator))({
        ...(point && { x: point }),
        ...(inputs.z && { z: inputs.z }),
      }),
    };
  });
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`${name}.onnx`, bytes]));
}
