/** CSV as trials leave it, edited by anything: a table of texts, a history of numbers, or one line with the file's name. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import { decodeHistory, encodeHistory } from '../../src/store/history.ts';
import { encodeTrials } from '../../src/store/trials-csv.ts';
import { recordOf, sampleTrials } from '../store/sample-record.ts';
import { mutatedText } from './mutations.ts';
import { valueOrLine } from './outcome.ts';
import { runs } from './runs.ts';

const trials = encodeTrials(sampleTrials('2', ['nets.hidden=[8,8],[4]']).map((trial) => recordOf(trial)));
const history = encodeHistory([
  { step: 0, values: { lossD: 1.25, modes: Number.NaN } },
  { step: 50, values: { lossD: -1e-7, modes: 3, late: Number.POSITIVE_INFINITY } },
]);

test('trials.csv: cells of its columns and no others', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedText(trials), async (text) => {
      const table = await valueOrLine(() => readCsv(text, 'store/trials.csv'), { says: 'store/trials.csv: ' });
      for (const row of table?.rows ?? []) expect([...row.keys()]).toEqual(table?.columns);
      for (const column of table?.columns ?? []) expect(column).not.toMatch(/\p{Cc}/u);
    }),
    runs(800),
  );
});

test('history.csv: steps and numbers', async () => {
  await fc.assert(
    fc.asyncProperty(mutatedText(history), async (text) => {
      const rows = await valueOrLine(() => decodeHistory(text, 'history.csv'), { says: 'history.csv: ' });
      for (const { step, values } of rows ?? []) {
        expect(Number.isSafeInteger(step)).toBe(true);
        expect(Object.values(values).every((value) => typeof value === 'number')).toBe(true);
      }
    }),
    runs(800),
  );
});

test.each([
  ['a hundred thousand columns', `${Array.from({ length: 100_000 }, (_, index) => `c${index}`).join(',')}\n`],
  ['a cell of ten megabytes', `a,b\n1,"${'x'.repeat(10 * 2 ** 20)}"\n`],
  ['a quote that nobody closes', `a,b\n1,"${'x,\n'.repeat(500_000)}`],
  ['nothing but line ends', '\n'.repeat(2 ** 20)],
])('%s', async (_, text) => {
  await valueOrLine(() => readCsv(text, 'x.csv'), { says: 'x.csv: ' });
});
