/** Formats what a run is about to do. */

import { countText, plural } from '../../base/number-words.ts';
import type { Plan, PlannedTrial } from '../../experiment/plan.ts';
import { isThere, type KnownRecords } from '../../launch/settled.ts';
import type { TrialRecord } from '../../store/record.ts';
import { hung, wrap } from '../screen/format.ts';
import { assignments } from '../screen/trial-text.ts';

export interface Setting {
  readonly engine: string;
  readonly device: string;
  /** 0 where nobody is there to run them yet. */
  readonly jobs: number;
  /** The store's folder of this experiment, as the user would write it. */
  readonly folder: string;
}

/** The first lines of a run, at most `width` wide. `known` are the store's records by hash. */
export function planText(plan: Plan, known: KnownRecords, setting: Setting, width: number): string {
  const { experiment, preset, trials, notes } = plan;
  const there = trials.filter(({ hash }) => isThere(known.get(hash)));
  const foreign = there.filter(({ hash }) => isForeign(known.get(hash), setting)).length;
  const steps = [...new Set(trials.map(({ spec }) => spec.training.steps))].map(countText).join(' or ');
  const jobs = setting.jobs === 0 ? '' : `, ${plural(setting.jobs, 'job')} at once`;
  const line = (head: string, text: string) => hung(`  ${head.padEnd(8)} `, text, width);
  return [
    wrap(`${experiment.name}${preset === 'default' ? '' : ` (preset ${preset})`}: ${experiment.claim}`, width),
    '',
    line('trials', `${product(trials)} = ${plural(trials.length, 'trial')} of ${steps} steps${already(there, trials)}`),
    line('engine', `${setting.engine} on ${setting.device}${jobs}`),
    line('records', setting.folder),
    ...notes.map((note) => line('note', note)),
    ...(foreign > 0 ? [line('note', `${plural(foreign, 'trial')} there ran on another engine, and count`)] : []),
    '',
  ].join('\n');
}

/** Where others run the trials, each takes its own of the automatic ones. */
const isForeign = (record: TrialRecord | undefined, { engine }: Setting): boolean =>
  record !== undefined && engine !== 'auto' && record.engine !== engine;

function already(there: readonly PlannedTrial[], trials: readonly PlannedTrial[]): string {
  if (there.length === 0) return '';
  return there.length === trials.length ? ', all there already' : `, ${countText(there.length)} there already`;
}

/** One line a trial: its id, its draw where it is of a search, what was varied, and whether it is to do. */
export function dryRunLines(plan: Plan, known: KnownRecords): string[] {
  const widest = Math.max(...plan.trials.map(({ id }) => id.length));
  const draws = (plan.search?.methods ?? []).flatMap((one) => one.draws);
  const drawOf = new Map(draws.flatMap(({ draw, hashes }) => hashes.map((hash) => [hash, `draw ${draw}`] as const)));
  return plan.trials.map((trial) => {
    const record = known.get(trial.hash);
    const values = assignments(trial.spec, trial.varied).join(' ');
    const state = record ? (record.status === 'failed' ? 'failed, to do again' : record.status) : 'to do';
    return [trial.id.padEnd(widest), drawOf.get(trial.hash) ?? '', state, values]
      .filter((word) => word !== '')
      .join('  ');
  });
}

function product(trials: readonly PlannedTrial[]): string {
  const methods = new Set(trials.map(({ spec }) => spec.method)).size;
  const seeds = new Set(trials.map(({ spec }) => spec.seed)).size;
  const plain = `${plural(methods, 'method')} × ${plural(seeds, 'seed')}`;
  if (methods * seeds > trials.length) return `some of ${plain}`;
  return methods * seeds === trials.length ? plain : `${plain}, swept`;
}
