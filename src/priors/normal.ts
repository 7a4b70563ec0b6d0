/** z normal with mean 0 and deviation std, dimensions independent. */
import { positive } from '../schema/fields.ts';
import { normalCdf } from './normal-cdf.ts';
import { priorKind } from './prior-kind.ts';

export const normal = priorKind(
  {
    kind: 'normal',
    description: 'z normal with mean 0 and deviation std in each of dim dimensions',
    settings: { std: positive },
  },
  {
    check() {},
    fill({ std, dim }, random, count, into) {
      for (let i = 0; i < count * dim; i++) into[i] = std * random.normal();
    },
    cdf:
      ({ std }) =>
      (value) =>
        normalCdf(value / std),
    bounds: () => undefined,
    bulk: ({ std }) => ({ low: -2 * std, high: 2 * std }),
    around({ std }, beyond) {
      const reach = std * 2 * (1 + 2 * beyond);
      return { low: -reach, high: reach };
    },
    density: ({ std }, z) => Math.exp(-((z / std) ** 2) / 2) / (std * Math.sqrt(2 * Math.PI)),
    blocks: () => 1,
    path: 'spherical',
    text: ({ std, dim }) => `normal, σ ${std}, ${dim}-D`,
  },
);
