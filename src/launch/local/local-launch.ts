/** Launches a command's trials in worker processes on this machine. */
import type { Where } from '../../engine/engines.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import { type CommandLine, expCommand } from '../command-line.ts';
import type { LaunchEvent } from '../events.ts';
import type { Capacity, Launch, LaunchResult, Run } from '../launcher.ts';
import { asksForStack, localCapacity } from './capacity.ts';
import { launch } from './launch.ts';
import type { LocalArguments } from './options.ts';
import type { WorkerCommand } from './worker-process.ts';

export class LocalLaunch implements Launch {
  readonly computesHere = true;
  readonly beginsTrials = true;
  readonly writesStore = true;
  readonly #given: LocalArguments;
  readonly #command: CommandLine;
  readonly #worker: WorkerCommand | undefined;

  constructor(given: LocalArguments, command: CommandLine, worker?: WorkerCommand) {
    this.#given = given;
    this.#command = command;
    this.#worker = worker;
  }

  get stacks(): boolean {
    return asksForStack(this.#given.stack);
  }

  capacity(trials: readonly PlannedTrial[], where: Where): Capacity {
    return localCapacity(this.#given, where, trials);
  }

  async run(run: Run, tell: (event: LaunchEvent) => void, signal: AbortSignal): Promise<LaunchResult> {
    const { plan, store, known, where, data, capacity } = run;
    const outcome = await launch(
      plan.trials,
      store,
      {
        ...{ known, ...where, data, signal, ...capacity, failFast: this.#given['fail-fast'] ?? false },
        ...(this.#worker && { worker: this.#worker }),
      },
      tell,
    );
    return { kind: 'ended', outcome };
  }

  goOnCommand(): string {
    return expCommand(this.#command.words);
  }

  sameLauncher(): readonly string[] {
    return [];
  }
}
