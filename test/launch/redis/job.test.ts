/** A trial on the queue: it comes out as it went in, and nothing else comes out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trialId } from '../../../src/catalogue/identity.ts';
import type { PlannedTrial } from '../../../src/experiment/plan.ts';
import { jobData, jobId, readJob } from '../../../src/launch/redis/job.ts';
import { planned } from './kit.ts';

const inputs = { sets: [{ name: 'mnist', sha256: 'a'.repeat(64) }], files: [] };
/** As Redis gives it back. */
const travelled = (trial: PlannedTrial): unknown => JSON.parse(JSON.stringify(jobData(trial, inputs, 'abc')));

describe('a job', () => {
  const trial = planned(3);
  const filmed = { ...trial, film: { frames: 20 } };

  it('has the hash of its trial for its id; a film is a job of its own', () => {
    expect([jobId(trial), jobId(filmed)]).toEqual([trial.hash, `${trial.hash}-film`]);
  });

  it('comes out as it went in, but for preset and varied paths, which are whose plan it is', () => {
    for (const one of [trial, filmed]) {
      const job = readJob(jobId(one), travelled(one));
      expect(job).toEqual({ trial: { ...one, varied: [] }, commit: 'abc', inputs });
      expect(JSON.stringify(job.trial.spec)).toBe(JSON.stringify(one.spec));
    }
  });

  it('on other data is another job, under whose id no other origin comes out', () => {
    const on = (digit: string): PlannedTrial => {
      const origin = { says: 'digits', simulated: false, data: digit.repeat(64) };
      return { ...trial, origin, varied: [], id: trialId(trial.spec, trial.hash, origin) };
    };
    const [one, other] = [on('a'), on('b')];
    expect(new Set([trial, one, other].map(jobId)).size).toBe(3);
    expect(readJob(jobId(one), travelled(one)).trial).toEqual(one);
    expect(() => readJob(jobId(one), travelled(other))).toThrow(/^its id is not the hash/);
    expect(() => readJob(jobId(one), travelled(trial))).toThrow(/^its id is not the hash/);
  });

  it.each([
    ['another id', trial.hash.replace(/^./, 'x'), {}, /^its id is not the hash of its spec/],
    ['a film under the id of its trial', trial.hash, { film: { frames: 3 } }, /^its id is not/],
    ['code', trial.hash, { code: 'process.exit()' }, /^unknown key 'code'/],
    [
      'a path where a name belongs',
      trial.hash,
      { inputs: { sets: [{ name: '../x', sha256: '' }], files: [] } },
      /^inputs/,
    ],
    ['a scorer of nobody', trial.hash, { inputs: { ...inputs, scorer: 'a'.repeat(64) } }, /^inputs\.scorer: /],
  ])('is refused with %s', (_, id, change, says) => {
    expect(() => readJob(id, { ...(travelled(trial) as object), ...change })).toThrow(says);
  });

  it('is refused in one line, whatever it holds', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom('', 'spec', 'film', 'inputs'), (value, key) => {
        const data = key === '' ? value : { ...(travelled(trial) as object), [key]: value };
        expect(() => readJob(trial.hash, data)).toThrow(/^(?!internal)[^\n]+$/);
      }),
    );
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
