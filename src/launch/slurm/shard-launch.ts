/** Launches one task's share of the plan (`--shard`) in worker processes on its machine. */

import { countText, plural } from '../../base/number-words.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import { expCommand } from '../command-line.ts';
import type { LaunchEvent, Outcome } from '../events.ts';
import type { Launch, LaunchResult, Part, Run } from '../launcher.ts';
import { asksForStack } from '../local/capacity.ts';
import { launch } from '../local/launch.ts';
import { TypedLaunch } from '../local/typed-launch.ts';
import { isThere } from '../settled.ts';
import { withoutOptions } from '../without-options.ts';
import type { SlurmArguments } from './options.ts';
import { parseShard, shardOf } from './shards.ts';
import { taskStore } from './task-store.ts';

const never = new AbortController().signal;

export class ShardLaunch extends TypedLaunch<SlurmArguments> implements Launch {
  readonly computesHere = true;
  readonly beginsTrials = true;
  readonly writesStore = true;

  part(trials: readonly PlannedTrial[]): Part {
    const { shard = '' } = this.given;
    return {
      trials: shardOf(trials, parseShard(shard)),
      note: `shard ${shard} of ${plural(trials.length, 'trial')}`,
    };
  }

  storeFor(store: Store, trials: readonly PlannedTrial[]): Store {
    return taskStore(store, trials);
  }

  get stacks(): boolean {
    return asksForStack(this.given.stack);
  }

  /** A task of Slurm has half a minute between the first signal and the last: its trials write their checkpoints. */
  async run(run: Run, tell: (event: LaunchEvent) => void, signal: AbortSignal): Promise<LaunchResult> {
    const { plan, store, known, where, data, capacity } = run;
    const failFast = this.given['fail-fast'] ?? false;
    const options = { known, ...where, data, ...capacity, failFast, signal: never, leave: signal };
    return { kind: 'ended', outcome: await launch(plan.trials, store, options, tell) };
  }

  /** Instead of a table of its few trials. */
  ending(trials: readonly PlannedTrial[], { records }: Outcome): string {
    const words = withoutOptions(this.command.words, { shard: 'value', jobs: 'value', json: 'switch' });
    const there = records.filter(isThere).length;
    const done = `This shard: ${countText(there)} of ${plural(trials.length, 'trial')} done`;
    return `${done}\nGather:     ${expCommand([...words, '--gather'])}`;
  }
}
