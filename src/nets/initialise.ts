/** Draws first weights of dense layers and convolutions. */
import type { Random } from '../base/random.ts';

export const initialisers = {
  /** Glorot & Bengio 2010: U(−a, a), a = √(6 / (fan in + fan out)). */
  'xavier-uniform': (random: Random, fanIn: number, fanOut: number) =>
    (2 * random.uniform() - 1) * Math.sqrt(6 / (fanIn + fanOut)),
  /** He et al. 2015: N(0, 2 / fan in). */
  'he-normal': (random: Random, fanIn: number) => random.normal() * Math.sqrt(2 / fanIn),
};

export type InitialiserName = keyof typeof initialisers;
export const initialiserNames = ['xavier-uniform', 'he-normal'] as const satisfies readonly InitialiserName[];
