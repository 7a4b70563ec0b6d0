import { describe, expect, it } from 'vitest';
import { resultTable } from '../../../src/cli/screen/table.ts';
import { summarise } from '../../../src/summary/summarise.ts';
import { pictureRecord, pictureSpec } from '../../report/picture-store.ts';
import { recordOf, specOf } from '../records.ts';

const metrics = {
  modesCaptured: 25,
  modesWellCaptured: 24,
  highQuality: 0.8531,
  reverseKL: 0.0512,
  slicedW2: 0.127,
  'raw.modesCaptured': 23,
};
const methods = ['gan', 'bigan-pgp'] as const;
const records = methods.flatMap((method) =>
  [0, 1].map((seed) => recordOf(specOf(method, seed), { ...metrics, modesCaptured: 24 + seed })),
);
const widths = (text: string) => text.split('\n').map((line) => line.length);

describe('resultTable', () => {
  it('reads as a table: two lines of heads, a rule, a row a method', () => {
    expect(resultTable(summarise(records, []), [], 100)).toBe(
      [
        '               modes  worst       well       high     reverse      sliced        raw    s a',
        'method         of 25   seed   captured  quality %          KL          W2      modes  trial',
        '─────────  ─────────  ─────  ─────────  ─────────  ──────────  ──────────  ─────────  ─────',
        'gan        24.5 ±0.5     24  24.0 ±0.0  85.3 ±0.0  0.05 ±0.00  0.13 ±0.00  23.0 ±0.0   12.5',
        'bigan-pgp  24.5 ±0.5     24  24.0 ±0.0  85.3 ±0.0  0.05 ±0.00  0.13 ±0.00  23.0 ±0.0   12.5',
      ].join('\n'),
    );
  });

  it.each([60, 80, 100, 120])('is never wider than %d columns', (width) => {
    expect(Math.max(...widths(resultTable(summarise(records, []), [], width)))).toBeLessThanOrEqual(width);
  });

  it('keeps modes and quality longest where room is short', () => {
    const text = resultTable(summarise(records, []), [], 50);
    expect(text).toContain('modes');
    expect(text).toContain('quality');
    expect(text).not.toContain('sliced');
  });

  it('shows a measure that a method lacks as a dash', () => {
    const mixed = [recordOf(specOf('gan', 0), metrics), recordOf(specOf('encoder-only', 0), { latentKS: 0.031 })];
    const rows = resultTable(summarise(mixed, []), [], 100).split('\n');
    expect(rows.find((line) => line.startsWith('encoder-only'))).toMatch(/–.*0\.031/);
  });

  it('counts diverged and failed trials in columns of their own, and seeds where rows differ', () => {
    const lost = [...records, recordOf(specOf('gan', 2), {}, { status: 'diverged' })];
    const [, head, , gan, pgp] = resultTable(summarise(lost, []), [], 120).split('\n');
    expect(head).toMatch(/^method {5}seeds {2}diverged/);
    expect(gan).toMatch(/^gan +2 +1 /);
    expect(pgp).toMatch(/^bigan-pgp +2 +0 /);
  });

  it('says out of how many modes in the cells where the data was swept', () => {
    const grids = [3, 5].map((side) =>
      recordOf(specOf('gan', 0, { data: { kind: 'gaussian-grid', side, spacing: 2, std: 0.05, heavy: 0, scale: 1 } }), {
        modesCaptured: side * side - 1,
      }),
    );
    const text = resultTable(summarise(grids, ['data.side']), ['data.side'], 100);
    expect(text).toContain('8.0/9');
    expect(text).toContain('24.0/25');
  });

  it('says of how many seeds a mean is, and which worst seed is not defined', () => {
    const records = [9, Number.NaN, 11].map((modesCaptured, seed) => recordOf(specOf('gan', seed), { modesCaptured }));
    expect(resultTable(summarise(records, []), [], 100)).toMatch(/^gan +10\.0 ±1\.0 \(2 of 3\) +not defined /m);
  });

  it('shows the raw weights first where their average lags behind', () => {
    const training = { ...specOf('gan', 0).training, average: 0.998, steps: 400 };
    const metrics = { modesCaptured: 0, highQuality: 0, 'raw.modesCaptured': 5, 'raw.highQuality': 0.02 };
    const rows = summarise([recordOf(specOf('gan', 0, { training }), metrics)], []);
    expect(resultTable(rows, [], 100)).toMatch(/raw modes +worst +raw high.*\n.*\n.*\ngan +5\.0 +5 +2\.0 +0\.0/);
    expect(resultTable(rows, [], 40)).toMatch(/^gan +5\.0 +5 +2\.0$/m);
  });

  it('tells two varied paths with the same last part apart', () => {
    const varied = ['penalty.weight', 'reconstruction.weight'];
    const text = resultTable(summarise([recordOf(specOf('bigan-pgp', 0), metrics)], varied), varied, 100);
    expect(text).toMatch(/penalty +reconstruction/);
  });

  it('ends with what real data score, where records say so', () => {
    const judged = (method: 'gan' | 'bigan', seed: number) => pictureRecord(pictureSpec(method, seed));
    const text = resultTable(summarise([judged('gan', 0), judged('gan', 1), judged('bigan', 0)], []), [], 100);
    expect(text.split('\n').slice(2)).toEqual([
      '─────────  ─────  ────────  ─────  ─────────  ───────────  ────────  ─────',
      'gan            2  2.0 ±0.0      2  10.0 ±0.0  40.50 ±0.50  2.0 ±0.0   12.5',
      'bigan          1       2.0      2       10.0        40.00       2.0   12.5',
      'real data         3.0 ±0.0          1.5 ±0.5   1.50 ±0.50  3.0 ±0.0',
    ]);
  });

  it('has no column for a metric that nobody describes, whatever way would be better', () => {
    const text = resultTable(summarise([recordOf(specOf('gan', 0), { ...metrics, neverHeardOf: 7 })], []), [], 200);
    expect(text).not.toContain('neverHeardOf');
  });

  it('does not say of how many modes where nobody knows', () => {
    const text = resultTable(summarise([pictureRecord(pictureSpec('gan', 0))], []), [], 100);
    expect(text).not.toMatch(/undefined|of \d|\//);
  });
});
