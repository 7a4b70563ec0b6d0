import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import { decodeTrials, encodeTrials } from '../../src/store/trials-csv.ts';
import { recordOf, sampleTrials } from './sample-record.ts';

const plain = sampleTrials('11').map((trial) => recordOf(trial));
const swept = sampleTrials('2', ['penalty.weight=10,9', 'nets.hidden=[8],[8,8]']).map((trial) => recordOf(trial));

describe('trials.csv', () => {
  it('has the columns of the contract, and a row a trial', () => {
    const [first] = plain;
    const { columns, rows } = readCsv(encodeTrials(plain), 'trials.csv');
    expect(columns.join()).toBe(
      'experiment,method,seed,preset,spec,status,steps,wallSeconds,engine,device,modesCaptured,highQuality,stdRatio',
    );
    expect(rows).toHaveLength(22);
    expect([...(rows[0]?.values() ?? [])]).toEqual([
      'sample',
      'gan',
      '0',
      'default',
      first?.hash.slice(0, 8),
      'done',
      '1000',
      '1.5',
      'onnx',
      'cpu',
      '0',
      '0.30000000000000004',
      '',
    ]);
  });

  it('prints a line once, however often the table is written and whatever is added', () => {
    let printed = 0;
    const counted = plain.map((record) => ({
      ...record,
      get steps() {
        printed += 1;
        return 1000;
      },
    }));
    for (let count = 1; count <= counted.length; count++) encodeTrials(counted.slice(0, count));
    expect(printed).toBe(counted.length);
  });

  it('sorts by method, varied values as numbers, then seed as a number', () => {
    const { columns, rows } = readCsv(encodeTrials(swept), 'trials.csv');
    expect(columns.slice(3, 7)).toEqual(['preset', 'nets.hidden', 'penalty.weight', 'spec']);
    const cells = rows.map((row) =>
      ['method', 'nets.hidden', 'penalty.weight', 'seed'].map((name) => row.get(name)).join(' '),
    );
    expect(cells.slice(0, 2)).toEqual(['gan [8,8]  0', 'gan [8,8]  1']);
    expect(cells.slice(4, 9)).toEqual([
      'bigan-pgp [8,8] 9 0',
      'bigan-pgp [8,8] 9 1',
      'bigan-pgp [8,8] 10 0',
      'bigan-pgp [8,8] 10 1',
      'bigan-pgp [8] 9 0',
    ]);
    expect(
      readCsv(encodeTrials(plain), 'x')
        .rows.map((row) => row.get('seed'))
        .slice(0, 11),
    ).toEqual(Array.from({ length: 11 }, (_, seed) => String(seed)));
  });

  it('shows a swept value for trials that were run without the sweep', () => {
    const { rows } = readCsv(encodeTrials([...plain, ...swept]), 'trials.csv');
    expect(
      rows.find((row) => row.get('method') === 'bigan-pgp' && row.get('seed') === '7')?.get('penalty.weight'),
    ).toBe('1');
    expect(rows.find((row) => row.get('method') === 'gan')?.get('penalty.weight')).toBe('');
  });

  it('has the same bytes in whatever order records come', () => {
    const all = [...plain, ...swept.map((record) => ({ ...record, metrics: { ...record.metrics, extra: 1 } }))];
    const text = encodeTrials(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(encodeTrials(shuffled)).toBe(text);
        expect(encodeTrials(structuredClone(shuffled))).toBe(text);
      }),
      { numRuns: 30 },
    );
  });

  it('has a column of floating-point operations where a trial says them', () => {
    const text = encodeTrials(plain.map((record, at) => (at === 0 ? { ...record, flops: 1.5e12 } : record)));
    const { columns } = readCsv(text, 'trials.csv');
    expect(columns.slice(columns.indexOf('device'), columns.indexOf('modesCaptured'))).toEqual(['device', 'flops']);
    const rows = decodeTrials(text, 'trials.csv');
    expect(rows.map((row) => row.flops)).toEqual([1.5e12, ...Array(plain.length - 1).fill(undefined)]);
    expect(rows[0]?.metrics).not.toHaveProperty('flops');
  });

  it('prints lines again when columns come or go', () => {
    const alone = encodeTrials(plain);
    encodeTrials([...plain, ...swept]);
    expect(encodeTrials(plain)).toBe(alone);
  });

  it('is read back as it was written, but for the specs', () => {
    const rows = decodeTrials(encodeTrials(swept), 'trials.csv');
    const records = new Map(swept.map((record) => [record.hash.slice(0, 8), record]));
    expect(rows).toHaveLength(swept.length);
    for (const { spec, method, seed, values: _, origin, ...row } of rows) {
      expect(origin).toEqual({});
      const record = records.get(spec);
      expect(record).toMatchObject({ spec: { method, seed } });
      const defined = Object.entries(record?.metrics ?? {}).filter(([, value]) => !Number.isNaN(value));
      expect({ ...record, metrics: Object.fromEntries(defined) }).toMatchObject(row);
    }
    expect(rows.at(-1)?.values).toEqual([
      { path: 'nets.hidden', text: '[8]' },
      { path: 'penalty.weight', text: '10' },
    ]);
  });

  it('says what trials on files read, so that nobody averages over different data', () => {
    const origin = { says: 'digits', simulated: false, data: 'a'.repeat(64), scorer: 'b'.repeat(64) };
    const [first, second] = plain.map((record, at) => (at === 0 ? { ...record, origin } : record));
    const text = encodeTrials([first, second].filter((record) => record !== undefined));
    expect(text.split('\n')[0]).toContain(',device,origin,');
    expect(decodeTrials(text, 'trials.csv').map((row) => row.origin)).toEqual(
      expect.arrayContaining([{ data: 'aaaaaaaa', scorer: 'bbbbbbbb' }, {}]),
    );
  });

  it('is refused in a line where it is none', () => {
    expect(() => decodeTrials('a,b\n1,2\n', 'x.csv')).toThrow('x.csv: expected a column experiment in the first line');
    const text = encodeTrials(plain).replace(',done,', ',well,');
    expect(() => decodeTrials(text, 'x.csv')).toThrow(
      "x.csv: row 1, status: expected done, diverged or failed, got 'well'",
    );
  });
});
