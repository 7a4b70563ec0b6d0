/** BiGAN (Donahue, Krähenbühl & Darrell 2017; ALI, Dumoulin et al. 2017): D tells pairs (x, E(x)) from pairs (G(z), z). */
import * as tf from '@tensorflow/tfjs';
import { adversarial } from './adversarial.ts';
import { gan } from './gan.ts';
import { defineMethod, type Method, rate } from './method.ts';

/**
 *     L_D = BCE(D(x, E(x)), 1) + BCE(D(G(z), z), 0)        L_G + L_E = BCE(D(G(z), z), 1) + BCE(D(x, E(x)), 0)
 *
 * G and E are updated together, in one step on the batch of D's step (as this project's paper's authors do).
 */
export const bigan = defineMethod({
  ...gan,
  name: 'bigan',
  players: ['generator', 'encoder'],
  exhibit: ({ generator, encoder }, { x, z }) => ({ real: { x, z: encoder(x) }, fake: { x: generator(z), z } }),
  playersLoss(discriminator, exhibits, _, { loss }) {
    const { real, fake } = rate(discriminator, exhibits);
    return tf.add(adversarial[loss].generator(fake), adversarial[loss].encoder(real));
  },
});

/** BiGAN's exhibits and the reconstructions x̂ = G(E(x)). */
export const exhibitReconstructions: Method['exhibit'] = (players, batch) => ({
  ...bigan.exhibit(players, batch),
  reconstructed: players.generator(players.encoder(batch.x)),
});
