/** Data that change under an experiment, from end to end: nothing is taken for what it is not, and nothing is averaged over both. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { scratch } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

const source = `import { adam, dcgan, defineExperiment, images, ssim, uniform } from 'modebench';
export default defineExperiment({
  claim: 'a test', source: 'a test',
  data: images({ set: 'quarters', size: 8 }),
  latent: uniform({ dim: 3, low: -1, high: 1 }),
  nets: dcgan({ width: 2 }),
  training: { steps: 4, batch: 6, optimiser: adam({ rate: 1e-3, beta1: 0.5, beta2: 0.9 }) },
  evaluation: { every: 2, samples: 20 },
  methods: ['bigan'],
  measures: [ssim()],
});
`;

it('another set under the same name is another origin: told, trained beside, and never averaged with', async () => {
  const root = scratch();
  const [store, data, file] = [join(root, 'store'), join(root, 'data'), join(root, 'tiny.ts')];
  writeFileSync(file, source);
  const words = ['exp', file, '--store', store, '--data', data];
  const exp = (...more: string[]) => runHere(...words, ...more);
  const trials = () => readdirSync(join(store, 'tiny/trials')).sort();
  const rows = () => readFileSync(join(store, 'tiny/trials.csv'), 'utf8').trimEnd().split('\n').slice(1);

  await writePictureSet(data, 'quarters', { train: 40, heldOut: 4 });
  const first = await exp('--seeds', '1');
  expect([first.code, first.stderr]).toEqual([0, '']);
  expect(trials()).toEqual([expect.stringMatching(/^bigan-s0-[0-9a-f]{8}-[0-9a-f]{8}$/)]);
  const [before = ''] = trials();
  const bytes = readFileSync(join(store, 'tiny/trials', before, 'trial.json'));

  rmSync(join(data, 'quarters'), { recursive: true });
  await writePictureSet(data, 'quarters', { train: 50, heldOut: 4 });
  const planned = await runHere(...words, '--seeds', '1', '--dry-run');
  expect(planned.stdout).toMatch(/1 trial there saw other data \(bright quarters, 40\s+pictures of 8 px/);
  expect(planned.stdout).toMatch(/^bigan-s0-\S+ +to do/m);
  const second = await exp('--seeds', '2', '--json');
  const document = JSON.parse(second.stdout);
  expect(document.notes.join()).toContain('saw other data (bright quarters, 40 pictures');
  expect(document.summary.map(({ done }: { done: number }) => done)).toEqual([2]);
  expect(trials()).toHaveLength(3);
  expect(readFileSync(join(store, 'tiny/trials', before, 'trial.json'))).toEqual(bytes);
  expect(new Set(rows().map((row) => /data [0-9a-f]{8}/.exec(row)?.[0])).size).toBe(2);

  const again = await runHere(...words, '--seeds', '2');
  expect(again.stdout).toContain('all there already');
  const report = await runHere('report', 'tiny', '--store', store, '--out', join(root, 'reports'));
  expect([report.code, report.stderr]).toEqual([0, '']);
  const table = readFileSync(join(root, 'reports/tiny/table.md'), 'utf8');
  expect(table.match(/^\| bigan data [0-9a-f]{8} \| [12] \|/gm)).toHaveLength(2);
  expect(table).toContain('they stand apart');
  expect(existsSync(join(root, 'reports/tiny/index.html'))).toBe(true);
}, 240_000);
