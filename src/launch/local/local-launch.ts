/** Launches a command's trials in worker processes on this machine. */
import type { CommandLine } from '../command-line.ts';
import type { LaunchEvent } from '../events.ts';
import type { Launch, LaunchResult, Run } from '../launcher.ts';
import { asksForStack } from './capacity.ts';
import { launch } from './launch.ts';
import type { LocalArguments } from './options.ts';
import { TypedLaunch } from './typed-launch.ts';
import type { WorkerCommand } from './worker-process.ts';

export class LocalLaunch extends TypedLaunch implements Launch {
  readonly computesHere = true;
  readonly beginsTrials = true;
  readonly writesStore = true;
  readonly #worker: WorkerCommand | undefined;

  constructor(given: LocalArguments, command: CommandLine, worker?: WorkerCommand) {
    super(given, command);
    this.#worker = worker;
  }

  get stacks(): boolean {
    return asksForStack(this.given.stack);
  }

  async run(run: Run, tell: (event: LaunchEvent) => void, signal: AbortSignal): Promise<LaunchResult> {
    const { plan, store, known, where, data, capacity, watched } = run;
    const outcome = await launch(
      plan.trials,
      store,
      {
        ...{ known, ...where, data, signal, ...capacity, failFast: this.given['fail-fast'] ?? false },
        ...(this.#worker && { worker: this.#worker }),
        ...(watched && { watched }),
      },
      tell,
    );
    return { kind: 'ended', outcome };
  }
}
