/** z uniform on [low, high)^dim. */
import { z } from 'zod';
import { UsageError } from '../base/usage-error.ts';
import { priorKind, type Range } from './prior-kind.ts';

export const uniform = priorKind(
  {
    kind: 'uniform',
    description: 'z uniform on [low, high) in each of dim dimensions',
    settings: { low: z.number(), high: z.number() },
  },
  {
    check: checkRange,
    fill(prior, random, count, into) {
      const width = widthOf(prior);
      for (let i = 0; i < count * prior.dim; i++) into[i] = prior.low + width * random.uniform();
    },
    cdf(prior) {
      const width = widthOf(prior);
      return (value) => Math.min(1, Math.max(0, (value - prior.low) / width));
    },
    bounds: ({ low, high }) => ({ low, high }),
    bulk: ({ low, high }) => ({ low, high }),
    around: widened,
    density: ({ low, high }, z) => (z >= low && z <= high ? 1 / (high - low) : 0),
    blocks: () => 1,
    path: 'linear',
    text: ({ low, high, dim }) => `uniform on [${low}, ${high}), ${dim}-D`,
  },
);

/** Throws UsageError where a range has no width. */
export function checkRange({ low, high }: Range): void {
  if (low >= high) throw new UsageError(`latent.low: expected less than latent.high (${high}), got ${low}`);
}

/** high − low. Throws UsageError where that is nothing. */
export function widthOf({ low, high }: Range): number {
  if (!(high > low)) throw new UsageError(`latent.high: expected more than latent.low (${low}), got ${high}`);
  return high - low;
}

/** The range with a share `beyond` of its half width on both sides. */
export function widened({ low, high }: Range, beyond: number): Range {
  const more = beyond * (high - low) * 0.5;
  return { low: low - more, high: high + more };
}
