/** Forms the documents that `--json` prints: plan, rows, summary. NaN (not defined) becomes null. */
import type { Plan } from '../../experiment/plan.ts';
import type { Outcome } from '../../launch/events.ts';
import type { KnownRecords } from '../../launch/settled.ts';
import { valueAt } from '../../schema/paths.ts';
import { averageWarning } from '../../summary/average.ts';
import { type Columns, columnInfo } from '../../summary/column-info.ts';
import type { Row } from '../../summary/summarise.ts';
import type { Verdict } from '../../summary/verdict.ts';
import type { Setting } from './plan-text.ts';
import type { Searched } from './search-ending.ts';

export interface FinishedRun {
  readonly outcome: Outcome;
  readonly rows: readonly Row[];
  readonly columns: Columns;
  /** Whether what the experiment expects was seen. */
  readonly verdicts: readonly Verdict[];
  readonly seconds: number;
  /** Path of trials.csv. */
  readonly csv: string;
  /** Of a random search. */
  readonly searched?: Searched | undefined;
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
    ...(plan.search && {
      search: {
        seed: plan.search.seed,
        methods: plan.search.methods.map(({ base: _, ...method }) => method),
      },
    }),
  };
}

/** What a run prints: a row a trial, a summary row a method and swept value, how it ended. */
export function runDocument(
  plan: Plan,
  setting: Setting,
  { outcome, rows, columns, verdicts, seconds, csv, searched }: FinishedRun,
) {
  const late = averageWarning(plan.trials.map(({ spec }) => spec));
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
    summary: rows.map(({ example: _, truth: __, metrics, ...row }) => ({
      ...row,
      metrics: withWorst(metrics, columns),
    })),
    warnings: late === undefined ? [] : [late],
    expectations: verdicts,
    ...(searched && { searchResults: searched.results }),
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

/** With the value of the worst seed: null where it is not defined on some. */
function withWorst(metrics: Row['metrics'], columns: Columns) {
  const entries = Object.entries(metrics).map(([name, statistic]) => {
    const info = columnInfo(name, columns);
    return [name, { ...statistic, ...(info.better && { worst: statistic.worst(info) }) }];
  });
  return Object.fromEntries(entries) as Record<string, object>;
}

function head({ experiment, preset, notes }: Plan, { engine, device, jobs }: Setting) {
  return { experiment: experiment.name, claim: experiment.claim, preset, engine, device, jobs, notes };
}

function pick(spec: object, paths: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(paths.map((path) => [path, valueAt(spec, path)]));
}
