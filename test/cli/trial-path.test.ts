/** Trials by the start of their id, in stores that are made up. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { trialPath } from '../../src/cli/trial-path.ts';
import { scratch } from './run-cli.ts';
import { runHere } from './run-here.ts';

function storeOf(...trials: readonly string[]): string {
  const store = scratch();
  for (const trial of trials) {
    const [experiment = '', id = ''] = trial.split('/');
    mkdirSync(join(store, experiment, 'trials', id), { recursive: true });
  }
  return store;
}

it('finds the one trial that begins so, in all experiments or in one', async () => {
  const store = storeOf(
    'grid25/gan-s0-aaaaaaaa',
    'grid25/wgan-s0-bbbbbbbb',
    'grid25/gan-s01-eeeeeeee',
    'ring8/wgan-s0-cccccccc',
  );
  const path = (experiment: string, id: string) => join(store, experiment, 'trials', id);
  expect(await trialPath('gan-s0', store)).toBe(path('grid25', 'gan-s0-aaaaaaaa'));
  expect(await trialPath('gan-s0-aaaaaaaa', store)).toBe(path('grid25', 'gan-s0-aaaaaaaa'));
  expect(await trialPath('ring8/wgan-s0', store)).toBe(path('ring8', 'wgan-s0-cccccccc'));
  await expect(trialPath('wgan-s0', store)).rejects.toThrow(
    'wgan-s0 may be grid25/wgan-s0-bbbbbbbb, ring8/wgan-s0-cccccccc: expected the name of one',
  );
});

it('leaves paths alone: those where something is, and those that nothing fits', async () => {
  const store = storeOf('grid25/src-aaaaaaaa');
  expect(await trialPath('src', store)).toBe(join(process.cwd(), 'src'));
  for (const typed of ['bigan-s0', '../gan-s0', 'nowhere/gan-s0', '', '/']) {
    expect(await trialPath(typed, store)).not.toContain(store);
  }
});

it.each(['latent', 'score'])('%s says in one line which trials may be meant', async (command) => {
  const store = storeOf('grid25/gan-s0-aaaaaaaa', 'ring8/gan-s0-bbbbbbbb');
  const words = command === 'latent' ? ['latent', 'interpolate'] : ['score'];
  expect(await runHere(...words, 'gan-s0', '--store', store)).toMatchObject({
    code: 2,
    stderr: 'modebench: gan-s0 may be grid25/gan-s0-aaaaaaaa, ring8/gan-s0-bbbbbbbb: expected the name of one\n',
  });
});
