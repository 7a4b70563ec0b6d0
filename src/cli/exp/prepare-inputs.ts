/** Prepares what trials read before workers start: sets of pictures, and the classifiers that judge them or guide. */

import { wantsClassifier } from '../../catalogue/wants-classifier.ts';
import { ensureImages } from '../../datasets/prepare-set.ts';
import type { Plan } from '../../experiment/plan.ts';

/**
 * Makes what the project can make by itself, and says so in a line each. Throws UsageError of one line for a set that the
 * user has to bring.
 */
export async function prepareInputs(
  { trials, experiment: { catalogue } }: Pick<Plan, 'trials' | 'experiment'>,
  dataRoot: string,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const specs = trials.map(({ spec }) => spec);
  const sets = specs.map(({ data }) => catalogue.data(data).prepared(data)?.set);
  for (const set of new Set(sets.filter((name) => name !== undefined))) {
    await ensureImages(dataRoot, set, tell, signal);
  }
  const classified = new Map(
    specs.filter((spec) => wantsClassifier(spec, catalogue)).map((spec) => [JSON.stringify(spec.data), spec]),
  );
  if (classified.size === 0) return;
  // Training needs tfjs, which is heavy.
  const { scorerFile } = await import('../../scorers/own.ts');
  for (const { data } of classified.values())
    await scorerFile({ model: 'own' }, catalogue.data(data).prepared(data), dataRoot, tell);
}
