import { describe, expect, it } from 'vitest';
import grid25 from '../../../experiments/grid25.ts';
import type { ExpArguments } from '../../../src/cli/exp/options.ts';
import { nextCommands } from '../../../src/cli/exp/suggestions.ts';
import { checkExperiment } from '../../../src/experiment/check-experiment.ts';
import type { Plan } from '../../../src/experiment/plan.ts';
import { chooseLauncher } from '../../../src/launch/choose-launcher.ts';
import { expCommand } from '../../../src/launch/command-line.ts';
import { launchers } from '../../../src/launch/launchers.ts';
import { openStore } from '../../../src/store/store.ts';
import { recordOf, specOf } from '../records.ts';

const words = { experiment: 'grid25', seeds: '5', engine: 'onnx', device: 'auto' };

const plan = (change: Partial<Plan> = {}): Plan => ({
  experiment: checkExperiment(grid25, 'grid25', 'grid25.ts'),
  preset: 'default',
  varied: [],
  notes: [],
  trials: [0, 1, 2, 3, 4].map((seed) => recordOf(specOf('bigan-pgp', seed), {})),
  ...change,
});

/** The words that lead where these trials ran. */
async function launcherWords(given: ExpArguments & { readonly [option: string]: unknown }): Promise<readonly string[]> {
  const command = { words: [], root: '/', home: '/', folder: '/', shown: String, writableFolder: String };
  const launch = await chooseLauncher(given, launchers).prepare(given, command);
  return launch.sameLauncher(openStore('/nowhere', 'grid25'));
}

describe('what to type next', () => {
  it('offers the report, more seeds, and the ablation where a method has a penalty', () => {
    expect(nextCommands(plan(), { experiment: 'grid25' })).toEqual([
      'npm run report -- grid25',
      'npm run exp -- grid25 --seeds 10',
      'npm run exp -- grid25 --methods bigan-pgp --lambda 0,0.1,1,10',
    ]);
  });

  it('ablates the method that the experiment is about, not one that it is compared with', () => {
    const trials = (['wgan-gp', 'bigan', 'bigan-pgp'] as const).map((method) => recordOf(specOf(method, 0), {}));
    expect(nextCommands(plan({ trials }), { experiment: 'grid25' }).at(-1)).toBe(
      'npm run exp -- grid25 --methods bigan-pgp --lambda 0,0.1,1,10',
    );
  });

  it('leads from a smoke run to the real one, and from a sweep to more seeds', () => {
    expect(nextCommands(plan({ preset: 'smoke' }), { experiment: './my file.ts', store: 'here' })).toEqual([
      "npm run exp -- './my file.ts' --seeds 5 --store here",
      'npm run report -- grid25 --store here',
    ]);
    expect(nextCommands(plan({ varied: ['penalty.weight'] }), { experiment: 'grid25' })).toEqual([
      'npm run report -- grid25',
      'npm run exp -- grid25 --seeds 10',
    ]);
  });

  it('stays on the queue or the cluster that ran it', async () => {
    const queue = await launcherWords({ ...words, queue: 'redis://:secret@host:6379' });
    expect(nextCommands(plan(), words, queue).slice(0, 2)).toEqual([
      'npm run report -- grid25',
      'npm run exp -- grid25 --seeds 10 --queue redis://:PASSWORD@host:6379',
    ]);
    expect(await launcherWords({ ...words, slurm: true, gather: true })).toEqual(['--slurm']);
    expect(await launcherWords({ ...words, gather: true })).toEqual([]); // nothing was ever submitted from there
    expect(await launcherWords({ ...words })).toEqual([]);
  });

  it('goes on with the same words, but does not forget a second time', () => {
    expect(expCommand(['grid25', '--fresh', '--set', 'nets.hidden=[8, 8]'])).toBe(
      "npm run exp -- grid25 --set 'nets.hidden=[8, 8]'",
    );
  });
});
