/** Two files of one name, or of names in scripts other than Latin: each has its own place in the store. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { loadExperiment } from '../../../src/experiment/load.ts';
import { readMetadata } from '../../../src/store/metadata.ts';
import { openStore } from '../../../src/store/store.ts';
import { run, scratch } from '../run-cli.ts';

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
  const [a, b] = ['a', 'b'].map((name) => write(join(root, name), 'mine.ts', `claim ${name}`));
  if (a === undefined || b === undefined) throw new Error('two files');
  const exp = (path: string, ...more: string[]) =>
    run('exp', path, '--store', store, '--seeds', '1', '--set', 'training.steps=8', '--quiet', ...more);
  expect((await exp(a)).stderr).toBe('');
  const table = readFileSync(join(store, 'mine/trials.csv'), 'utf8');
  const refused = `modebench: ${join(store, 'mine')} has mine of ${join(root, 'a/mine')} (“claim a”), which is another experiment: give this file another name, or name another --store\n`;
  for (const more of [[], ['--dry-run']])
    expect(await exp(b, ...more)).toMatchObject({ code: 2, stdout: '', stderr: refused });
  expect(readFileSync(join(store, 'mine/trials.csv'), 'utf8')).toBe(table);
  expect(readMetadata(join(store, 'mine'))?.claim).toBe('claim a');
  write(join(root, 'a'), 'mine.ts', 'claim a, in other words');
  expect(await exp(a, '--dry-run')).toMatchObject({ code: 0, stderr: '' });
  const moved = write(join(root, 'c'), 'mine.ts', 'claim a');
  expect(await exp(moved, '--dry-run')).toMatchObject({ code: 0, stderr: '' });
});
