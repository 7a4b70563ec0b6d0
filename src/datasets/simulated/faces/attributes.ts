/**
 * Draws the attributes of simulated faces at known frequencies. Every labelled attribute is visible: traits that would
 * hide one another are never drawn together (a bald head has no hair colour and no hat), and hair shows below a hat.
 */
import type { Random } from '../../../base/random.ts';
import type { Labels } from '../../dataset.ts';

/** Share of all faces that have each attribute. */
export const attributeShares = {
  smiling: 0.48,
  'mouth open': 0.3,
  lipstick: 0.3,
  beard: 0.15,
  glasses: 0.065,
  hat: 0.05,
  bald: 0.022,
  'black hair': 0.24,
  'blond hair': 0.15,
  'long hair': 0.36,
  turned: 0.03,
} as const;

export type Attribute = keyof typeof attributeShares;

/** Of what was drawn by chance, all that a label says; `masculine` alone is no label, since nothing shows it by itself. */
export interface Traits {
  readonly has: Readonly<Record<Attribute, boolean>>;
  readonly masculine: boolean;
}

// the keys of a literal are exactly its type's
export const attributes = Object.keys(attributeShares) as readonly Attribute[];

export const shapesLabels: Labels = { kind: 'attributes', names: attributes };

/** Share of each label, in the labels' order. */
export const shapesShares: readonly number[] = attributes.map((name) => attributeShares[name]);

/** Beards and bald heads are drawn for these alone, lipstick for the others alone. */
const masculineShare = 0.42;
/** Of those of them who have hair, the share that wears it long. */
const longMasculine = 0.1;

/** Draws who has what, such that every attribute has its share. */
export function traits(random: Random): Traits {
  const share = attributeShares;
  const chance = (probability: number): boolean => random.uniform() < probability;
  const masculine = chance(masculineShare);
  const bald = chance(share.bald / masculineShare) && masculine;
  const haired = 1 - share.bald;
  const colour = random.uniform() * haired;
  const long = masculine
    ? longMasculine
    : (share['long hair'] - longMasculine * (masculineShare - share.bald)) / (1 - masculineShare);
  return {
    masculine,
    has: {
      smiling: chance(share.smiling),
      'mouth open': chance(share['mouth open']),
      lipstick: chance(share.lipstick / (1 - masculineShare)) && !masculine,
      beard: chance(share.beard / masculineShare) && masculine,
      glasses: chance(share.glasses),
      hat: chance(share.hat / haired) && !bald,
      bald,
      'black hair': !bald && colour < share['black hair'],
      'blond hair': !bald && colour >= share['black hair'] && colour < share['black hair'] + share['blond hair'],
      'long hair': chance(long) && !bald,
      turned: chance(share.turned),
    },
  };
}
