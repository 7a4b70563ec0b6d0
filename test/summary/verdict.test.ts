import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadReport } from '../../src/report/load.ts';
import { verdicts } from '../../src/summary/verdict.ts';
import { pictureRecords, pictureStore } from '../report/picture-store.ts';
import { dataOf, recordOf, sampleRecords, specOf, trialOf } from '../report/sample-store.ts';

// grid25 expects bigan-pgp to capture 25 modes.
const pgp = (counts: readonly number[]) => counts.map((count, seed) => trialOf(specOf('bigan-pgp', seed), count));
const verdictOn = async (records: Parameters<typeof dataOf>[0]) => verdicts(await dataOf(records));

describe('the verdict', () => {
  it('says what was seen, and that no other method did the same', async () => {
    expect(await verdictOn(sampleRecords())).toEqual([
      {
        state: 'seen',
        says: 'bigan-pgp captured 25 of 25 modes on 3 of 3 seeds. No other method here did so on every seed.',
      },
    ]);
  });

  it('names the methods that do as well', async () => {
    const records = [...pgp([25]), trialOf(specOf('wgan-gp', 0), 25)];
    expect((await verdictOn(records))[0]?.says).toContain('So did wgan-gp (1 of 1 seed)');
  });

  it('tells the worst seed where it was seen on some only, or on none', async () => {
    expect(await verdictOn(pgp([25, 24]))).toMatchObject([
      { state: 'partly', says: expect.stringContaining('25 of 25 modes on 1 of 2 seeds, 24 on the worst.') },
    ]);
    expect(await verdictOn(pgp([20, 24]))).toMatchObject([
      { state: 'not-seen', says: expect.stringContaining('on 0 of 2 seeds, 20 on the worst.') },
    ]);
  });

  it('counts a trial that diverged against it', async () => {
    const lost = recordOf(specOf('bigan-pgp', 1), { modesCaptured: 25 }, { status: 'diverged', reason: 'NaN' });
    expect(await verdictOn([...pgp([25]), lost])).toMatchObject([
      { state: 'partly', says: expect.stringMatching(/1 of 2 seeds\. Of its trials 1 diverged\./) },
    ]);
  });

  it('is not given on another setting than the experiment as declared, nor without trials', async () => {
    const spec = specOf('bigan-pgp', 0, { penalty: { weight: 10, form: 'squared' } });
    expect(await verdictOn([trialOf(spec, 25, { varied: ['penalty.weight'] })])).toMatchObject([{ state: 'unjudged' }]);
    expect(await verdictOn([trialOf(specOf('gan', 0), 25)])).toMatchObject([
      { state: 'unjudged', says: expect.stringContaining('There is no trial of it here.') },
    ]);
  });

  it('does not take a run without any figure for one that was seen', async () => {
    const failed = recordOf(specOf('bigan-pgp', 0), {}, { status: 'failed', reason: 'killed' });
    const [found] = await verdictOn([failed]);
    expect(found?.state).toBe('not-seen');
    expect(found?.says).not.toMatch(/Infinity|NaN/);
  });

  it('says of how many modes pictures have, and what was asked where that is fewer', async () => {
    const root = await pictureStore(pictureRecords());
    const about = { claim: 'c', source: 's', deviations: [] };
    const says = async (expected: number) => {
      const expects = { 'bigan-pgp': { modesCaptured: expected } };
      writeFileSync(join(root, 'frames/experiment.json'), JSON.stringify({ ...about, expects }));
      return verdicts(await loadReport(root, 'frames'))[0]?.says;
    };
    expect(await says(3)).toContain('bigan-pgp captured 3 of 3 modes on 2 of 2 seeds.');
    expect(await says(2)).toContain('bigan-pgp captured at least 2 of 3 modes on 2 of 2 seeds.');
  });
});
