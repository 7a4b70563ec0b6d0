/** Collects the scorer's outputs for a source and for the data, part by part: pictures are not kept, only their outputs. */
import type { Points } from '../../base/points.ts';
import type { ScorerOutput, Values } from '../../metrics/evaluation-inputs.ts';
import { reconstructionValues } from '../../metrics/reconstruction.ts';
import { ssimValues } from '../../metrics/ssim.ts';
import type { Scorer } from '../../scorers/scorer.ts';
import { Collector } from '../../trial/collector.ts';
import { minimalInputs } from './minimal-inputs.ts';
import { drawReal, type RealCounts, type RealPictures, realCounts } from './real-pictures.ts';
import type { Source } from './source.ts';

export interface CollectedScores {
  readonly generated: ScorerOutput;
  readonly real: ScorerOutput;
  /** Absent where the set has no further examples. */
  readonly secondReal?: ScorerOutput;
  /** Of G(E(x)), where there is an encoder and the scorer knows the data's modes. */
  readonly reconstructed?: ScorerOutput;
  /** Means over pictures that need no scorer: SSIM and distances of reconstructions. */
  readonly inverse: Values;
  readonly counts: RealCounts & { readonly generated: number };
}

/** Outputs for real pictures by what decides them, kept from one scoring to the next of the same set and scorer. */
export type KnownReal = Map<string, Pick<CollectedScores, 'real' | 'secondReal'>>;

interface Request {
  readonly source: Source;
  readonly real: RealPictures;
  readonly scorer: Scorer;
  readonly samples: number;
  readonly seed: number;
  readonly known?: KnownReal;
  /** Hears how many pictures were scored. */
  readonly step: (done: number) => void;
}

export async function collectScores({
  source,
  real,
  scorer,
  samples,
  seed,
  known,
  step,
}: Request): Promise<CollectedScores> {
  const { dataset } = real;
  const inverse = new Means();
  let done = 0;
  const lot = () => {
    const collector = new Collector(1, { scorer, shape: dataset.shape });
    let count = 0;
    return {
      async add(part: Points): Promise<void> {
        await collector.add(part);
        count += part.count;
        done += part.count;
        step(done);
      },
      get count() {
        return count;
      },
      get scorerOutput(): ScorerOutput | undefined {
        return count < 2 ? undefined : collector.collected().scorerOutput;
      },
    };
  };
  const [generated, seen, secondReal, reconstructed] = [lot(), lot(), lot(), lot()];

  for await (const { pictures, codes } of source.parts(samples)) {
    await generated.add(pictures);
    if (codes)
      inverse.add(reconstructionValues({ ...minimalInputs(dataset, pictures, seed), ...codes }), pictures.count);
  }
  const counts = realCounts(real, generated.count);
  const key = JSON.stringify([real.size, counts]);
  // Reconstructions of real pictures are the source's own, and need them once more.
  const before = source.reconstruct ? undefined : known?.get(key);
  const draws = before ? { real: [], secondReal: [] } : drawReal(real, counts, seed);
  for (const part of draws.real) {
    const again = await source.reconstruct?.(part, seen.count);
    await seen.add(part);
    if (again === undefined) continue;
    const inputs = { ...minimalInputs(dataset, part, seed), reconstructed: again };
    inverse.add({ ...ssimValues(inputs), ...reconstructionValues(inputs) }, part.count);
    if (scorer.labels) await reconstructed.add(again);
  }
  for (const part of draws.secondReal) await secondReal.add(part);

  const ofReal = before ?? {
    real: scored(seen.scorerOutput),
    ...(secondReal.scorerOutput && { secondReal: secondReal.scorerOutput }),
  };
  known?.set(key, ofReal);
  return {
    generated: scored(generated.scorerOutput),
    ...ofReal,
    ...(reconstructed.scorerOutput && { reconstructed: reconstructed.scorerOutput }),
    inverse: inverse.values(),
    counts: { ...counts, generated: generated.count },
  };
}

function scored(scorerOutput: ScorerOutput | undefined): ScorerOutput {
  if (scorerOutput) return scorerOutput;
  throw new Error('internal: fewer than two pictures were scored');
}

/** Combines means over parts into means over all pictures. */
class Means {
  readonly #sums = new Map<string, { sum: number; count: number }>();

  add(values: Values, count: number): void {
    for (const [name, value] of Object.entries(values)) {
      const { sum, count: before } = this.#sums.get(name) ?? { sum: 0, count: 0 };
      this.#sums.set(name, { sum: sum + value * count, count: before + count });
    }
  }

  values(): Values {
    return Object.fromEntries([...this.#sums].map(([name, { sum, count }]) => [name, sum / count]));
  }
}
