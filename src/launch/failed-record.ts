/** The record of a trial that no process could finish. */
import { hostname } from 'node:os';
import type { PlannedTrial } from '../experiment/plan.ts';
import type { TrialRecord } from '../store/record.ts';

/** How far a failed trial came. */
export interface Failure {
  /** One line. */
  readonly reason: string;
  readonly steps: number;
  readonly wallSeconds: number;
}

/** A `failed` record: no metrics, and the reason in one line. `now` is when it failed. */
export function failedRecord(
  { id, hash, spec, preset, varied }: PlannedTrial,
  where: { readonly engine: string; readonly device: string },
  { reason, steps, wallSeconds }: Failure,
  now: Date,
): TrialRecord {
  return {
    id,
    hash,
    spec,
    preset,
    varied,
    status: 'failed',
    steps,
    wallSeconds,
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    engine: where.engine,
    device: where.device,
    reason: oneLine(reason),
    metrics: {},
    versions: { node: process.versions.node },
    commit: '',
    host: hostname(),
    finishedAt: now.toISOString(),
  };
}

/** The first line of a message that may have many. */
export function oneLine(message: string): string {
  return (message.split('\n').find((line) => line.trim() !== '') ?? 'unknown fault').trim();
}
