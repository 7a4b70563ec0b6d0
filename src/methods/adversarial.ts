/**
 * Adversarial losses over raw logits: D on real pairs and D̃ on generated ones, batch means. Named after what D minimises;
 * the letters are those of the authors' code (shashank879/logan).
 */
import * as tf from '@tensorflow/tfjs-core';
import { softplus } from './calculus.ts';
import type { LossName } from './loss-names.ts';
import type { Logits } from './method.ts';

interface Adversarial {
  /** L_D. */
  discriminator(logits: Logits): tf.Scalar;
  /** L_G; the term of E is `encoder`. Both may look at both logits, as relativistic losses do. */
  generator(logits: Logits): tf.Scalar;
  encoder(logits: Logits): tf.Scalar;
}

const mean = (x: tf.Tensor): tf.Scalar => tf.mean<tf.Scalar>(x);
const sum = (a: tf.Scalar, b: tf.Scalar): tf.Scalar => tf.add(a, b);
/** BCE(logit, 1) = softplus(−logit), BCE(logit, 0) = softplus(logit). */
const asReal = (logit: tf.Tensor): tf.Scalar => mean(softplus(tf.neg(logit)));
const asFake = (logit: tf.Tensor): tf.Scalar => mean(softplus(logit));
const squaredTo = (target: number, logit: tf.Tensor): tf.Scalar => mean(tf.square(tf.sub(logit, target)));

export const adversarial: Readonly<Record<LossName, Adversarial>> = {
  /** `v`: L_D = BCE(D, 1) + BCE(D̃, 0), L_G = BCE(D̃, 1), L_E = BCE(D, 0) (Goodfellow et al. 2014, non-saturating). */
  logistic: {
    discriminator: ({ real, fake }) => sum(asReal(real), asFake(fake)),
    generator: ({ fake }) => asReal(fake),
    encoder: ({ real }) => asFake(real),
  },
  /** `lol1`: L_D as logistic, L_G + L_E = D − D̃. */
  linear: {
    discriminator: ({ real, fake }) => sum(asReal(real), asFake(fake)),
    generator: ({ fake }) => tf.neg(mean(fake)),
    encoder: ({ real }) => mean(real),
  },
  /** `ls`: L_D = D̃² + (1 − D)², L_G + L_E = D² + (1 − D̃)² (Mao et al. 2017, labels 0 and 1). */
  'least-squares': {
    discriminator: ({ real, fake }) => sum(squaredTo(1, real), squaredTo(0, fake)),
    generator: ({ fake }) => squaredTo(1, fake),
    encoder: ({ real }) => squaredTo(0, real),
  },
  /** `w`: L_D = D̃ − D, L_G + L_E = D − D̃ (Arjovsky et al. 2017). */
  wasserstein: {
    discriminator: ({ real, fake }) => tf.sub(mean(fake), mean(real)),
    generator: ({ fake }) => tf.neg(mean(fake)),
    encoder: ({ real }) => mean(real),
  },
  /** L_D = max(0, 1 − D) + max(0, 1 + D̃), L_G + L_E = D − D̃ (Lim & Ye 2017; Miyato et al. 2018, equations 16 and 17). */
  hinge: {
    discriminator: ({ real, fake }) => sum(mean(tf.relu(tf.sub(1, real))), mean(tf.relu(tf.add(1, fake)))),
    generator: ({ fake }) => tf.neg(mean(fake)),
    encoder: ({ real }) => mean(real),
  },
  /**
   * L_D = softplus(−(D − D̃)), L_G = softplus(−(D̃ − D)), pairs by their index in the batch (Jolicoeur-Martineau 2019; Huang
   * et al. 2024). L_G looks at D too, so that E has its term already.
   */
  relativistic: {
    discriminator: ({ real, fake }) => asReal(tf.sub(real, fake)),
    generator: ({ real, fake }) => asReal(tf.sub(fake, real)),
    encoder: () => tf.scalar(0),
  },
};
