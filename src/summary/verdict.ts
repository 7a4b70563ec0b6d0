/** Whether what an experiment expects was seen, in plain words with the figures. Pure. */

import { countText, plural } from '../base/number-words.ts';
import type { Group, ReportData } from '../report/report-data.ts';
import { type MetricInfo, metricInfo } from './metric-info.ts';
import { modeCount } from './mode-count.ts';
import { metricText } from './number-format.ts';

export interface Verdict {
  /** `unjudged`: the trials are none of the experiment as it was declared, or none is done. */
  readonly state: 'seen' | 'partly' | 'not-seen' | 'unjudged';
  readonly says: string;
}

/** One for each expectation, in the author's order. */
export function verdicts(data: ReportData): Verdict[] {
  return Object.entries(data.about?.expects ?? {}).flatMap(([method, values]) =>
    Object.entries(values).map(([metric, expected]) => verdict(data, method, metricInfo(metric), expected)),
  );
}

function verdict(data: ReportData, method: string, info: MetricInfo, expected: number): Verdict {
  const declared = [...data.main, ...data.groups].filter(({ asDeclared }) => asDeclared);
  const group = declared.find((candidate) => candidate.method === method);
  if (group === undefined) return unjudged(data, method, info, expected);
  const met = group.done.filter(({ record }) => isMet(record.metrics[info.metric], info, expected)).length;
  const total = group.trials.length;
  return {
    state: met === total ? 'seen' : met > 0 ? 'partly' : 'not-seen',
    says: [figures(group, info, expected, met), lost(group), others(data, group, info, expected)].join(''),
  };
}

/** Trials in another setting say something, but not whether the experiment's expectation holds. */
function unjudged({ main, groups }: ReportData, method: string, info: MetricInfo, expected: number): Verdict {
  const wanted = `Expected of ${method}: ${expectedText(info, expected)}.`;
  const nearest = [...main, ...groups].find((candidate) => candidate.method === method);
  if (nearest === undefined) return { state: 'unjudged', says: `${wanted} There is no trial of it here.` };
  const met = nearest.done.filter(({ record }) => isMet(record.metrics[info.metric], info, expected)).length;
  const seen = `${figures(nearest, info, expected, met)}${lost(nearest)}`;
  const why =
    'But its trials here are of a preset or with values set on the command line, and the expectation is of the experiment as declared.';
  return { state: 'unjudged', says: `${wanted} ${seen} ${why}` };
}

function isMet(value: number | undefined, { better }: MetricInfo, expected: number): boolean {
  if (value === undefined) return false;
  return better === 'more' ? value >= expected : value <= expected;
}

/** `bigan-pgp captured 25 of 25 modes on 4 of 5 seeds, 22 on the worst.` */
function figures(group: Group, info: MetricInfo, expected: number, met: number): string {
  const values = group.done.map(({ record }) => record.metrics[info.metric] ?? Number.NaN);
  const known = values.filter((value) => !Number.isNaN(value));
  const worst = info.better === 'more' ? Math.min(...known) : Math.max(...known);
  const rest = known.length > met ? `, ${metricText(worst, info)} on the worst` : '';
  const on = `on ${met} of ${plural(group.trials.length, 'seed')}${rest}.`;
  const modes = info.metric === 'modesCaptured' ? modeCount(group.trials) : undefined;
  if (modes !== undefined && expected <= modes) {
    const few = expected < modes ? 'at least ' : '';
    return `${group.method} captured ${few}${countText(expected)} of ${countText(modes)} modes ${on}`;
  }
  return `${group.method} reached ${expectedText(info, expected)} ${on}`;
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
function others(data: ReportData, group: Group, info: MetricInfo, expected: number): string {
  const rivals = data.main.filter(({ method }) => method !== group.method);
  const reached = rivals.filter(
    ({ trials, done }) =>
      done.length === trials.length && done.every(({ record }) => isMet(record.metrics[info.metric], info, expected)),
  );
  if (rivals.length === 0) return '';
  const names = reached.map(({ method, trials }) => `${method} (${trials.length} of ${plural(trials.length, 'seed')})`);
  return names.length === 0
    ? ' No other method here did so on every seed.'
    : ` So did ${names.join(', ')}: this alone does not set ${group.method} apart.`;
}

function expectedText(info: MetricInfo, expected: number): string {
  const bound = info.better === 'more' ? 'at least' : 'at most';
  return info.metric === 'modesCaptured'
    ? `${countText(expected)} modes captured`
    : `${info.title} of ${bound} ${metricText(expected, info)}`;
}
