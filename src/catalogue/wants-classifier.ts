/** Which scorer judges a trial, and whether it needs the project's own classifier: to judge its pictures, or to guide its generator. */
import { needsScorer } from '../metrics/needs.ts';
import type { Catalogue } from './catalogue.ts';
import type { ResolvedSpec } from './spec.ts';

/** The scorer that the trial's metrics ask for; `undefined` where none does. */
export const scorerOf = ({ data, scorer, measures }: ResolvedSpec, catalogue: Catalogue): ResolvedSpec['scorer'] =>
  needsScorer(
    measures.map((metric) => catalogue.metric(metric)),
    catalogue.data(data),
  )
    ? scorer
    : undefined;

export function wantsClassifier(spec: ResolvedSpec, catalogue: Catalogue): boolean {
  const isJudged = scorerOf(spec, catalogue)?.model === 'own';
  const isPrepared = catalogue.data(spec.data).prepared(spec.data) !== undefined;
  return isPrepared && (isJudged || catalogue.method(spec.method).needsGuide);
}
