/**
 * Defines launchers. A launcher is one way to run a plan's trials: it names its options, checks them, and prepares the launch
 * of a command, which runs the trials and says what to type to go on. `exp` knows no launcher by name.
 */

import type { AskedEngine, Where } from '../engine/engines.ts';
import type { Plan, PlannedTrial } from '../experiment/plan.ts';
import type { Store } from '../store/store.ts';
import type { CommandLine } from './command-line.ts';
import type { LaunchEvent, Outcome } from './events.ts';
import type { KnownRecords } from './settled.ts';

/** An option of the command line, as yargs describes one. */
export interface LauncherOption {
  readonly type: 'string' | 'boolean';
  readonly requiresArg?: true;
  readonly describe: string;
}

export type LauncherOptions = Readonly<Record<string, LauncherOption>>;

/** What yargs makes of options. */
export type ArgumentsOf<Options extends LauncherOptions> = {
  readonly [Name in keyof Options]?: Options[Name]['type'] extends 'boolean' ? boolean : string;
};

/** The arguments of `exp` that any launcher may read besides its own. */
export interface CommonArguments {
  readonly device: string;
  readonly fresh?: boolean;
  readonly 'fail-fast'?: boolean;
  readonly 'dry-run'?: boolean;
  readonly json?: boolean;
}

export interface Launcher<Given extends CommonArguments = CommonArguments> {
  /** The name of its folder. */
  readonly name: string;
  /** The options that it reads. One that several launchers read is the same object in each of them. */
  readonly options: LauncherOptions;
  /** Those of its options that choose it. Empty for the launcher that is used where no other one is chosen. */
  readonly chosenBy: readonly string[];
  /** Refuses options that do not go together, before anything is done. Throws UsageError of one line. */
  check(given: Given): void;
  /** The launch of a command that `check` let pass. */
  prepare(given: Given, command: CommandLine): Promise<Launch>;
}

/** How one command runs its trials. */
export interface Launch {
  /** Whether trials run on this machine: its device is then chosen before the plan is shown. */
  readonly computesHere: boolean;
  /** Whether trials begin: what they read is then prepared, and the plan is shown. Else the store's folder is not made. */
  readonly beginsTrials: boolean;
  /** Whether it changes the store. */
  readonly writesStore: boolean;
  /** Whether the command ends before its trials do, so that nobody can watch them; absent: it stays. */
  readonly handsOver?: boolean;
  /** The trials that are this command's, where it does not run all of the plan. Throws UsageError. */
  part?(trials: readonly PlannedTrial[]): Part;
  /** The store as this launch uses it, where that is not all of it. Throws UsageError. */
  storeFor?(store: Store, trials: readonly PlannedTrial[]): Store;
  /** Throws UsageError. */
  capacity(trials: readonly PlannedTrial[], where: Where): Capacity;
  /** Whether several trials are to train as one program, which not every engine does; absent: they are not. */
  readonly stacks?: boolean;
  /** Reaches what runs the trials, before anything is written. Throws UsageError. */
  connect?(engine: AskedEngine): Promise<Reached>;
  /** Throws UsageError, and what the store throws. */
  run(run: Run, tell: (event: LaunchEvent) => void, signal: AbortSignal): Promise<LaunchResult>;
  /** What is said at the end instead of the result table. */
  ending?(trials: readonly PlannedTrial[], outcome: Outcome): string;
  /** The command that runs what failed or is missing. */
  goOnCommand(store: Store): string;
  /** The words that send another command to the same place. */
  sameLauncher(store: Store): readonly string[];
}

export interface Part {
  readonly trials: readonly PlannedTrial[];
  /** One line for the plan. */
  readonly note: string;
}

/** How many trials run at once. */
export interface Capacity {
  /** Worker processes; 0 where nobody knows yet. */
  readonly jobs: number;
  /** The most trials of one process that train as one program; 1: each by itself. */
  readonly groupSize: number;
  /** One line for the plan. */
  readonly note?: string;
}

/** What the plan says of a place that was reached. */
export interface Reached {
  readonly device: string;
  readonly jobs: number;
}

/** What is to be run, all of it decided. */
export interface Run {
  readonly plan: Plan;
  readonly store: Store;
  /** What was read of the store. */
  readonly known: KnownRecords;
  /** As it was asked for: what a queue is called after. */
  readonly asked: AskedEngine;
  /** What this machine computes on, and what `auto` may take instead. */
  readonly where: Where & { readonly instead?: Where };
  /** Where prepared sets of pictures lie. */
  readonly data: string;
  readonly capacity: Capacity;
  /** Whether somebody watches the trials: what runs them here then brings glimpses. */
  readonly watched?: boolean;
}

export type LaunchResult = { readonly kind: 'ended'; readonly outcome: Outcome } | HandedOver;

/** The trials are somebody else's now (or would be: `--print`): the command ends with these words. */
export interface HandedOver {
  readonly kind: 'handed-over';
  /** With `--json`. */
  readonly document: object;
  /** Without it. */
  readonly lines: readonly string[];
  /** For stderr. */
  readonly remarks?: readonly string[];
}
