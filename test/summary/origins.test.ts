/** Trials of one spec on different data, by different scorers, of different code: never one figure over both. */
import { describe, expect, it } from 'vitest';
import { trialId } from '../../src/catalogue/identity.ts';
import type { Origin } from '../../src/catalogue/origin.ts';
import { judgingLines } from '../../src/report/judging.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { groupTrials } from '../../src/summary/groups.ts';
import { knownKinds } from '../../src/summary/known-kinds.ts';
import { apartPaths } from '../../src/summary/origins.ts';
import { realRows } from '../../src/summary/real-data.ts';
import { summarise, tableColumns } from '../../src/summary/summarise.ts';
import { recordOf, specOf } from '../cli/records.ts';
import { pictureTrial } from '../report/figures/picture-data.ts';
import { pictureRecord, pictureSpec } from '../report/picture-store.ts';

const [trial] = [pictureTrial('gan', 0, {})];
const grouped = (records: readonly TrialRecord[]) =>
  groupTrials(records.map((record) => ({ ...trial, record, seed: record.spec.seed })));

const hash = (digit: string): string => digit.repeat(64);
const origin = (data: string, scorer = 'f'): Origin => ({
  ...{ says: `frames (${data.repeat(8)})`, simulated: true },
  ...{ data: hash(data), scorer: hash(scorer) },
});
const seen = (seed: number, what: Origin | undefined, change: Partial<TrialRecord> = {}): TrialRecord => {
  const { origin: _, ...record } = pictureRecord(pictureSpec('gan', seed), { scorer: 'a judge, ffffffff', ...change });
  return { ...record, ...(what && { origin: what, id: trialId(record.spec, record.hash, what) }) };
};
const labels = (records: readonly TrialRecord[]) =>
  grouped(records).groups.map(({ label, trials }) => [label, trials.map(({ seed }) => seed)]);

describe('trials of one spec', () => {
  it('on other data are another group, another row and another row of real data', () => {
    const records = [seen(0, origin('a')), seen(1, origin('b')), seen(2, origin('b'))];
    const { groups, main, swept, apart } = grouped(records);
    expect(labels(records)).toEqual([
      ['gan data aaaaaaaa', [0]],
      ['gan data bbbbbbbb', [1, 2]],
    ]);
    expect([swept, apart]).toEqual([[], ['origin.data']]);
    expect(main).toHaveLength(1);
    const real = realRows(groups, tableColumns(groups));
    expect(real.map(({ label, metrics }) => [label, metrics.fid?.seeds, metrics.fid?.mean])).toEqual([
      ['real data data aaaaaaaa', 1, 1],
      ['real data data bbbbbbbb', 2, 2.5],
    ]);
    expect(apartPaths(records)).toEqual(['origin.data']);
    expect(summarise(records, ['origin.data']).map(({ varied, done }) => [varied, done])).toEqual([
      [{ 'origin.data': 'aaaaaaaa' }, 1],
      [{ 'origin.data': 'bbbbbbbb' }, 2],
    ]);
    expect(judgingLines(records, knownKinds()).join(' ')).toMatch(/frames \(a{8}\).*frames \(b{8}\).*they stand apart/);
  });

  it('judged by another scorer, or guided by another classifier, are too', () => {
    expect(labels([seen(0, origin('a', 'e')), seen(1, origin('a', 'f'))])).toEqual([
      ['gan scorer eeeeeeee', [0]],
      ['gan scorer ffffffff', [1]],
    ]);
    const guided = (seed: number, guide: string) => seen(seed, { ...origin('a'), guide: hash(guide) });
    expect(labels([guided(0, 'c'), guided(1, 'd')]).map(([label]) => label)).toEqual([
      'gan guide cccccccc',
      'gan guide dddddddd',
    ]);
  });

  it('of another version of the experiment’s file are told apart by its first digits', () => {
    const of = (seed: number, code: string) =>
      recordOf(specOf('gan', seed, { code: hash(code) }), { modesCaptured: 9 });
    const records = [of(0, 'a'), of(1, 'b')];
    expect(labels(records).map(([label]) => label)).toEqual(['gan code aaaaaaaa', 'gan code bbbbbbbb']);
    expect(grouped(records).apart).toEqual(['code']);
    expect(apartPaths(records)).toEqual(['code']);
  });

  it('that all saw the same say nothing of it', () => {
    expect(labels([seen(0, origin('a')), seen(1, origin('a'))])).toEqual([['gan', [0, 1]]]);
    expect(apartPaths([seen(0, origin('a')), seen(1, origin('a'))])).toEqual([]);
  });
});

describe('records of earlier versions', () => {
  const words = (data: string): Origin => ({ says: `frames (${data.repeat(8)})`, simulated: true });

  it('join those that they agree with in what they say, unless their seed is there', () => {
    expect(labels([seen(0, words('a')), seen(1, origin('a')), seen(2, origin('a'))])).toEqual([['gan', [0, 1, 2]]]);
    const { scorer: _, ...silent } = seen(0, words('a'));
    expect(labels([silent, seen(1, origin('a'))])).toEqual([['gan', [0, 1]]]);
    expect(labels([silent, seen(0, origin('a'))])).toHaveLength(2);
    expect(labels([seen(0, words('b')), seen(1, origin('a'))])).toHaveLength(2);
    expect(labels([seen(0, words('a'), { scorer: 'a judge, 12345678' }), seen(1, origin('a'))])).toHaveLength(2);
  });

  it('that say nothing are one group among themselves, and apart from those that say something', () => {
    expect(labels([seen(0, undefined), seen(1, undefined)])).toEqual([['gan', [0, 1]]]);
    expect(labels([seen(0, undefined), seen(1, origin('a'))])).toEqual([
      ['gan data aaaaaaaa', [1]],
      ['gan data unknown', [0]],
    ]);
  });
});
