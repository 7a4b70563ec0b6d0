/** Defines what a launch tells whoever shows its progress, and what it ends with. */
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../store/record.ts';
import type { Progress } from '../trial/run-trial.ts';

export type TrialEvent =
  /** Its record was in the store already, or another run that shares the store brought it. */
  | { readonly kind: 'found'; readonly trial: PlannedTrial; readonly record: TrialRecord }
  /** Another live run is at work on it (`holder`: its process and lock); it is asked for again until that run has finished or died. */
  | { readonly kind: 'elsewhere'; readonly trial: PlannedTrial; readonly holder: string }
  | { readonly kind: 'started'; readonly trial: PlannedTrial }
  | { readonly kind: 'progress'; readonly trial: PlannedTrial; readonly progress: Progress }
  /** Its worker process died; it is tried once more. */
  | { readonly kind: 'died'; readonly trial: PlannedTrial; readonly reason: string }
  /** Its worker gave it back; it waits for another. */
  | { readonly kind: 'waiting'; readonly trial: PlannedTrial }
  /** A worker said why it cannot take part. */
  | { readonly kind: 'refused'; readonly trial: PlannedTrial; readonly host: string; readonly reason: string }
  /** Its code threw; `trace` is the file with the stack. The trial ends as failed. */
  | { readonly kind: 'faulted'; readonly trial: PlannedTrial; readonly trace: string }
  | { readonly kind: 'ended'; readonly trial: PlannedTrial; readonly record: TrialRecord };

export type LaunchEvent =
  | TrialEvent
  /** So many trials run at once from now on. */
  | { readonly kind: 'slots'; readonly count: number }
  /** A line for the user: workers came or went, a server is away. */
  | { readonly kind: 'notice'; readonly text: string };

export interface Outcome {
  /** Records of the planned trials, in the plan's order; without those that were not reached. */
  readonly records: readonly TrialRecord[];
  /** Set where not every trial was reached: by the caller's signal, or at the first failure where that was asked for. */
  readonly stopped?: 'interrupted' | 'failure';
  /** The largest resident memory that a worker process reached; 0 where none was needed. */
  readonly maxRssBytes: number;
}
