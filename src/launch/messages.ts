/** What the coordinator and its worker processes say to each other (structured clone, so NaN and typed arrays survive). */
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../results/record.ts';
import type { Progress, TrialContext } from '../trial/run.ts';

/** Coordinator → worker. */
export type Order =
  | { readonly kind: 'run'; readonly assignment: Assignment }
  /** Checkpoint the trial at work and answer `stopped`; an answer that is on its way comes instead. */
  | { readonly kind: 'yield' };

/** Run this trial, then answer with one `Answer`. */
export interface Assignment {
  readonly trial: PlannedTrial;
  readonly context: Omit<TrialContext, 'onProgress' | 'signal'>;
  /** URL of the module whose `runTrial` is called. */
  readonly module: string;
}

export type Answer =
  | { readonly kind: 'record'; readonly record: TrialRecord; readonly maxRssBytes: number }
  /** It was told to yield, and its checkpoint is written. */
  | { readonly kind: 'stopped'; readonly maxRssBytes: number }
  /** `runTrial` threw; `usage` where the user can put it right. */
  | {
      readonly kind: 'error';
      readonly usage: boolean;
      readonly message: string;
      readonly stack: string;
      readonly maxRssBytes: number;
    };

/** Worker → coordinator. */
export type Report = Answer | { readonly kind: 'progress'; readonly progress: Progress };

/** What a module given as `Assignment.module` exports. */
export interface TrialModule {
  readonly runTrial: (trial: PlannedTrial, context: TrialContext) => Promise<TrialRecord>;
}
