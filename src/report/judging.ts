/** Says what scores compare with: which data they are of, what judged them, on how many examples, by which settings of metrics. */

import { countText, listed, plural } from '../base/number-words.ts';
import { isPictures } from '../catalogue/truth.ts';
import { judgedSideNames, judgedSides } from '../metrics/unusable.ts';
import type { TrialRecord } from '../store/record.ts';
import type { KnownKinds } from '../summary/known-kinds.ts';
import { apartPaths } from '../summary/origins.ts';
import type { ReportData } from './report-data.ts';

/** `simulated` where the data that a report compares methods on were made by code, else ''. */
export function simulatedWord({ main }: Pick<ReportData, 'main'>): 'simulated' | '' {
  return main.some(({ trials }) => trials.some(({ record }) => record.origin?.simulated)) ? 'simulated' : '';
}

/** `simulated data`, `data partly simulated`, or ''. */
export function simulatedText(records: readonly TrialRecord[]): string {
  const simulated = records.filter(({ origin }) => origin?.simulated).length;
  if (simulated === 0) return '';
  return simulated === records.length ? 'simulated data' : 'data partly simulated';
}

/**
 * Sentences for below a table: engines where there are several; the data, then what judged how much of it. Of data drawn from a
 * formula nothing but what its metrics depend on.
 */
export function judgingLines(
  records: readonly TrialRecord[],
  { conditionsOf }: Pick<KnownKinds, 'conditionsOf'>,
): string[] {
  const pictures = records.filter(({ spec }) => isPictures(spec.data));
  const data = unique(pictures.map(dataText));
  const scorers = unique(pictures.map(({ scorer }) => scorer ?? ''));
  const amounts = unique(records.map((record) => amountText(record, conditionsOf)));
  const judged = scorers.map((text) => text && `Judged by ${text}.`);
  const apart = apartPaths(records).includes('origin.data')
    ? 'Trials of one setting saw different data here: they stand apart, and their figures do not compare.'
    : '';
  const several = scorers.length > 1 ? 'More than one scorer judged here, and their scores do not compare.' : '';
  return [enginesText(records), ...data, apart, ...judged, several, ...unusableTexts(records), ...amounts].filter(
    (text) => text !== '',
  );
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

function enginesText(records: readonly TrialRecord[]): string {
  const engines = unique(records.map(({ engine, device }) => `${engine} on ${device}`)).sort();
  if (engines.length < 2) return '';
  return `Trials ran on ${listed(engines)}, which round differently: their means compare, single trials do not.`;
}

/** How many pictures a scorer made nothing of, in which trials: why their cells are empty. */
function unusableTexts(records: readonly TrialRecord[]): string[] {
  const found = records.filter(({ unusable }) => unusable);
  if (found.length === 0) return [];
  const samples = found.reduce((sum, { spec }) => sum + spec.evaluation.samples, 0);
  const parts = judgedSideNames.flatMap((side) => {
    const pictures = found.reduce((sum, { unusable }) => sum + (unusable?.[side] ?? 0), 0);
    return pictures === 0 ? [] : [`${countText(pictures)} of ${countText(samples)} ${judgedSides[side]}`];
  });
  const where =
    found.length === records.length ? '' : ` (in ${countText(found.length)} of ${plural(records.length, 'trial')})`;
  const says = unique(found.map(({ unusable }) => (unusable?.says === undefined ? '' : sentence(unusable.says))));
  return [
    `The scorer made nothing of ${listed(parts)}${where}: a feature or probability is not finite, or is no probability. Scores that need it are not defined, and their cells are empty.`,
    ...says,
  ];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function dataText({ origin }: TrialRecord): string {
  if (origin === undefined) return '';
  return `${origin.simulated ? 'Simulated data' : 'Data'}: ${origin.says}.`;
}

function amountText({ spec }: TrialRecord, conditionsOf: KnownKinds['conditionsOf']): string {
  const { evaluation, measures, data } = spec;
  const settings = measures.map((metric) => conditionsOf(metric, evaluation.samples)).filter((text) => text !== '');
  const how = settings.length === 0 ? '' : ` (${listed(settings)})`;
  const samples = `Measured on ${countText(evaluation.samples)} samples`;
  if (!isPictures(data)) return how && `${samples}${how}.`;
  return `${samples} against as many real examples${how}; the row of real data has as many further real ones in the samples’ place.`;
}
