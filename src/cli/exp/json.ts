/** Forms the documents that `--json` prints: plan, rows, summary. NaN (not defined) becomes null. */
import type { Plan } from '../../experiment/plan.ts';
import type { Outcome } from '../../launch/events.ts';
import type { KnownRecords } from '../../launch/settled.ts';
import { valueAt } from '../../schema/paths.ts';
import type { Row } from '../../summary/summarise.ts';
import type { Verdict } from '../../summary/verdict.ts';
import type { Setting } from './plan-text.ts';

export interface FinishedRun {
  readonly outcome: Outcome;
  readonly rows: readonly Row[];
  /** Whether what the experiment expects was seen. */
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
  /** Path of trials.csv. */
  readonly csv: string;
}

/** What `--dry-run --json` prints. */
export function planDocument(plan: Plan, known: KnownRecords, setting: Setting) {
  return {
    ...head(plan, setting),
    plan: plan.trials.map(({ id, hash, spec, varied }) => ({
      id,
      method: spec.method,
      seed: spec.seed,
      varied: pick(spec, varied),
      spec: hash.slice(0, 8),
      status: known.get(hash)?.status ?? 'missing',
    })),
  };
}

/** What a run prints: a row a trial, a summary row a method and swept value, how it ended. */
export function runDocument(plan: Plan, setting: Setting, { outcome, rows, verdicts, seconds, csv }: FinishedRun) {
  const known = new Map(outcome.records.map((record) => [record.hash, record]));
  const of = (status: string) => outcome.records.filter((record) => record.status === status).length;
  return {
    ...planDocument(plan, known, setting),
    rows: outcome.records.map(({ spec, hash, versions: _, timings: __, ...record }) => ({
      ...record,
      method: spec.method,
      seed: spec.seed,
      varied: pick(spec, record.varied),
      spec: hash.slice(0, 8),
    })),
    summary: rows.map(({ example: _, truth: __, ...row }) => row),
    expectations: verdicts,
    outcome: {
      stopped: outcome.stopped ?? null,
      done: of('done'),
      diverged: of('diverged'),
      failed: of('failed'),
      missing: plan.trials.length - outcome.records.length,
      seconds,
      workerMaxRssBytes: outcome.maxRssBytes,
      csv,
    },
  };
}

function head({ experiment, preset, notes }: Plan, { engine, device, jobs }: Setting) {
  return { experiment: experiment.name, claim: experiment.claim, preset, engine, device, jobs, notes };
}

function pick(spec: object, paths: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(paths.map((path) => [path, valueAt(spec, path)]));
}
