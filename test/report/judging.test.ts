/** What stands beside scores: nothing for formulas; data, scorer, amounts and settings for pictures. */
import { describe, expect, it } from 'vitest';
import { countText } from '../../src/base/number-words.ts';
import { judgingLines, simulatedText, simulatedWord } from '../../src/report/judging.ts';
import { groupReport, reportKinds } from '../../src/report/kinds.ts';
import { decodeRecord, encodeRecord } from '../../src/store/record.ts';
import { decodeTrials, encodeTrials } from '../../src/store/trials-csv.ts';
import { knownKinds } from '../../src/summary/known-kinds.ts';
import { pictureTrial } from './figures/picture-data.ts';
import { origin, pictureRecord, pictureSpec, scorer } from './picture-store.ts';
import { sampleRecords } from './sample-store.ts';

describe('judgingLines', () => {
  it('says nothing of data from a formula', () => {
    expect(judgingLines(sampleRecords(), knownKinds())).toEqual([]);
  });

  it('names data, scorer, amounts, and what a measure depends on, once for all trials', () => {
    const records = [0, 1].map((seed) =>
      pictureRecord(
        pictureSpec('gan', seed, {
          evaluation: { every: 400, samples: 26_000 },
          measures: [
            { kind: 'foreground', threshold: 0.12, cells: 8 },
            { kind: 'inception-score', splits: 10 },
            { kind: 'kernel', subsets: 50, size: 1000 },
            { kind: 'prdc', neighbours: 5 },
            { kind: 'ndb', bins: 50 },
          ],
        }),
      ),
    );
    expect(judgingLines(records, knownKinds())).toEqual([
      `Simulated data: ${origin.says}.`,
      `Judged by ${scorer}.`,
      'Measured on 26,000 samples against as many real examples (foreground from 12 % of a channel’s range, 8 × 8 cells, inception score over 10 splits, kernel distance over 50 subsets of 1,000, precision to coverage with 5 neighbours and NDB over 50 bins); the row of real data has as many further real ones in the samples’ place.',
    ]);
  });

  it('warns where more than one scorer judged', () => {
    const records = [
      pictureRecord(pictureSpec('gan', 0)),
      pictureRecord(pictureSpec('gan', 1), { scorer: 'Inception' }),
    ];
    expect(judgingLines(records, knownKinds())).toContain(
      'More than one scorer judged here, and their scores do not compare.',
    );
  });
});

describe('pictures that the scorer made nothing of', () => {
  const says = "the scorer's output p is called probabilities and has negative numbers";
  const unusable = { generated: 12, real: 1000, realAgainstReal: 0, says };
  const { samples } = pictureSpec('gan', 0).evaluation;
  const line = (generated: string, of: string, where: string) =>
    `The scorer made nothing of ${generated} of ${of} samples and ${where}`;

  it('are counted over the trials, with what is wrong', () => {
    const records = [0, 1, 2].map((seed) => pictureRecord(pictureSpec('gan', seed), seed < 2 ? { unusable } : {}));
    const of = countText(2 * samples);
    const [, , counted, why] = judgingLines(records, knownKinds());
    expect(counted).toMatch(line('24', of, `2,000 of ${of} real pictures (in 2 of 3 trials): `));
    expect(why).toBe(`The${says.slice(3)}.`);
    const all = judgingLines(records.slice(0, 1), knownKinds());
    expect(all[2]).toMatch(line('12', countText(samples), `1,000 of ${countText(samples)} real pictures: `));
  });

  it('have columns in trials.csv, and come back from there', () => {
    const records = [0, 1].map((seed) => pictureRecord(pictureSpec('gan', seed), seed === 0 ? { unusable } : {}));
    const text = encodeTrials(records);
    expect(text.split('\n')[0]).toContain(',unusableGenerated,unusableReal,unusableRealAgainstReal,');
    const { says: _, ...counts } = unusable;
    expect(decodeTrials(text, 'trials.csv').map((row) => row.unusable)).toEqual([counts, undefined]);
    const fine = records.map(({ unusable: _, ...record }) => record);
    expect(encodeTrials(fine)).not.toContain('unusable');
    expect(records.map((record) => decodeRecord(encodeRecord(record)))).toEqual(records);
  });
});

describe('simulated data', () => {
  const real = { origin: { says: 'footage', simulated: false } };

  it('are called so, all of them or some', () => {
    const [first, second] = [pictureRecord(pictureSpec('gan', 0)), pictureRecord(pictureSpec('gan', 1), real)];
    expect(simulatedText([first])).toBe('simulated data');
    expect(simulatedText([first, second])).toBe('data partly simulated');
    expect(simulatedText([second, ...sampleRecords()])).toBe('');
  });

  it('are called so in figures where the methods that these compare were trained on them', () => {
    const reportOf = (simulated: boolean) => groupReport([pictureTrial('gan', 0, { simulated })], reportKinds());
    expect(simulatedWord(reportOf(true))).toBe('simulated');
    expect(simulatedWord(reportOf(false))).toBe('');
  });
});
