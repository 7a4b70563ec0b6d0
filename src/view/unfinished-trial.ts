/** Shows a trial that is still at work as one of the store: with what it logged so far, and a record of that. */
import type { ResolvedSpec } from '../catalogue/spec.ts';
import type { Truth } from '../datasets/data-kind.ts';
import type { ReportTrial } from '../report/report-data.ts';
import type { HistoryRow } from '../store/history.ts';
import type { TrialRecord } from '../store/record.ts';

export interface AtWork {
  readonly id: string;
  readonly hash: string;
  readonly spec: ResolvedSpec;
  readonly preset: string;
  readonly varied: readonly string[];
  readonly steps: number;
  readonly history: readonly HistoryRow[];
}

/** `failed` until it ends: groups count it among no results. */
export function unfinishedTrial({ history, ...known }: AtWork, truth: Truth): ReportTrial {
  const record: TrialRecord = {
    ...known,
    status: 'failed',
    wallSeconds: 0,
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    ...{ engine: '', device: '', versions: {}, commit: '', host: '', finishedAt: '' },
    metrics: {},
  };
  return {
    ...{ record, seed: known.spec.seed, truth, history },
    ...{ samples: undefined, losses: undefined, landscape: undefined, lines: undefined, film: undefined },
    ...{ modes: undefined, occupancy: undefined },
    sheet: async () => undefined,
  };
}
