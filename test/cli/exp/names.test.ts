/** Two files of one name, or of names in scripts other than Latin: each has its own place in the store. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { apartFromOthers } from '../../../src/cli/exp/other-experiment.ts';
import { loadExperiment } from '../../../src/experiment/load.ts';
import { readMetadata, writeMetadata } from '../../../src/store/metadata.ts';
import { openStore } from '../../../src/store/store.ts';
import { scratch } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

function write(folder: string, file: string, claim: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, file);
  writeFileSync(
    path,
    `import { defineExperiment, gaussianRings, toySetting, toySmoke } from 'modebench';
export default defineExperiment({
  claim: '${claim}', source: 'a test', data: gaussianRings({ modes: 7, radii: [2], std: 0.05, scale: 2 }),
  ...toySetting, presets: { smoke: toySmoke }, methods: ['gan'],
});`,
  );
  return path;
}

it('letters of every script stay, in one form; what no folder is called becomes a dash', async () => {
  const folder = scratch();
  const names = {
    'α.ts': 'α',
    '实验一.ts': '实验一',
    'gro\u0308ße 2.ts': 'größe-2',
    'हिंदी.ts': 'हिंदी',
    'a:b.ts': 'a-b',
    '🙂.ts': 'experiment',
  };
  for (const [file, name] of Object.entries(names)) {
    const experiment = await loadExperiment(write(folder, file, 'one'));
    expect(experiment.name).toBe(name);
    expect(openStore(folder, name).path).toBe(join(folder, name));
  }
});

it('a file of another folder with another claim is kept apart, whichever came first; one that was moved goes on', async () => {
  const root = scratch();
  const store = join(root, 'results');
  const write7 = (folder: string, claim: string, file = 'mine.ts') => write(join(root, folder), file, claim);
  const [a, b] = ['a', 'b'].map((name) => write7(name, `claim ${name}`));
  const exp = (path = '', ...more: string[]) =>
    runHere('exp', path, '--store', store, '--seeds', '1', '--set', 'training.steps=8', '--quiet', ...more);
  expect((await exp(a)).stderr).toBe('');
  const table = readFileSync(join(store, 'mine/trials.csv'), 'utf8');
  const note = `${join(store, 'mine')} has another experiment, of ${join(root, 'a/mine')} (“claim a”): this one is kept apart as mine-2`;
  const planned = await exp(b, '--dry-run', '--json');
  expect(JSON.parse(planned.stdout)).toMatchObject({ experiment: 'mine-2', notes: expect.arrayContaining([note]) });
  const { stdout, stderr } = await exp(b);
  expect([stderr, stdout]).toEqual(['', expect.stringMatching(/mine-2.trials\.csv[\s\S]* report -- mine-2 /)]);
  expect(readFileSync(join(store, 'mine/trials.csv'), 'utf8')).toBe(table);
  const claims = ['mine', 'mine-2'].map((name) => readMetadata(join(store, name))?.claim);
  expect(claims).toEqual(['claim a', 'claim b']);
  const nameOf = async (folder: string, claim: string, file?: string) =>
    apartFromOthers(await loadExperiment(write7(folder, claim, file)), store).experiment.name;
  for (const [folder, claim, name, file] of [
    ['a', 'claim a', 'mine'],
    ['b', 'claim b', 'mine-2'],
    ['a', 'claim a, in other words', 'mine'],
    ['b', 'claim b, in other words', 'mine-2'],
    ['c', 'claim a', 'mine'],
    ['c', 'claim b', 'mine-2'],
    ['c', 'claim c', 'mine-3'],
    // A file that bears the name by itself.
    ['b', 'claim d', 'mine-2-2', 'mine-2.ts'],
  ] as const)
    expect([folder, claim, await nameOf(folder, claim, file)]).toEqual([folder, claim, name]);
  const search = { claim: 'settings', source: '', expects: {}, deviations: [], home: '../../d' };
  await writeMetadata(join(store, 'mine-3-search'), search);
  expect(await nameOf('c', 'claim c')).toBe('mine-4');
  rmSync(join(store, 'mine'), { recursive: true });
  expect([await nameOf('b', 'claim b'), await nameOf('c', 'claim c')]).toEqual(['mine-2', 'mine']);
});
