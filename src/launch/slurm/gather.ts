/** Gathers what tasks left in a store (`--gather`): trials.csv and a table of it. No trial is run. */
import { existsSync } from 'node:fs';
import { UsageError } from '../../base/usage-error.ts';
import type { Where } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Store } from '../../store/store.ts';
import { type CommandLine, expCommand } from '../command-line.ts';
import type { Capacity, Launch, LaunchResult, Run } from '../launcher.ts';
import { localCapacity } from '../local/capacity.ts';
import { withoutOptions } from '../without-options.ts';
import type { SlurmArguments } from './options.ts';
import { submissionFolder } from './submit.ts';

export class GatherLaunch implements Launch {
  readonly computesHere = false;
  readonly beginsTrials = false;
  readonly writesStore = true;
  readonly #given: SlurmArguments;
  readonly #command: CommandLine;

  constructor(given: SlurmArguments, command: CommandLine) {
    this.#given = given;
    this.#command = command;
  }

  /** Refuses a store in which no trial has ever begun, which is a wrong name or folder. */
  storeFor(store: Store): Store {
    if (existsSync(store.path)) return store;
    const path = this.#command.shown(store.path);
    throw new UsageError(`--gather: expected records of ${store.experiment} in ${path}, which is not there`);
  }

  capacity(trials: readonly PlannedTrial[], where: Where): Capacity {
    return localCapacity(this.#given, where, trials);
  }

  /** A trial that lacks the film it is to have counts as missing. */
  async run({ plan, store, known }: Run): Promise<LaunchResult> {
    await store.rebuild();
    const records = plan.trials.flatMap(({ hash }) => known.get(hash) ?? []);
    return { kind: 'ended', outcome: { records, maxRssBytes: 0 } };
  }

  /** Submits again where a submission was. */
  goOnCommand(store: Store): string {
    const words = withoutOptions(this.#command.words, { gather: 'switch' });
    return expCommand(!this.#given.slurm && wasSubmitted(store) ? [...words, '--slurm'] : words);
  }

  sameLauncher(store: Store): readonly string[] {
    return this.#given.slurm || wasSubmitted(store) ? ['--slurm'] : [];
  }
}

const wasSubmitted = (store: Store): boolean => existsSync(submissionFolder(store));
