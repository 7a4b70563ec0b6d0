/** Judges whether what an experiment expects was seen, in words with the figures: for terminal, JSON and page. */

import { countText, plural } from '../base/number-words.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import type { Expectation, Expectations } from '../schema/expectation.ts';
import type { TrialRecord } from '../store/record.ts';
import { type Columns, columnInfo } from './column-info.ts';
import { type Group, type Grouped, groupTrials } from './groups.ts';
import { type KnownKinds, knownKinds } from './known-kinds.ts';
import { modeCount } from './mode-count.ts';
import { metricText } from './number-format.ts';

export interface Verdict {
  readonly method: string;
  readonly metric: string;
  readonly expected: Bound;
  /** `unjudged`: the trials are none of the experiment as it was declared, or none is done. */
  readonly state: 'seen' | 'partly' | 'not-seen' | 'unjudged';
  readonly says: string;
}

/** What is expected of a final value. */
export interface Bound {
  readonly kind: 'atLeast' | 'atMost' | 'exactly';
  readonly value: number;
}

/** What verdicts are given on: the trials of one experiment. */
export interface Judged extends Pick<Grouped, 'groups' | 'main'> {
  readonly about: { readonly expects: Expectations } | undefined;
  readonly columns?: Columns;
}

/** One for each expectation, in the author's order. */
export function verdicts(judged: Judged): Verdict[] {
  return Object.entries(judged.about?.expects ?? {}).flatMap(([method, values]) =>
    Object.entries(values).map(([metric, expectation]) => {
      const info = columnInfo(metric, judged.columns);
      const wanted = { method, info, bound: boundOf(expectation, info) };
      return { method, metric, expected: wanted.bound, ...verdict(judged, wanted) };
    }),
  );
}

/** The verdicts on the records of a run, before there is a report. */
export function verdictsOn(
  about: { readonly expects: Expectations },
  records: readonly TrialRecord[],
  { columns, truthOf }: KnownKinds = knownKinds(),
): Verdict[] {
  const trials = records.map((record) => ({ record, seed: record.spec.seed, truth: truthOf(record.spec.data) }));
  return verdicts({ about, columns, ...groupTrials(trials) });
}

export function boundOf(expectation: Expectation, { better }: ColumnInfo): Bound {
  if (typeof expectation === 'number') {
    const kind = better === 'more' ? 'atLeast' : better === 'less' ? 'atMost' : 'exactly';
    return { kind, value: expectation };
  }
  if ('atLeast' in expectation) return { kind: 'atLeast', value: expectation.atLeast };
  if ('atMost' in expectation) return { kind: 'atMost', value: expectation.atMost };
  return { kind: 'exactly', value: expectation.exactly };
}

interface Wanted {
  readonly method: string;
  readonly info: ColumnInfo;
  readonly bound: Bound;
}

function verdict(judged: Judged, wanted: Wanted): Pick<Verdict, 'state' | 'says'> {
  const declared = [...judged.main, ...judged.groups].filter(({ asDeclared }) => asDeclared);
  const group = declared.find(({ method }) => method === wanted.method);
  if (group === undefined) return unjudged(judged, wanted);
  const met = countMet(group, wanted);
  const total = group.trials.length;
  return {
    state: met === total ? 'seen' : met > 0 ? 'partly' : 'not-seen',
    says: [figures(group, wanted, met), lost(group), others(judged, group, wanted)].join(''),
  };
}

/** Trials in another setting say something, but not whether the experiment's expectation holds. */
function unjudged({ main, groups }: Judged, wanted: Wanted): Pick<Verdict, 'state' | 'says'> {
  const asked = `Expected of ${wanted.method}: ${expectedText(wanted)}.`;
  const nearest = [...main, ...groups].find(({ method }) => method === wanted.method);
  if (nearest === undefined) return { state: 'unjudged', says: `${asked} There is no trial of it here.` };
  const seen = `${figures(nearest, wanted, countMet(nearest, wanted))}${lost(nearest)}`;
  const why =
    'But its trials here are of a preset or with values set on the command line, and the expectation is of the experiment as declared.';
  return { state: 'unjudged', says: `${asked} ${seen} ${why}` };
}

const countMet = ({ done }: Group, { info, bound }: Wanted): number =>
  done.filter(({ record }) => isMet(record.metrics[info.name], bound)).length;

export function isMet(found: number | undefined, { kind, value }: Bound): boolean {
  if (found === undefined || Number.isNaN(found)) return false;
  return kind === 'atLeast' ? found >= value : kind === 'atMost' ? found <= value : found === value;
}

/** `bigan-pgp captured 25 of 25 modes on 4 of 5 seeds, 22 on the worst.` */
function figures(group: Group, wanted: Wanted, met: number): string {
  const { info, bound } = wanted;
  const values = group.done.map(({ record }) => record.metrics[info.name] ?? Number.NaN);
  const known = values.filter((value) => !Number.isNaN(value));
  const [worst] = [...known].sort((a, b) => shortfall(b, bound) - shortfall(a, bound));
  const worstIs = known.length < values.length ? 'not defined' : metricText(worst ?? Number.NaN, info);
  const rest = values.length > met ? `, ${worstIs} on the worst` : '';
  const on = `on ${met} of ${plural(group.trials.length, 'seed')}${rest}.`;
  const modes = modeCount(group.trials, info);
  if (modes === undefined || bound.value > modes) return `${group.method} reached ${expectedText(wanted)} ${on}`;
  const isEnd = bound.kind === 'exactly' || bound.value === (bound.kind === 'atLeast' ? modes : 0);
  const verb = info.title.split(' ').at(-1); // modes captured, modes reconstructed
  return `${group.method} ${verb} ${isEnd ? '' : kindText[bound.kind]}${countText(bound.value)} of ${countText(modes)} modes ${on}`;
}

const kindText = { atLeast: 'at least ', atMost: 'at most ', exactly: 'exactly ' } as const;

/** How far a value is from what was expected. */
function shortfall(found: number, { kind, value }: Bound): number {
  return kind === 'atLeast' ? value - found : kind === 'atMost' ? found - value : Math.abs(found - value);
}

function lost({ trials }: Group): string {
  const counts = (['diverged', 'failed'] as const).map((status) => {
    const count = trials.filter(({ record }) => record.status === status).length;
    return count === 0 ? '' : `${count} ${status}`;
  });
  const said = counts.filter((text) => text !== '');
  return said.length === 0 ? '' : ` Of its trials ${said.join(' and ')}.`;
}

/** Whoever else reaches it takes away from what a claim says of one method, so it is said. */
function others({ main }: Judged, group: Group, wanted: Wanted): string {
  const rivals = main.filter(({ method }) => method !== group.method);
  const reached = rivals.filter((rival) => countMet(rival, wanted) === rival.trials.length);
  if (rivals.length === 0) return '';
  const names = reached.map(({ method, trials }) => `${method} (${trials.length} of ${plural(trials.length, 'seed')})`);
  return names.length === 0
    ? ' No other method here did so on every seed.'
    : ` So did ${names.join(', ')}: this alone does not set ${group.method} apart.`;
}

function expectedText({ info, bound: { kind, value } }: Wanted): string {
  if (info.outOf) return `${kind === 'atMost' ? kindText.atMost : ''}${countText(value)} ${info.title}`;
  return `${info.title} of ${kindText[kind]}${metricText(value, info)}`;
}
