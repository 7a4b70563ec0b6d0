/** Says which random numbers a training step takes beyond data and latents, in which shape and from which stream. */
import type { Purpose, Random } from '../base/random.ts';
import type { DrawName } from '../methods/section.ts';
import { encoderNoiseFrom } from '../nets/encoder-noise.ts';

export interface Draw {
  readonly name: DrawName;
  /** Of one example. */
  readonly shape: readonly number[];
  readonly purpose: Purpose;
  draw(random: Random): number;
}

/** What the numbers are shaped by. */
export interface DrawSizes {
  /** Of one example of the data. */
  readonly shape: readonly number[];
  /** Numbers in one latent. */
  readonly latent: number;
  /** Numbers of noise that the encoder looks at. */
  readonly noise: number;
}

/** Those that a method asks for, and an encoder's noise where it has some. */
export function drawsIn(asked: ReadonlySet<DrawName>, { shape, latent, noise }: DrawSizes): readonly Draw[] {
  const all: readonly Draw[] = [
    { name: 'epsilon', shape: [1], purpose: 'interpolation', draw: (random) => random.uniform() },
    { name: 'noise', shape: [noise], purpose: 'noise', draw: encoderNoiseFrom },
    { name: 'normal', shape: [latent], purpose: 'codes', draw: (random) => random.normal() },
    { name: 'perturbation', shape, purpose: 'perturbation', draw: (random) => random.uniform() },
  ];
  return all.filter(({ name }) => (name === 'noise' ? noise > 0 : asked.has(name)));
}
