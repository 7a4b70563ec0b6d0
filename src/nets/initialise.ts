/** First weights. */
import type { Random } from '../base/random.ts';
import type { NetsSpec } from '../schema/spec.ts';

type Initialiser = Extract<NetsSpec, { kind: 'mlp' }>['initialiser'];

export const initialisers: Record<Initialiser, (random: Random, fanIn: number, fanOut: number) => number> = {
  /** Glorot & Bengio 2010: U(−a, a), a = √(6 / (fan in + fan out)). */
  'xavier-uniform': (random, fanIn, fanOut) => (2 * random.uniform() - 1) * Math.sqrt(6 / (fanIn + fanOut)),
  /** He et al. 2015: N(0, 2 / fan in). */
  'he-normal': (random, fanIn) => random.normal() * Math.sqrt(2 / fanIn),
};
