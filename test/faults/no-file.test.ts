/** Pipes, folders and links that lead in circles where the store has files: named, waited for by nobody, and in nobody's way. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { loadReport } from '../../src/report/load.ts';
import { openStore } from '../../src/store/store.ts';
import { sampleRecords, scratch, storeOf } from '../report/sample-store.ts';
import { exp, run, settings } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const kinds: Readonly<Record<string, (path: string) => void>> = {
  'a pipe (FIFO)': (path) => execFileSync('mkfifo', [path]),
  'a folder': (path) => mkdirSync(path),
};

async function storeWith(name: string, put: (path: string) => void) {
  const root = await storeOf(sampleRecords());
  const [first] = sampleRecords();
  const path = join(root, 'grid25', name.replace('<trial>', `trials/${first?.id}`));
  rmSync(path, { recursive: true, force: true });
  put(path);
  return { root, path };
}

const files = ['trials.csv', 'experiment.json', '<trial>/trial.json', '<trial>/history.csv', '<trial>/samples.csv'];

it.each(files.flatMap((file) => Object.keys(kinds).map((kind) => [file, kind] as const)))(
  'the report names %s that is %s, and goes on',
  async (name, kind) => {
    const { root, path } = await storeWith(name, kinds[kind] ?? (() => {}));
    const { groups, problems } = await loadReport(root, 'grid25');
    const trials = groups.flatMap((group) => group.trials);
    for (const trial of trials) void [trial.history, trial.samples];
    expect(problems).toEqual([`${path.slice(root.length + 1)}: expected a file, this is ${kind}`]);
    expect(trials).toHaveLength(name === '<trial>/trial.json' ? 5 : 6);
  },
);

it('the report names a folder of a trial that cannot be entered, and goes on', async () => {
  const { root, path } = await storeWith('<trial>', (folder) => symlinkSync(folder, folder));
  const { groups, problems } = await loadReport(root, 'grid25');
  expect(groups.flatMap(({ trials }) => trials)).toHaveLength(5);
  expect(problems).toEqual([
    expect.stringMatching(`^${path.slice(root.length + 1)}/trial\\.json: cannot be read \\(ELOOP\\)$`),
  ]);
});

const command = (store: string) => exp(store, 100, '--methods', 'gan', '--seeds', '1', '--quiet');

it.each([
  ['trials/<id>/trial.json', 'a folder'],
  ['trials/<id>/checkpoint', 'a pipe (FIFO)'],
  ['.locks/<id>.lock', 'a pipe (FIFO)'],
])('a run refuses %s that is %s, before anything is trained', async (name, kind) => {
  const root = scratch();
  const request = { seeds: '1', methods: 'gan', set: settings(100), sweep: [] };
  const { trials } = planTrials(await loadExperiment('grid25'), request);
  const path = join(root, 'grid25', name.replace('<id>', trials[0]?.id ?? ''));
  mkdirSync(join(path, '..'), { recursive: true });
  kinds[kind]?.(path);
  const { code, stdout, stderr } = await run(command(root));
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr.trim().split('\n').at(-1)).toBe(`modebench: ${path}: expected a file, this is ${kind}`);
});

it('a table without its trials, as results/reference has, is whole, and no run writes over it', async () => {
  const root = scratch();
  cpSync('results/reference/grid25', join(root, 'grid25'), { recursive: true });
  const table = readFileSync(join(root, 'grid25/trials.csv'));
  const store = openStore(root, 'grid25');
  await store.records();
  expect(store.problems).toEqual([]);
  const { code, stderr } = await run(command(root));
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/^modebench: --store: .*trials\.csv is a table without its/),
  ]);
  expect(readFileSync(join(root, 'grid25/trials.csv'))).toEqual(table);
});
