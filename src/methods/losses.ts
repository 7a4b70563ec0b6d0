/** The toolbox that methods load their equations from: tfjs, adversarial losses, penalties, and the losses of GAN and BiGAN. */
import * as tf from '@tensorflow/tfjs-core';
import { adversarial } from './adversarial.ts';
import { type Losses, logitsOf } from './method.ts';
import { zeroCentredPenalty } from './penalties.ts';

export { adversarial } from './adversarial.ts';
export { constant } from './calculus.ts';
export { pairwiseGradientPenalty, unitGradientPenalty, unitSlopePenalty, zeroCentredPenalty } from './penalties.ts';
export { logitsOf, tf };

/** G against D on examples: the adversarial loss that the spec names. */
export const ganLosses = {
  inputs: ({ generator }, { x, z }) => ({ real: { x }, fake: { x: generator(z) } }),
  discriminatorLoss: ({ logits, settings }) => adversarial[settings.loss].discriminator(logits),
  generatorLoss: ({ logits, settings }) => adversarial[settings.loss].generator(logits),
} satisfies Losses;

/** G and E against D on pairs (x, z). */
export const biganLosses = {
  ...ganLosses,
  inputs: ({ generator, encoder }, { x, z }) => ({ real: { x, z: encoder(x) }, fake: { x: generator(z), z } }),
  generatorLoss({ logits: { real, fake }, settings: { loss } }) {
    return tf.add(adversarial[loss].generator({ real, fake }), adversarial[loss].encoder({ real, fake }));
  },
} satisfies Losses;

/** BiGAN's pairs and the reconstructions x̂ = G(E(x)). */
export const reconstructingInputs: Losses['inputs'] = (networks, batch) => ({
  ...biganLosses.inputs(networks, batch),
  reconstructed: networks.generator(networks.encoder(batch.x)),
});

interface ZeroCentred {
  readonly zeroCentred: { readonly weight: number };
}

/** Losses with γ/2 · mean ‖∇D‖² added to L_D, on the pairs of each of these sides. */
export const zeroCentred = (losses: Losses, sides: readonly ('real' | 'fake')[]): Losses<ZeroCentred> => ({
  ...losses,
  discriminatorLoss(step) {
    const { discriminator, inputs, settings } = step;
    const penalties = sides.map((side) => zeroCentredPenalty(discriminator, inputs[side]));
    const weighted = penalties.map((penalty) => tf.mul(settings.zeroCentred.weight / 2, penalty));
    return tf.addN([losses.discriminatorLoss(step), ...weighted]) as tf.Scalar; // each is one
  },
});
