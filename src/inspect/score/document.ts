/** Builds the document of one scoring: its scores with every setting that decides whether they are comparable. */
import { finiteOrNull } from '../../base/representable.ts';
import type { Labels } from '../../datasets/dataset.ts';
import { csvLines } from '../../disk/csv.ts';
import { splitsUsed } from '../../metrics/scores/inception-score.ts';
import { subsetsUsed } from '../../metrics/scores/kernel-distance.ts';
import { columnInfo } from '../../summary/column-info.ts';
import type { CheckedScorer } from './check-scorer.ts';
import type { CollectedScores } from './collect-scores.ts';
import type { RealPictures } from './real-pictures.ts';
import { modeCount, type Score } from './scores.ts';
import { type Choices, fixed } from './settings.ts';
import type { Source } from './source.ts';
import type { UnusableOutputs } from './unusable.ts';

export interface ScoreDocument {
  readonly scored: { readonly kind: Source['kind']; readonly name: string; readonly says: string };
  /** `of` names whose features they are where `fid` and `kid` are not those of Inception. */
  readonly scorer: { readonly says: string; readonly hash: string; readonly of?: string };
  readonly data: {
    readonly set: string;
    readonly size: number;
    readonly channels: number;
    readonly origin: string;
    readonly sha256: string;
    readonly simulated: boolean;
  };
  /** Parts of the set that the real examples and the second real sample come from. */
  readonly split: { readonly real: 'train'; readonly realAgainstReal: 'train' | 'held-out' };
  readonly counts: {
    readonly generated: number;
    readonly real: number;
    readonly realAgainstReal: number;
    /** Of each in scores that compare every pair. */
    readonly paired: number;
  };
  /** Pictures of which the scorer gave nothing that a score could be made of. */
  readonly unusable: UnusableOutputs;
  /** As used, here and below: fewer examples than were asked for make fewer. */
  readonly splits: number;
  readonly seed: number;
  readonly kernel: { readonly subsets: number; readonly size: number };
  readonly neighbours: number;
  readonly bins: number;
  /** How the scored pictures and the stored data were resized to the data's size, and both to the scorer's. */
  readonly resize: { readonly scored: string; readonly data: string; readonly scorer: string };
  /** Number of modes that the scorer distinguishes; null where it has none. */
  readonly modes: number | null;
  /** By metric; `…Std` are deviations over splits and subsets. null is a value that is not defined. */
  readonly scores: Readonly<Record<string, number | null>>;
  readonly realAgainstReal: Readonly<Record<string, number | null>>;
  readonly notes: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  /** Commit of the code, `+` where the tree had changes; '' where unknown. */
  readonly commit: string;
}

interface Made {
  readonly source: Source;
  readonly fitting: CheckedScorer;
  readonly real: RealPictures;
  readonly gathered: Pick<CollectedScores, 'counts'>;
  readonly unusable: UnusableOutputs;
  readonly scores: readonly Score[];
  readonly choices: Choices;
  readonly notes: readonly string[];
  readonly made: Pick<ScoreDocument, 'versions' | 'commit'>;
}

export function scoreDocument(facts: Made): ScoreDocument {
  const { source, fitting, real, gathered, unusable, scores, choices, notes, made } = facts;
  const { set, size, dataset } = real;
  const { counts } = gathered;
  const { labels, description, hash, of } = fitting.scorer;
  const given = (values: readonly (readonly [string, number | undefined])[]) =>
    Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, finiteOrNull(value)]])));
  return {
    scored: { kind: source.kind, name: source.name, says: source.description },
    scorer: { says: description, hash, ...(of !== undefined && { of }) },
    data: {
      set: set.name,
      size,
      channels: set.shape[2],
      origin: dataset.origin?.says ?? set.title,
      sha256: set.sha256,
      simulated: set.simulated,
    },
    split: { real: 'train', realAgainstReal: counts.secondRealFrom },
    counts: {
      generated: counts.generated,
      real: counts.real,
      realAgainstReal: counts.secondReal,
      paired: Math.min(counts.generated, fixed.mostPaired),
    },
    unusable,
    splits: splitsUsed(choices.splits, counts.generated),
    seed: choices.seed,
    kernel: subsetsUsed(fixed.kernel, counts.real, counts.generated),
    neighbours: Math.min(fixed.neighbours, counts.generated - 1, counts.real - 1),
    bins: Math.min(fixed.bins, counts.real),
    resize: { scored: source.afterwards().resize, data: real.resize, scorer: fitting.resize },
    modes: modesOf(labels),
    scores: given(
      scores.flatMap(({ metric, value, spread }) => [[metric, value] as const, [`${metric}Std`, spread] as const]),
    ),
    realAgainstReal: given(scores.map(({ metric, real: ceiling }) => [metric, ceiling] as const)),
    notes,
    versions: made.versions,
    commit: made.commit,
  };
}

const modesOf = (labels: Labels | undefined): number | null => (labels ? modeCount(labels) : null);

export const documentText = (document: ScoreDocument): string => `${JSON.stringify(document, undefined, 2)}\n`;

/** A row a score of each scoring, with all conditions, so that files of many scorings can be put one after another. */
export function documentCsv(...documents: readonly ScoreDocument[]): string {
  const tables = documents.map(rowsOf);
  return csvLines([tables[0]?.heads ?? [], ...tables.flatMap(({ rows }) => rows)]);
}

function rowsOf(document: ScoreDocument) {
  const { scored, scorer, data, split, counts, unusable, splits, seed, kernel, resize, scores, realAgainstReal } =
    document;
  const conditions = {
    scored: scored.name,
    set: data.set,
    size: data.size,
    sha256: data.sha256,
    split: split.real,
    generated: counts.generated,
    real: counts.real,
    realAgainstRealFrom: split.realAgainstReal,
    realAgainstRealCount: counts.realAgainstReal,
    unusableGenerated: unusable.generated.pictures,
    unusableReal: unusable.real.pictures,
    unusableRealAgainstReal: unusable.realAgainstReal.pictures,
    splits,
    kernelSubsets: kernel.subsets,
    kernelSize: kernel.size,
    seed,
    scorer: scorer.says,
    scorerHash: scorer.hash,
    resizeScored: resize.scored,
    resizeData: resize.data,
    resizeScorer: resize.scorer,
  };
  const rows = Object.entries(scores)
    .filter(([metric]) => !metric.endsWith('Std'))
    .map(([metric, value]) => [
      metric,
      value,
      scores[`${metric}Std`],
      realAgainstReal[metric],
      columnInfo(metric).better,
      ...Object.values(conditions),
    ]);
  return { heads: ['score', 'value', 'std', 'realAgainstReal', 'better', ...Object.keys(conditions)], rows };
}

/** Where a trial keeps its scores: `<scorer>-<set>-<count>.json`, with what is not as usual behind it. */
export function documentName(
  { scorer, data, counts, splits, seed }: ScoreDocument,
  usual: Choices & { readonly size: number },
): string {
  const unusual = [
    ...(data.size === usual.size ? [] : [`${data.size}px`]),
    ...(splits === splitsUsed(usual.splits, counts.generated) ? [] : [`${splits}splits`]),
    ...(seed === usual.seed ? [] : [`s${seed}`]),
  ];
  return `${[scorer.hash.slice(0, 8), data.set, counts.generated, ...unusual].join('-')}.json`;
}
