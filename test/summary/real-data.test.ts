/** Real data against real data: a row of its own, a value a seed, apart where data or scorer differ. */
import { describe, expect, it } from 'vitest';
import type { ReportTrial } from '../../src/report/report-data.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { columnInfo, judgedColumns } from '../../src/summary/column-info.ts';
import { groupTrials } from '../../src/summary/groups.ts';
import { realRows, realScores } from '../../src/summary/real-data.ts';
import { tableColumns } from '../../src/summary/summarise.ts';
import { pictureTrial } from '../report/figures/picture-data.ts';
import { pictureRecord, pictureRecords, pictureSpec } from '../report/picture-store.ts';
import { sampleRecords } from '../report/sample-store.ts';

const [trial] = [pictureTrial('gan', 0, {})];
const trialsOf = (records: readonly TrialRecord[]): ReportTrial[] =>
  records.map((record) => ({ ...trial, record, seed: record.spec.seed }));
const rowsOf = (records: readonly TrialRecord[]) => {
  const { groups } = groupTrials(trialsOf(records));
  return realRows(groups, tableColumns(groups));
};

describe('realRows', () => {
  it('has the mean over seeds, each seed once however many methods saw its data', () => {
    const [row, ...more] = rowsOf(pictureRecords());
    expect(more).toEqual([]);
    expect(row?.label).toBe('real data');
    // fidReal is 1 + seed, on seeds 0 and 1, for two methods
    expect(row?.metrics.fid).toMatchObject({ mean: 1.5, seeds: 2, min: 1, max: 2 });
    expect(row?.metrics.attributeGap?.mean).toBeCloseTo(0.015, 12);
    expect(row?.metrics['raw.modesCaptured']?.mean).toBe(3);
  });

  it('is not there where no measure has such a value', () => {
    expect(rowsOf(sampleRecords())).toEqual([]);
  });

  it('leaves trials that are not done out', () => {
    const lost = pictureRecord(pictureSpec('gan', 1), { status: 'diverged', reason: 'NaN' });
    expect([...realScores(groupTrials(trialsOf([pictureRecord(pictureSpec('gan', 0)), lost])).groups, 'fid')]).toEqual([
      [0, 1],
    ]);
  });

  it('keeps data apart that differ, by the value that was swept', () => {
    const records = [16, 32].flatMap((size) =>
      (['gan', 'bigan'] as const).map((method) =>
        pictureRecord(pictureSpec(method, 0, { data: { kind: 'images', set: 'traffic', size } }), {
          varied: ['data.size'],
        }),
      ),
    );
    expect(rowsOf(records).map(({ label, settings }) => [label, settings])).toEqual([
      ['real data size 16', { 'data.size': 16 }],
      ['real data size 32', { 'data.size': 32 }],
    ]);
  });
});

describe('metrics of real data', () => {
  it('have words, and judge no method', () => {
    expect(columnInfo('fidReal')).toEqual({
      ...columnInfo('fid'),
      name: 'fidReal',
      title: 'Fréchet distance, real data',
    });
    expect(judgedColumns(['fid', 'fidReal', 'modesCapturedReal'])).toEqual([columnInfo('fid')]);
  });

  it('are none of a metric that nobody knows, which judges nothing either', () => {
    expect(columnInfo('neverHeardOf')).toEqual({
      name: 'neverHeardOf',
      title: 'neverHeardOf',
      unit: 'number',
      digits: 3,
    });
    expect(columnInfo('neverHeardOfReal').title).toBe('neverHeardOfReal');
    expect(judgedColumns(['neverHeardOf', 'lossD', 'sigmaRatio'])).toEqual([]);
  });

  it('do not take the discriminator’s score on real examples for one', () => {
    expect(columnInfo('scoreReal').title).toBe('D on real');
  });
});
