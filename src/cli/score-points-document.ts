/** Forms the document of scored points that `--json` prints. NaN (not defined) becomes null. */
import type { PlacedScores } from '../inspect/points/keep.ts';
import type { Reference } from '../inspect/points/reference.ts';
import { provenance } from '../trial/outputs/provenance.ts';
import type { Judgement } from './score-expect.ts';
import { type MethodStatistics, statisticsOf } from './score-points-text.ts';

interface Said {
  readonly seed: number;
  /** Of each, in their order. */
  readonly judged: readonly (readonly Judgement[])[];
}

export function pointsDocument(scored: readonly PlacedScores[], reference: Reference, { seed, judged }: Said) {
  const { name, says, dataset } = reference;
  const { versions, commit } = provenance();
  return {
    against: { name, says, dimensions: dataset.dim, modes: dataset.modes?.count ?? null },
    seed,
    scored: scored.map(({ source, place, scored: points, notFinite, values, perfect, modes, verdict, notes }, at) => ({
      name: source.name,
      path: source.path,
      sha256: source.sha256,
      method: place.method,
      seed: place.seed,
      counts: { points: source.points.count, scored: points.count, notFinite },
      scores: values,
      perfect,
      effectiveModes: verdict.effectiveModes ?? null,
      modes,
      verdict: { kind: verdict.kind, says: verdict.says },
      expectations: judged[at] ?? [],
      notes,
    })),
    groups: groupsDocument(statisticsOf(scored)),
    versions,
    commit,
  };
}

/** Means over the lots of each method, with their errors and intervals. */
export const groupsDocument = (groups: readonly MethodStatistics[]) =>
  groups.map(({ method, seeds, metrics }) => ({
    method,
    seeds,
    metrics: Object.fromEntries(
      Object.entries(metrics).map(([metric, statistic]) => [
        metric,
        { ...statistic, iqm: statistic.iqm, interval: statistic.interval },
      ]),
    ),
  }));
