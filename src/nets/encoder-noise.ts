/** Draws the noise ε of a stochastic encoder E(x, ε): uniform on (−1, 1), from fixed streams wherever E is looked at. */
import type { Points } from '../base/points.ts';
import { type Random, stream } from '../base/random.ts';

/** One number of ε. */
export const encoderNoiseFrom = (random: Random): number => 2 * random.uniform() - 1;

/** Where it comes from, for readers of figures and files. */
export const noiseText = (dim: number): string =>
  `ε: ${dim} ${dim === 1 ? 'number' : 'numbers'} on (−1, 1), drawn from the trial’s seed as at its evaluations`;

/**
 * The ε of whatever looks at a trained encoder: evaluations, films, files and commands draw the same for the same example.
 *
 * @param dim numbers in one ε, @param count examples; more of them begin with the same.
 */
export function fixedNoise(seed: number, dim: number, count: number): Points {
  const random = stream(seed, 'noise', -1);
  return { values: Float32Array.from({ length: dim * count }, () => encoderNoiseFrom(random)), count, dim };
}
