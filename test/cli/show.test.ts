/** `show` prints what a trial of an experiment depends on; `list` and `doctor` stay within their columns. */
import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { flattenSpec } from '../../src/summary/spec-text.ts';
import { runHere } from './run-here.ts';

const specOf = async (method: string, preset?: string) => {
  const request = { seeds: '1', methods: method, preset, set: [], sweep: [] };
  const { spec } = planTrials(await loadExperiment('grid25'), request).trials[0] ?? {};
  const { seed: _, ...rest } = spec ?? {};
  return rest;
};

describe('show', () => {
  it('prints every path and value of one method', async () => {
    const { code, stdout } = await runHere('show', 'grid25', '--method', 'bigan-pgp', '--preset', 'smoke');
    expect(code).toBe(0);
    const lines = stdout.split('\n').map((line) => line.trim().replace(/ {2,}/, ' '));
    for (const [path, value] of flattenSpec(await specOf('bigan-pgp', 'smoke')))
      expect(lines).toContain(`${path} ${value}`);
  });

  it('prints what all methods share once, and under each what is its own', async () => {
    const { stdout } = await runHere('show', 'grid25');
    expect(stdout.match(/training\.steps/g)).toHaveLength(1);
    expect(stdout.match(/^ {2}loss /gm)?.length).toBeGreaterThan(3);
    expect(stdout).toMatch(/\nwgan\n {2}loss +wasserstein\n/);
  });

  it('prints JSON that is the spec itself', async () => {
    const { stdout } = await runHere('show', 'grid25', '--method', 'gan,wgan', '--set', 'training.batch=7', '--json');
    const { specs } = JSON.parse(stdout);
    expect(Object.keys(specs)).toEqual(['gan', 'wgan']);
    const { training, ...rest } = (await specOf('gan')) as { training: object };
    expect(specs.gan).toEqual({ ...rest, training: { ...training, batch: 7 } });
  });

  it('refuses what exp refuses', async () => {
    expect(await runHere('show', 'grid52')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("did you mean 'grid25'"),
    });
    expect(await runHere('show', 'grid25', '--method', 'wgangp')).toMatchObject({ code: 2 });
  });
});

it('list wraps its lines below each other, within 100 columns where words allow', async () => {
  const { stdout } = await runHere('list');
  for (const line of stdout.split('\n')) if (line.length > 100) expect(line.trim()).not.toContain(' ');
});
