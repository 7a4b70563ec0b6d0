import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { tableCsv, tableMd } from '../../src/report/tables.ts';
import { groupRow, tableColumns } from '../../src/summary/summarise.ts';
import { pictureRecords, pictureStore, scorer } from './picture-store.ts';
import { dataOf, loadReport, recordOf, sampleRecords, specOf, trialOf } from './sample-store.ts';

const tables = async (records: Parameters<typeof dataOf>[0]) => tablesOf(await dataOf(records));

function tablesOf(data: ReportData) {
  const metrics = tableColumns(data.groups);
  const rows = data.groups.map((group) => groupRow(group));
  return { csv: tableCsv(data, rows, metrics), md: tableMd(data, rows, metrics) };
}

describe('table.md', () => {
  it('reads as the headline table', async () => {
    const { md } = await tables(sampleRecords());
    expect(md.split('\n')).toEqual([
      '# grid25',
      '',
      'BiGAN loses modes; with the pair-wise gradient penalty it keeps all 25 on every seed.',
      '',
      '| method | seeds | modes captured | high quality, % | reverse KL | sliced W2 | modes captured, raw weights | s a trial |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| bigan | 3 | 13.0 ± 0.6; min 12.0; IQM 13.0 [12.0, 14.0] | 63.0 ± 0.6; min 62.0; IQM 63.0 [62.0, 64.0] | 0.24 ± 0.01; max 0.26; IQM 0.24 [0.22, 0.26] | 0.10 ± 0.00; max 0.10; IQM 0.10 [0.10, 0.10] | 12.0 ± 0.6; min 11.0; IQM 12.0 [11.0, 13.0] | 12.5 |',
      '| bigan-pgp | 3 | 25.0 ± 0.0; min 25.0; IQM 25.0 [25.0, 25.0] | 75.0 ± 0.0; min 75.0; IQM 75.0 [75.0, 75.0] | 0.00 ± 0.00; max 0.00; IQM 0.00 [0.00, 0.00] | 0.10 ± 0.00; max 0.10; IQM 0.10 [0.10, 0.10] | 24.0 ± 0.0; min 24.0; IQM 24.0 [24.0, 24.0] | 12.5 |',
      '',
      'Mean ± standard error; worst seed; interquartile mean with its bootstrap 95 % interval (2000 resamples, seed 0). A perfect sampler reaches in 2,500 samples 25.0 modes captured and 98.89 % high quality.',
      '',
    ]);
  });

  it('says of how many seeds a mean is, and that the worst is not defined', async () => {
    const records = [0.25, Number.NaN, 0.75].map((reverseKL, seed) => recordOf(specOf('gan', seed), { reverseKL }));
    const { md, csv } = await tables(records);
    expect(md).toContain('| gan | 3 | 0.50 ± 0.25 (2 of 3); max not defined; IQM 0.50 [0.25, 0.75] |');
    const [row] = readCsv(csv, 'table.csv').rows;
    expect(['mean', 'seeds', 'max', 'worst'].map((part) => row?.get(`reverseKL.${part}`))).toEqual([
      '0.5',
      '2',
      '0.75',
      '',
    ]);
  });

  it('shows the raw weights first where their average lags behind', async () => {
    const short = { training: { ...specOf('gan', 0).training, average: 0.998, steps: 400 } };
    const metrics = { modesCaptured: 0, highQuality: 0, 'raw.modesCaptured': 5, 'raw.highQuality': 0.02 };
    const { md } = await tables([recordOf(specOf('gan', 0, short), metrics)]);
    expect(md).toMatch(/^The moving average of the weights is long against this run/m);
    expect(md).toContain(
      '| method | seeds | modes captured, raw weights | high quality, raw weights, % | modes captured | high quality, % |',
    );
    expect(md).toContain('| gan | 1 | 5.0 | 2.0 | 0.0 | 0.0 |');
  });

  it('keeps presets apart, and names that would be markup from being it', async () => {
    const { md } = await tables([
      trialOf(specOf('gan', 0), 9),
      trialOf(specOf('gan', 0, { loss: 'linear' }), 9, { preset: '<b>|x' }),
    ]);
    expect(md).toContain('| gan (\\<b\\>\\|x) | \\<b\\>\\|x | 1 |');
  });
});

describe('tables of pictures', () => {
  it('end with a row of real data, and say what judged', async () => {
    const { md, csv } = tablesOf(await loadReport(await pictureStore(pictureRecords()), 'frames'));
    const lines = md.split('\n');
    expect(lines[0]).toBe('# frames (simulated data)');
    expect(lines.filter((line) => line.startsWith('| '))).toEqual([
      '| method | seeds | modes captured | attribute gap, % | Fréchet distance | modes captured, raw weights | s a trial |',
      '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
      '| gan | 2 | 2.0 ± 0.0; min 2.0; IQM 2.0 [2.0, 2.0] | 10.0 ± 0.0; max 10.0; IQM 10.0 [10.0, 10.0] | 40.50 ± 0.50; max 41.00; IQM 40.50 [40.00, 41.00] | 2.0 ± 0.0; min 2.0; IQM 2.0 [2.0, 2.0] | 12.5 |',
      '| bigan-pgp | 2 | 3.0 ± 0.0; min 3.0; IQM 3.0 [3.0, 3.0] | 5.0 ± 0.0; max 5.0; IQM 5.0 [5.0, 5.0] | 20.50 ± 0.50; max 21.00; IQM 20.50 [20.00, 21.00] | 2.0 ± 0.0; min 2.0; IQM 2.0 [2.0, 2.0] | 12.5 |',
      '| *real data* |  | 3.0 ± 0.0 | 1.5 ± 0.5 | 1.50 ± 0.50 | 3.0 ± 0.0 |  |',
    ]);
    expect(md).toContain(`Judged by ${scorer}.`);
    const { rows } = readCsv(csv, 'table.csv');
    const real = rows.find((row) => row.get('method') === 'real data');
    expect(rows).toHaveLength(3);
    expect([real?.get('fid.mean'), real?.get('fid.seeds'), real?.get('trials')]).toEqual(['1.5', '2', '']);
  });
});

describe('table.csv', () => {
  it('holds every figure in full, shares as fractions, swept values under their paths', async () => {
    const sweep = [0.1, 10].map((weight) =>
      trialOf(specOf('bigan-pgp', 0, { penalty: { weight, form: 'squared' } }), 21, { varied: ['penalty.weight'] }),
    );
    const lost = { status: 'diverged', reason: 'NaN' } as const;
    const { csv } = await tables([...sweep, trialOf(specOf('bigan', 0), 13), trialOf(specOf('bigan', 1), 1, lost)]);
    const { columns, rows } = readCsv(csv, 'table.csv');
    expect(columns.slice(0, 8)).toEqual([
      'method',
      'preset',
      'penalty.weight',
      'trials',
      'done',
      'diverged',
      'failed',
      'secondsATrial',
    ]);
    expect(rows.map((row) => [row.get('method'), row.get('penalty.weight'), row.get('diverged')])).toEqual([
      ['bigan', '', '1'],
      ['bigan-pgp', '0.1', '0'],
      ['bigan-pgp', '10', '0'],
    ]);
    expect(rows[1]?.get('highQuality.mean')).toBe('0.71');
    expect(rows[1]?.get('highQuality.standardError')).toBe('');
    expect(rows[0]?.get('modesCaptured.mean')).toBe('13');
  });
});
