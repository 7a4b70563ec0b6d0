/** Says what scores compare with: which data they are of, what judged them, on how many examples, by which settings of metrics. */

import { countText, listed } from '../base/number-words.ts';
import { isPictures } from '../catalogue/truth.ts';
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
  return [enginesText(records), ...data, apart, ...judged, several, ...amounts].filter((text) => text !== '');
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

function enginesText(records: readonly TrialRecord[]): string {
  const engines = unique(records.map(({ engine, device }) => `${engine} on ${device}`)).sort();
  if (engines.length < 2) return '';
  return `Trials ran on ${listed(engines)}, which round differently: their means compare, single trials do not.`;
}

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
