import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../src/experiment/load.ts';
import type { Expectation } from '../../src/schema/expectation.ts';
import { verdicts, verdictsOn } from '../../src/summary/verdict.ts';
import { pictureRecords, pictureStore } from '../report/picture-store.ts';
import { dataOf, loadReport, recordOf, sampleRecords, specOf, trialOf } from '../report/sample-store.ts';

// grid25 expects bigan-pgp to capture 25 modes.
const pgp = (counts: readonly number[]) => counts.map((count, seed) => trialOf(specOf('bigan-pgp', seed), count));
const verdictOn = async (records: Parameters<typeof dataOf>[0]) => verdicts(await dataOf(records));

describe('the verdict', () => {
  it('says what was seen, and that no other method did the same', async () => {
    expect(await verdictOn(sampleRecords())).toEqual([
      {
        method: 'bigan-pgp',
        metric: 'modesCaptured',
        expected: { kind: 'atLeast', value: 25 },
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

  const judge = (expectation: Expectation, counts: readonly number[], metric = 'modesCaptured') => {
    const records = counts.map((count, seed) => recordOf(specOf('gan', seed), { [metric]: count }));
    const [found] = verdictsOn({ expects: { gan: { [metric]: expectation } } }, records);
    return [found?.state, found?.says];
  };

  // That no mode is captured is what experiments/runaway.ts is about: any number of modes is "at least 0".
  it('takes a bound as the author means it', () => {
    expect(judge({ exactly: 0 }, [0, 0])).toEqual(['seen', 'gan captured 0 of 25 modes on 2 of 2 seeds.']);
    expect(judge({ exactly: 0 }, [25, 3])).toEqual([
      'not-seen',
      'gan captured 0 of 25 modes on 0 of 2 seeds, 25 on the worst.',
    ]);
    expect(judge({ atMost: 5 }, [7, 3])).toEqual([
      'partly',
      'gan captured at most 5 of 25 modes on 1 of 2 seeds, 7 on the worst.',
    ]);
    expect(judge({ atLeast: 5 }, [7, 3])[1]).toBe(
      'gan captured at least 5 of 25 modes on 1 of 2 seeds, 3 on the worst.',
    );
  });

  it('takes a bare number for that value or better, and for itself where neither way is better', () => {
    expect(judge(20, [25, 20])[0]).toBe('seen');
    expect(judge(0.1, [0.05, 0.2], 'reverseKL')).toEqual([
      'partly',
      'gan reached reverse KL of at most 0.10 on 1 of 2 seeds, 0.20 on the worst.',
    ]);
    expect(judge(2, [2, 3], 'neverHeardOf')).toEqual([
      'partly',
      'gan reached neverHeardOf of exactly 2.000 on 1 of 2 seeds, 3.000 on the worst.',
    ]);
  });

  it('is the declared one for runaway: a run that captures a mode refutes it', async () => {
    const { expects = {} } = await loadExperiment('runaway');
    const spec = specOf('gan', 0, { data: { kind: 'gaussian-line', centres: [8], std: 0.5, scale: 1 } });
    const stateAt = (modesCaptured: number) => verdictsOn({ expects }, [recordOf(spec, { modesCaptured })])[0]?.state;
    expect([stateAt(0), stateAt(1)]).toEqual(['seen', 'not-seen']);
  });
});
