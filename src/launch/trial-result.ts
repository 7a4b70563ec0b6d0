/** Completes the result of a trial to its record: the plan holds the rest. */
import { hostname } from 'node:os';
import { messageOf } from '../base/one-line.ts';
import type { PlannedTrial } from '../experiment/plan.ts';
import { plainTexts, type TrialRecord } from '../store/record.ts';

/** A record without what its plan says already. */
export type TrialResult = Omit<TrialRecord, 'id' | 'hash' | 'spec' | 'preset' | 'varied'>;

/** A trial's record. Its spec is the plan's own object, which thousands of trials share. */
export function completeRecord(
  { id, hash, spec, preset, varied, origin }: PlannedTrial,
  result: TrialResult,
): TrialRecord {
  return { id, hash, spec, preset, varied, ...plainTexts(result), ...(origin && { origin }) };
}

export function resultOf(record: TrialRecord): TrialResult {
  const { id, hash, spec, preset, varied, ...result } = record;
  return result;
}

/** How far a failed trial came. */
export interface Failure {
  /** One line. */
  readonly reason: string;
  readonly steps: number;
  readonly wallSeconds: number;
}

/** The record of a trial that no process could finish: no metrics, and the reason in one line. `now` is when it failed. */
export function failedRecord(
  trial: PlannedTrial,
  where: { readonly engine: string; readonly device: string },
  { reason, steps, wallSeconds }: Failure,
  now: Date,
): TrialRecord {
  return completeRecord(trial, {
    status: 'failed',
    steps,
    wallSeconds,
    timings: { capture: 0, compile: 0, train: 0, evaluate: 0, write: 0 },
    engine: where.engine,
    device: where.device,
    reason: messageOf(reason),
    metrics: {},
    versions: { node: process.versions.node },
    commit: '',
    host: hostname(),
    finishedAt: now.toISOString(),
  });
}
