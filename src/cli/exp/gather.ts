/** `exp --shard` and `exp --gather`: one task's part of a plan, and what is said of all tasks' parts together. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { countText, plural } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { Outcome } from '../../launch/events.ts';
import { withoutPassword } from '../../launch/redis/address.ts';
import { parseShard, shardOf } from '../../launch/slurm/shards.ts';
import type { Store } from '../../store/store.ts';
import { fromHere } from '../paths.ts';
import { sweptPaths, trialLabel } from '../screen/trial-text.ts';
import { withoutOptions } from '../without-options.ts';
import type { ExpArguments } from './options.ts';
import { isThere } from './plan-text.ts';
import { againCommand } from './suggestions.ts';

/** The plan with the trials of a shard alone, where one is asked for. Throws UsageError. */
export function planOfShard(plan: Plan, shard: string | undefined): Plan {
  if (shard === undefined) return plan;
  const trials = shardOf(plan.trials, parseShard(shard));
  return { ...plan, trials, notes: [...plan.notes, `shard ${shard} of ${plural(plan.trials.length, 'trial')}`] };
}

/** What a task says at its end, instead of a table of its few trials. */
export function shardEnding({ trials }: Plan, { records }: Outcome, argv: readonly string[]): string {
  const gather = againCommand([...withoutOptions(argv, { shard: 'value', jobs: 'value', json: 'switch' }), '--gather']);
  const there = records.filter(isThere).length;
  return `This shard: ${countText(there)} of ${plural(trials.length, 'trial')} done\nGather:     ${gather}`;
}

/** Refuses to gather where no trial has ever begun, which is a wrong name or folder. */
export function requireStore(store: Store): void {
  if (existsSync(store.path)) return;
  throw new UsageError(
    `--gather: expected records of ${store.experiment} in ${fromHere(store.path)}, which is not there`,
  );
}

/** What sends another command of the same kind where this one's trials ran: to the queue, to Slurm, nowhere else. */
export function launcherWords({ queue, slurm, gather }: ExpArguments, store: Store): string[] {
  if (queue !== undefined) return ['--queue', withoutPassword(queue)];
  return slurm || (gather && wasSubmitted(store)) ? ['--slurm'] : [];
}

/** The command that makes what failed or is missing: after `--gather`, what submits again where a submission was. */
export function goOnCommand(given: ExpArguments, argv: readonly string[], store: Store): string {
  if (!given.gather) return againCommand(argv);
  const words = withoutOptions(argv, { gather: 'switch' });
  const submitted = !given.slurm && wasSubmitted(store);
  return againCommand(submitted ? [...words, '--slurm'] : words);
}

const wasSubmitted = (store: Store): boolean => existsSync(join(store.path, 'slurm'));

/** Missing trials that are named; of the others their number is said. */
const named = 8;

/** One line on the planned trials without a record, and on how many of them a live process is at work; `undefined` where none is. */
export async function missingLine(plan: Plan, { records }: Outcome, store: Store): Promise<string | undefined> {
  const known = new Set(records.map(({ hash }) => hash));
  const missing = plan.trials.filter(({ hash }) => !known.has(hash));
  if (missing.length === 0) return undefined;
  const holders = await Promise.all(missing.map(({ id }) => store.holder(id)));
  const atWork = holders.filter((holder) => holder !== undefined).length;
  const swept = sweptPaths(plan);
  const names = missing.slice(0, named).map((trial) => trialLabel(trial, swept));
  const more = missing.length > named ? [`and ${countText(missing.length - named)} more`] : [];
  const says = `${plural(missing.length, 'trial')} missing (${countText(atWork)} at work)`;
  return `modebench: ${says}: ${[...names, ...more].join(', ')}`;
}
