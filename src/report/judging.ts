/**
 * Says what scores of pictures compare with: which data they are of, what judged them, on how many examples. Toy data need none
 * of it.
 */

import { countText, listed } from '../base/number-words.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { isPictures } from '../catalogue/truth.ts';
import type { Section } from '../schema/kind.ts';
import type { TrialRecord } from '../store/record.ts';
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

/** Sentences for below a table: engines where there are several; of pictures the data, then what judged how much of it. */
export function judgingLines(records: readonly TrialRecord[]): string[] {
  const pictures = records.filter(({ spec }) => isPictures(spec.data));
  const data = unique(pictures.map(dataText)).filter((text) => text !== '');
  const scorers = unique(pictures.map(({ scorer }) => scorer ?? ''));
  const amounts = unique(pictures.map(amountText));
  const judged = scorers.filter((text) => text !== '').map((text) => `Judged by ${text}.`);
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

function amountText({ spec: { evaluation, measures } }: TrialRecord): string {
  const settings = measures.map(settingText).filter((text) => text !== '');
  const how = settings.length === 0 ? '' : ` (${listed(settings)})`;
  return `Measured on ${countText(evaluation.samples)} samples against as many real examples${how}; the row of real data has as many further real ones in the samples’ place.`;
}

/** What a metric depends on besides the examples. */
const settingText = (metric: Section): string =>
  builtIn.cards.metrics.find(({ kind }) => kind === metric.kind)?.conditions(metric) ?? '';
