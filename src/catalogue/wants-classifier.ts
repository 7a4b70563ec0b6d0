/** Whether a trial needs the project's own classifier of its pictures: to judge them, or to guide its generator. */
import { needsScorer } from '../metrics/needs.ts';
import type { Catalogue } from './catalogue.ts';
import type { ResolvedSpec } from './spec.ts';

export function wantsClassifier({ method, data, scorer, measures }: ResolvedSpec, catalogue: Catalogue): boolean {
  const card = catalogue.data(data);
  const metrics = measures.map((metric) => catalogue.metric(metric));
  const isJudged = scorer?.model === 'own' && needsScorer(metrics, card);
  return card.prepared(data) !== undefined && (isJudged || catalogue.method(method).needsGuide);
}
