/** A latent with a block of numbers for every class: the prior of guided latent spaces. */
import { z } from 'zod';
import { UsageError } from '../base/usage-error.ts';
import { count as whole } from '../schema/fields.ts';
import { priorKind } from './prior-kind.ts';
import { checkRange, widened, widthOf } from './uniform.ts';

export const split = priorKind(
  {
    kind: 'split',
    description:
      'a block of dim / classes numbers a class; one class, drawn uniformly, has its block uniform on [low, high), the others hold 0',
    settings: { classes: whole, low: z.number(), high: z.number() },
  },
  {
    check(prior) {
      checkRange(prior);
      const { dim, classes } = prior;
      if (dim % classes === 0) return;
      const nearest = Math.max(1, Math.round(dim / classes)) * classes;
      throw new UsageError(
        `latent.dim: expected a multiple of latent.classes (${classes}), got ${dim}, nearest is ${nearest}`,
      );
    },
    fill(prior, random, count, into) {
      const width = widthOf(prior);
      const block = prior.dim / prior.classes;
      into.fill(0, 0, count * prior.dim);
      for (let example = 0; example < count; example++) {
        const start = example * prior.dim + random.below(prior.classes) * block;
        for (let i = start; i < start + block; i++) into[i] = prior.low + width * random.uniform();
      }
    },
    cdf(prior) {
      // a number is 0 unless its class was drawn
      const width = widthOf(prior);
      const drawn = 1 / prior.classes;
      return (value) => (value >= 0 ? 1 - drawn : 0) + drawn * Math.min(1, Math.max(0, (value - prior.low) / width));
    },
    // the other blocks hold 0
    bounds: ({ low, high }) => ({ low: Math.min(0, low), high: Math.max(0, high) }),
    bulk: ({ low, high }) => ({ low, high }),
    around: widened,
    density: ({ low, high }, z) => (z >= low && z <= high ? 1 / (high - low) : 0),
    blocks: ({ classes }) => classes,
    path: 'linear',
    text: ({ dim, classes }) => `a block of ${dim / classes} numbers for each of ${classes} classes, one filled`,
  },
);
