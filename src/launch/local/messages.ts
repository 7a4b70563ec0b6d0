/** Defines the messages between a coordinator and its worker processes (structured clone, so NaN and typed arrays survive). */
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { Progress, TrialContext } from '../../trial/run-trial.ts';
import type { TrialResult } from '../trial-result.ts';

/** Coordinator → worker. */
export type Order =
  | { readonly kind: 'run'; readonly group: TaskGroup }
  /** Checkpoint the trials at work and answer `stopped` for each; an answer that is on its way comes instead. */
  | { readonly kind: 'yield' };

/** A trial and its own folder, which exists. */
export interface Task {
  readonly trial: PlannedTrial;
  readonly folder: string;
}

/** Run these trials at once, then answer for each with one `Answer`, as soon as it is done. */
export interface TaskGroup {
  readonly tasks: readonly Task[];
  /** Whether they train as one vmapped program, even if there is only one. Else there is one task. */
  readonly vmapped: boolean;
  readonly context: Omit<TrialContext, 'onProgress' | 'signal' | 'folder' | 'member'>;
}

export type Answer =
  | { readonly kind: 'result'; readonly result: TrialResult; readonly maxRssBytes: number }
  /** It was told to yield, and its checkpoint is written. */
  | { readonly kind: 'stopped'; readonly maxRssBytes: number }
  /** `runTrial` threw; `usage` where the user can correct the cause. */
  | {
      readonly kind: 'error';
      readonly usage: boolean;
      readonly message: string;
      readonly stack: string;
      readonly maxRssBytes: number;
    };

/** Worker → coordinator. */
export interface Report {
  /** The id of the trial that it is about. */
  readonly id: string;
  readonly content: Answer | { readonly kind: 'progress'; readonly progress: Progress };
}
