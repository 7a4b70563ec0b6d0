/** Suggests commands to type after a run. */

import { shellWord } from '../../base/shell-words.ts';
import type { Plan } from '../../experiment/plan.ts';
import { valueAt } from '../../schema/paths.ts';
import type { ExpArguments } from './options.ts';

/**
 * The pictures of what was run, and one or two commands that lead on from a finished run, most useful first, for the same
 * file, store and launcher, whose words are given.
 */
export function nextCommands(
  plan: Plan,
  given: Pick<ExpArguments, 'experiment' | 'store' | 'preset' | 'set' | 'tuned'>,
  launcher: readonly string[] = [],
): string[] {
  const { experiment, store } = given;
  const inStore = store ? ['--store', shellWord(store)] : [];
  const command = (options: string) =>
    ['npm run exp --', shellWord(experiment), options, ...inStore, ...launcher.map(shellWord)].join(' ');
  const seeds = new Set(plan.trials.map(({ spec }) => spec.seed)).size;
  // The last one: an experiment names the method that it is about after those that it is compared with.
  const penalised = plan.trials.findLast(({ spec }) => valueAt(spec, 'penalty.weight') !== undefined)?.spec.method;
  const report = ['npm run report --', plan.experiment.name, ...inStore].join(' ');
  if (plan.search) return [command(tunedWords(given)), report];
  if (plan.preset === 'smoke') return [command('--seeds 5'), report];
  if (given.tuned) return [report, command(`${tunedWords(given)} --seeds ${Math.max(10, seeds * 2)}`)];
  const more = command(`--seeds ${Math.max(10, seeds * 2)}`);
  const ablation = penalised ? [command(`--methods ${penalised} --lambda 0,0.1,1,10`)] : [];
  return plan.varied.length > 0 ? [report, more] : [report, more, ...ablation];
}

/** The words that run the best settings of a search with the same preset and settings. */
const tunedWords = ({ preset, set = [] }: Pick<ExpArguments, 'preset' | 'set'>): string =>
  [...(preset === undefined ? [] : ['--preset', preset]), ...set.flatMap((text) => ['--set', text]), '--tuned']
    .map(shellWord)
    .join(' ');
