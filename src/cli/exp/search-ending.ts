/** Keeps what a search's draws reached, in search.json, and says which setting of each method is the best. */
import { none, plural } from '../../base/number-words.ts';
import { finiteOrNull } from '../../base/representable.ts';
import { joinWords } from '../../base/shell-words.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { PlannedSearch, Rung } from '../../experiment/search/planned-search.ts';
import type { Outcome } from '../../launch/events.ts';
import { isThere } from '../../launch/settled.ts';
import type { ColumnInfo } from '../../schema/column-info.ts';
import type { TrialRecord } from '../../store/record.ts';
import { ownSeconds } from '../../store/record.ts';
import { addSearch, type Search } from '../../store/search-file.ts';
import type { Store } from '../../store/store.ts';
import { judgedColumns } from '../../summary/column-info.ts';
import { type KnownKinds, knownKinds } from '../../summary/known-kinds.ts';
import { metricText } from '../../summary/number-format.ts';
import { betterHalf, keepingAll, type MethodResult, searchResults, stoppedNote } from '../../summary/search-results.ts';
import { duration, hung, wrap } from '../screen/format.ts';
import { plainTable } from '../screen/plain-table.ts';

/** What a search knows at the end of a run. */
export interface Searched {
  readonly search: Search;
  /** They judge a draw, the first one before the others. */
  readonly columns: readonly ColumnInfo[];
  readonly results: readonly MethodResult[];
}

/** Writes search.json beside the trials and judges the draws of all methods in it. */
export async function keepSearch(
  planned: PlannedSearch,
  records: readonly TrialRecord[],
  store: Store,
  kinds: KnownKinds,
): Promise<Searched> {
  const names = new Set(records.flatMap(({ metrics }) => Object.keys(metrics)));
  const judging = judgedColumns(names, kinds.columns);
  const first = judging.filter(({ name }) => name === planned.by);
  const columns = [...new Set([...first, ...judging])].map(({ terminal: _, rawTerminal: __, ...info }) => info);
  const search = await addSearch(store.path, { of: planned.of, columns }, searchOf(planned, records, columns, kinds));
  return { search, columns, results: searchResults(search, columns) };
}

/**
 * What comes after a rung of successive halving: its better half. `undefined` where nothing does, or a trial of the rung is
 * missing or failed, so that draws cannot be compared.
 */
export async function nextRung(
  { experiment, search, trials }: Plan,
  { records, stopped }: Outcome,
  store: Store,
): Promise<Rung | undefined> {
  const there = records.filter(isThere);
  if (!search?.stops?.length || stopped !== undefined || there.length < trials.length) return undefined;
  const specs = trials.map(({ spec }) => spec);
  const kinds = knownKinds(experiment.catalogue, specs);
  const { search: kept, columns } = await keepSearch(search, there, store, kinds);
  const took = new Map(search.methods.map(({ method, draws }) => [method, draws.map(({ draw }) => draw)]));
  const draws = betterHalf(kept, columns, took);
  return [...draws.values()].some(({ size }) => size > 0) ? { stops: search.stops.slice(1), draws } : undefined;
}

function searchOf(
  planned: PlannedSearch,
  records: readonly TrialRecord[],
  columns: readonly ColumnInfo[],
  { truthOf }: KnownKinds,
): Search {
  const byHash = new Map(records.map((record) => [record.hash, record]));
  const modes = records[0] && truthOf(records[0].spec.data).modes?.count;
  const trialOf = (record: TrialRecord, status: 'done' | 'diverged') => ({
    ...{ seed: record.spec.seed, id: record.id, status, steps: record.steps, seconds: ownSeconds(record) },
    metrics: Object.fromEntries(columns.map(({ name }) => [name, finiteOrNull(record.metrics[name])])),
  });
  return {
    ...{ preset: planned.preset, set: [...planned.set], space: [...planned.space], seed: planned.seed },
    seeds: [...planned.seeds].sort((a, b) => a - b),
    ...(planned.steps !== undefined && { steps: planned.steps }),
    ...(modes !== undefined && { modes }),
    methods: planned.methods.map(({ method, space, base, draws }) => ({
      ...{ method, space: { ...space }, base },
      draws: draws.map(({ draw, settings, hashes }) => ({
        ...{ draw, settings: { ...settings } },
        trials: hashes
          .flatMap((hash) => byHash.get(hash) ?? [])
          .flatMap((record) => (record.status === 'failed' ? [] : [trialOf(record, record.status)]))
          .sort((a, b) => a.seed - b.seed),
      })),
    })),
  };
}

/** A row a method with its best draw, then the settings. */
export function searchText(searched: Searched, width: number): string {
  const { search, columns, results } = searched;
  const [first] = results;
  if (first === undefined || first.counted === 0)
    return 'No draw has ended for every method, so there is nothing to compare.';
  const shown = columns.slice(0, 3);
  const seeds = `${search.seeds.length === 1 ? 'seed' : 'seeds'} ${search.seeds.join(', ')}`;
  const best = results.flatMap(({ method, ranked: [one] }) => (one === undefined ? [] : [{ method, ...one }]));
  return [
    searchTable(searched, shown),
    '',
    wrap(
      `Best of ${plural(first.counted, 'draw')} of each method (${seeds}): by ${columns[0]?.title}${columns.length > 1 ? `, where that ties by ${columns[1]?.title}, and so on` : ''}. It is the best of many, on the seeds that chose it: run it on others with --tuned.`,
      width,
    ),
    ...stoppedNote(results).map((line) => wrap(line, width)),
    ...beyondNote(results, width),
    '',
    ...best.map(({ method, settings }) => hung(`${method}: `, assignments(settings).join(' '), width)),
  ].join('\n');
}

const assignments = (settings: Readonly<Record<string, string>>): string[] =>
  Object.entries(settings).map(([path, text]) => joinWords([`${path}=${text}`]));

function beyondNote(results: readonly MethodResult[], width: number): string[] {
  const ahead = results.filter(({ beyond }) => beyond > 0);
  if (ahead.length === 0) return [];
  const names = ahead.map(({ method, beyond }) => `${method} (${beyond})`).join(', ');
  return [wrap(`Draws that others lack yet do not count: ${names}.`, width)];
}

function searchTable({ results, search, columns }: Searched, shown: readonly ColumnInfo[]): string {
  const of = results.some((one) => keepingAll(one, search.modes, columns) !== undefined) ? search.modes : undefined;
  const heads = [
    'method',
    'draws',
    ...(of === undefined ? [] : [`keep all ${of}`]),
    ...shown.map(({ title }, at) => (at === 0 ? `best: ${title}` : title)),
    'time',
  ];
  const rows = results.map((result) => [
    result.method,
    String(result.counted),
    ...(of === undefined ? [] : [String(keepingAll(result, of, columns) ?? none)]),
    ...shown.map((info) => metricText(result.ranked[0]?.values[info.name] ?? Number.NaN, info)),
    duration(result.seconds),
  ]);
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const rule = widths.map((wide) => '─'.repeat(wide));
  return plainTable(
    [heads, rule, ...rows],
    heads.map((_, at) => (at === 0 ? 'left' : 'right')),
  );
}
