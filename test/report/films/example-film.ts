/** Films for tests of their figures: the shapes that trials write, numbers that say where they belong. */

import { stream } from '../../../src/base/random.ts';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import { filmKindOf } from '../../../src/methods/film-kind.ts';
import type { ReportTrial } from '../../../src/report/report-data.ts';
import { type Film, type Frame, gridSize } from '../../../src/store/film-file.ts';
import { formulaDataset } from '../../datasets/formula.ts';
import { trialOf, type Wanted } from '../figures/example-data.ts';

export interface Filmed extends Wanted {
  readonly steps?: readonly number[];
}

/** A trial with a film of it. D is a hill that moves with the step; G goes from the origin to the first mode. */
export function filmedTrial({ steps = [0, 10, 40], ...wanted }: Filmed): ReportTrial {
  const trial = trialOf(wanted);
  const { record } = trial;
  return {
    ...trial,
    record: { ...record, timings: { ...record.timings, film: 0.5 } },
    film: filmOf(record.spec, steps),
  };
}

function filmOf({ data, latent, method, seed }: ResolvedSpec, steps: readonly number[]): Film {
  const { dim, modes, sample } = formulaDataset(data);
  const kind = filmKindOf(builtIn.method(method), dim, latent.dim);
  if (kind === undefined) throw new Error('the test wants a film of what has none');
  const side = (name: string, count: number) => ({ name, low: -2.5, high: 2.5, count });
  const axes = {
    '1d': [side('x0', 21)],
    '2d': [side('x0', 9), side('x1', 9)],
    '1d-xz': [side('x0', 9), side('z0', 9)],
    z: [side('z0', 9), side('z1', 9)],
  }[kind];
  const points = 12;
  const real = sample(stream(seed, 'evaluation'), points);
  const generates = method !== 'encoder-only';
  const latents = Float32Array.from({ length: generates ? points * latent.dim : 0 }, (_, at) => (at % 5) / 5 - 0.4);
  const lattice = Float32Array.from({ length: generates ? 9 * latent.dim : 0 }, (_, at) => (at % 4) / 2 - 0.75);
  const frames = steps.map((step, index): Frame => {
    const share = steps.length > 1 ? index / (steps.length - 1) : 1;
    const at = (axis: number) => share * (modes?.centres[axis] ?? 1);
    const cloud = (count: number) =>
      Float32Array.from({ length: count * dim }, (_, place) => at(place % dim) + 0.01 * place);
    return {
      step,
      generated: cloud(latents.length / latent.dim),
      score: Float32Array.from({ length: gridSize(axes) }, (_, place) => 3 * Math.sin(place / 7 + step)),
      ...(generates && { lattice: cloud(9) }),
      ...(method !== 'gan' && {
        encoded: Float32Array.from({ length: points * latent.dim }, (_, place) => place / 50 - 0.2),
      }),
      metrics: {},
      ...(modes && {
        modeScore: Array.from({ length: modes.count }, (_, mode) => (mode === 0 ? -2 : 2)),
        modeShare: Array.from({ length: modes.count }, (_, mode) => (mode === 0 ? share : 0)),
      }),
    };
  });
  return { kind, dim, latentDim: latent.dim, axes, real, latents, lattice, frames };
}
