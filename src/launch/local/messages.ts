/** What the coordinator and its worker processes say to each other (structured clone, so NaN and typed arrays survive). */
import type { PlannedTrial } from '../../experiment/plan.ts';
import type { TrialRecord } from '../../store/record.ts';
import type { Progress, TrialContext } from '../../trial/run-trial.ts';

/** Coordinator → worker. */
export type Order =
  | { readonly kind: 'run'; readonly assignment: Assignment }
  /** Checkpoint the trials at work and answer `stopped` for each; an answer that is on its way comes instead. */
  | { readonly kind: 'yield' };

/** A trial and its own folder, which exists. */
export interface Errand {
  readonly trial: PlannedTrial;
  readonly folder: string;
}

/** Run these trials at once, then answer for each with one `Answer`, as soon as it is done. */
export interface Assignment {
  readonly errands: readonly Errand[];
  /** Whether they train as one program, be it of one trial. Else there is one errand. */
  readonly stacked: boolean;
  readonly context: Omit<TrialContext, 'onProgress' | 'signal' | 'folder' | 'member'>;
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
export interface Report {
  /** The id of the trial that it is about. */
  readonly id: string;
  readonly says: Answer | { readonly kind: 'progress'; readonly progress: Progress };
}

/** What a module given as `Assignment.module` exports. */
export interface TrialModule {
  readonly runTrial: (trial: PlannedTrial, context: TrialContext) => Promise<TrialRecord>;
}
