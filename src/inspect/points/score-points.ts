/** Scores one lot of points against a reference: values, verdict, and notes on whatever makes them compare with less. */
import { countText } from '../../base/number-words.ts';
import type { Points } from '../../base/points.ts';
import { checkDimensions, drawPoints, type PerfectScores, type PointScores, scorePoints } from './evaluate.ts';
import type { Reference } from './reference.ts';
import { countNotFinite } from './sample-file.ts';
import { type PointVerdict, scaleHint, verdictOn } from './verdict.ts';

/** Points to score. */
export interface PointSource {
  /** The file's name. */
  readonly name: string;
  readonly path: string;
  /** What it is, in a few words: `2,500 points of samples.npy`. */
  readonly says: string;
  readonly points: Points;
  /** SHA-256 of the numbers. */
  readonly sha256: string;
  readonly notes?: readonly string[];
}

export interface ScoredPoints extends PointScores {
  readonly source: PointSource;
  /** Points that were scored: all, or those drawn of more. */
  readonly scored: Points;
  /** Rows among them with a number that is not finite. */
  readonly notFinite: number;
  readonly verdict: PointVerdict;
  readonly notes: readonly string[];
}

/** Points of a user's own are scored all, up to so many. */
const most = 100_000;

/**
 * @param wanted points to score; absent: as many as the experiment's own trials are evaluated on.
 * @throws UsageError where the points have other dimensions than the data.
 */
export function scoreSource(
  source: PointSource,
  reference: Reference,
  { wanted, seed }: { readonly wanted?: number; readonly seed: number },
  known: PerfectScores,
): ScoredPoints {
  const { points, path } = source;
  checkDimensions(points, reference, path);
  const usual = reference.spec?.evaluation.samples;
  const scored = drawPoints(points, wanted ?? usual ?? most, seed);
  const scores = scorePoints(scored, reference, seed, known);
  const notFinite = countNotFinite(scored);
  const hint = scaleHint(scored, reference.dataset);
  const notes = [
    ...(source.notes ?? []),
    ...(scored.count < points.count ? [drawnText(scored, points, wanted, reference)] : []),
    ...(usual !== undefined && scored.count !== usual
      ? [
          `${reference.name}'s own trials are evaluated on ${countText(usual)} samples: figures of ${countText(scored.count)} compare with them roughly`,
        ]
      : []),
    ...(notFinite > 0
      ? [
          `${countText(notFinite)} of ${countText(scored.count)} rows are not finite (NaN or infinite): they count as samples that lie at no mode`,
        ]
      : []),
    ...(hint === undefined ? [] : [hint]),
    ...(reference.rows === undefined ? [] : [`a perfect sampler is one that draws rows of ${reference.name}`]),
  ];
  return { ...scores, source, scored, notFinite, verdict: verdictOn(scores), notes };
}

function drawnText(scored: Points, points: Points, wanted: number | undefined, { name, spec }: Reference): string {
  const why =
    wanted === undefined && spec ? `, as many as ${name}'s own trials are evaluated on; --samples takes others` : '';
  return `${countText(scored.count)} of ${countText(points.count)} points, drawn at random${why}`;
}
