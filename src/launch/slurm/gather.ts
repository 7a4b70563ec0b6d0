/** Gathers what tasks left in a store (`--gather`): trials.csv and a table of it. No trial is run. */
import { existsSync } from 'node:fs';
import { UsageError } from '../../base/usage-error.ts';
import type { Store } from '../../store/store.ts';
import { expCommand } from '../command-line.ts';
import type { Launch, LaunchResult, Run } from '../launcher.ts';
import { TypedLaunch } from '../local/typed-launch.ts';
import { withoutOptions } from '../without-options.ts';
import type { SlurmArguments } from './options.ts';
import { submissionFolder } from './submit.ts';

export class GatherLaunch extends TypedLaunch<SlurmArguments> implements Launch {
  readonly computesHere = false;
  readonly beginsTrials = false;
  readonly writesStore = true;

  /** Refuses a store in which no trial has ever begun, which is a wrong name or folder. */
  storeFor(store: Store): Store {
    if (existsSync(store.path)) return store;
    const path = this.command.shown(store.path);
    throw new UsageError(`--gather: expected records of ${store.experiment} in ${path}, which is not there`);
  }

  /** A trial that lacks the film it is to have counts as missing. */
  async run({ plan, store, known }: Run): Promise<LaunchResult> {
    await store.rebuild();
    const records = plan.trials.flatMap(({ hash }) => known.get(hash) ?? []);
    return { kind: 'ended', outcome: { records, maxRssBytes: 0 } };
  }

  /** Submits again where a submission was. */
  override goOnCommand(store: Store): string {
    const words = withoutOptions(this.command.words, { gather: 'switch' });
    return expCommand(!this.given.slurm && wasSubmitted(store) ? [...words, '--slurm'] : words);
  }

  override sameLauncher(store: Store): readonly string[] {
    return this.given.slurm || wasSubmitted(store) ? ['--slurm'] : [];
  }
}

const wasSubmitted = (store: Store): boolean => existsSync(submissionFolder(store));
