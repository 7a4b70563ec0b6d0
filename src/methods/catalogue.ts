/**
 * What is known of every method without training it: one line of words, its source, the settings that it starts from.
 * Plain data: the command line lists it and specs are resolved from it, so nothing here may import tfjs.
 */
import type { LossName, MethodName, ResolvedSpec } from '../schema/spec.ts';

export interface MethodEntry {
  /** One line: what it is. */
  readonly says: string;
  /** The paper it comes from. */
  readonly source: string;
  /** Where its settings start; a section that is not here is one that the method does not have. */
  readonly defaults: {
    readonly loss: LossName;
    readonly critic: ResolvedSpec['critic'];
    readonly penalty?: NonNullable<ResolvedSpec['penalty']>;
    readonly reconstruction?: NonNullable<ResolvedSpec['reconstruction']>;
    readonly guidance?: NonNullable<ResolvedSpec['guidance']>;
  };
  readonly encoder: boolean;
  readonly generator: boolean;
}

const everyStep = { steps: 1, clip: 0 } as const;

export const methodCatalogue: Readonly<Record<MethodName, MethodEntry>> = {
  gan: {
    says: 'the non-saturating GAN',
    source: 'Goodfellow et al. 2014',
    defaults: { loss: 'logistic', critic: everyStep },
    encoder: false,
    generator: true,
  },
  wgan: {
    says: 'Wasserstein GAN, its critic kept smooth by clipping weights',
    source: 'Arjovsky, Chintala & Bottou 2017',
    defaults: { loss: 'wasserstein', critic: { steps: 5, clip: 0.01 } },
    encoder: false,
    generator: true,
  },
  'wgan-gp': {
    says: 'Wasserstein GAN with a penalty on gradient norms other than 1',
    source: 'Gulrajani et al. 2017',
    defaults: { loss: 'wasserstein', critic: { steps: 5, clip: 0 }, penalty: { weight: 10, form: 'squared' } },
    encoder: false,
    generator: true,
  },
  bigan: {
    says: 'generator and encoder against a discriminator of pairs (x, z)',
    source: 'Donahue, Krähenbühl & Darrell 2017; Dumoulin et al. 2017',
    defaults: { loss: 'logistic', critic: everyStep },
    encoder: true,
    generator: true,
  },
  'bigan-l2': {
    says: 'BiGAN with a squared reconstruction loss on generator and encoder',
    source: 'the baseline of Sharma & Namboodiri 2018',
    defaults: { loss: 'logistic', critic: everyStep, reconstruction: { weight: 1 } },
    encoder: true,
    generator: true,
  },
  'bigan-pgp': {
    says: 'BiGAN with the pair-wise gradient penalty: D points from x̂ = G(E(x)) to x',
    source: 'Sharma & Namboodiri 2018',
    defaults: { loss: 'wasserstein', critic: everyStep, penalty: { weight: 1, form: 'squared' } },
    encoder: true,
    generator: true,
  },
  'encoder-only': {
    says: 'the inverted generator: an encoder against a discriminator on z alone',
    source: 'Sharma & Namboodiri 2018',
    defaults: { loss: 'logistic', critic: everyStep },
    encoder: true,
    generator: false,
  },
  guided: {
    says: 'a GAN whose latent has a subspace for every class, guided by a classifier',
    source: 'the study on guided latent spaces',
    defaults: { loss: 'logistic', critic: everyStep, guidance: { classification: 1, variety: 1 } },
    encoder: false,
    generator: true,
  },
};
