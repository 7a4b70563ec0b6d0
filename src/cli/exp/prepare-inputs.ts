/** What trials read has to be there before workers start: sets of pictures, and the classifiers that judge them or guide. */
import { ensureImages } from '../../datasets/prepare/prepare.ts';
import type { Plan } from '../../experiment/plan.ts';
import { needsScorer } from '../../metrics/measures.ts';
import type { ResolvedSpec } from '../../schema/spec.ts';

/**
 * Makes what the project can make by itself, and says so in a line each. Throws UsageError of one line for a set that the
 * user has to bring.
 */
export async function prepareInputs(
  { trials }: Pick<Plan, 'trials'>,
  dataRoot: string,
  tell: (line: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const specs = trials.map(({ spec }) => spec);
  for (const set of new Set(specs.flatMap(({ data }) => (data.kind === 'images' ? [data.set] : [])))) {
    await ensureImages(dataRoot, set, tell, signal);
  }
  const classified = new Map(specs.filter(wantsClassifier).map((spec) => [JSON.stringify(spec.data), spec]));
  if (classified.size === 0) return;
  // Training needs tfjs, which is heavy.
  const { scorerFile } = await import('../../scorers/own.ts');
  for (const { data } of classified.values()) await scorerFile({ model: 'own' }, data, dataRoot, tell);
}

const wantsClassifier = ({ data, scorer, guidance, measures }: ResolvedSpec): boolean =>
  data.kind === 'images' && ((scorer?.model === 'own' && needsScorer(measures, data)) || guidance !== undefined);
