/**
 * A method with a term of its own, a metric and a data set, all defined in a user's file outside of the project: from the
 * command line to table, CSV and report page, and known by the bytes of the file.
 */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readCsv } from '../../src/disk/csv.ts';
import { scratch } from '../cli/run-cli.ts';
import { runHere } from '../cli/run-here.ts';

const files = fileURLToPath(new URL('./files', import.meta.url));

/** The user's folder, its experiment, and options that keep records and pages in it. */
function home() {
  const folder = scratch();
  cpSync(files, folder, { recursive: true });
  const store = join(folder, 'results');
  const words = (...more: readonly string[]) => [
    'exp',
    join(folder, 'mine.ts'),
    '--store',
    store,
    '--seeds',
    '1',
    '--jobs',
    '1',
    ...more,
  ];
  const exp = (...more: readonly string[]) => runHere(...words(...more));
  return { folder, store, exp, trials: () => readdirSync(join(store, 'mine', 'trials')).sort() };
}

it('kinds of an experiment’s own run from its file to table, CSV and page', async () => {
  const { folder, store, exp, trials } = home();
  const first = await exp('--methods', 'gan,hinge');
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/^ *modes.*\n.*of 5/m);
  expect(first.stdout).toMatch(/^hinge +\d\.\d/m);
  expect(first.stdout).toMatch(/ mean .*\n.* radius /); // the metric's title, as it says nothing of its head

  const { rows } = readCsv(readFileSync(join(store, 'mine', 'trials.csv'), 'utf8'), 'trials.csv');
  expect(rows.map((row) => row.get('method'))).toEqual(['gan', 'hinge']);
  for (const row of rows) expect(Number(row.get('meanRadius'))).toBeGreaterThan(0);

  const again = await exp('--methods', 'gan,hinge', '--json');
  expect(JSON.parse(again.stdout).outcome).toMatchObject({ done: 2 });
  expect(trials()).toHaveLength(2);

  const page = await runHere('report', 'mine', '--store', store, '--out', join(folder, 'reports'));
  expect(page).toMatchObject({ code: 0, stderr: '' });
  expect(page.stdout).toMatch(/ mean .*\n.* radius /);
  const { columns } = JSON.parse(readFileSync(join(store, 'mine', 'experiment.json'), 'utf8'));
  expect(columns).toContainEqual({
    name: 'meanRadius',
    title: 'mean radius',
    unit: 'number',
    digits: 2,
    better: 'more',
  });
  const html = readFileSync(join(folder, 'reports', 'mine', 'index.html'), 'utf8');
  expect(html.includes('hinge')).toBe(true);
  expect(html.includes('D of hinge looks at 2 examples at once: every point beside itself.')).toBe(true);
  expect(html).toMatch(/<th[^>]*>mean radius<\/th>/);
  const file = (name: string) => readFileSync(join(folder, 'reports', 'mine', name), 'utf8');
  const table = file('table.md');
  expect(table).toMatch(/hinge/);
  expect(table).toMatch(/\| mean radius \|/);
  // its conditions and its role: what it depends on stands below the tables, its coverage in the figures of coverage
  for (const text of [first.stdout, table, html]) expect(text).toContain('Measured on 200 samples (5 sectors).');
  for (const name of ['modes-captured', 'coverage-over-training'])
    expect(file(`${name}.svg`)).toContain('sectors reached');
}, 120_000);

it('its settings are set and swept by path, its presets may have other data', async () => {
  const { exp } = home();
  const dry = async (...words: readonly string[]) =>
    JSON.parse((await exp('--dry-run', '--json', ...words)).stdout).plan as { method: string; varied: object }[];
  expect(await dry('--methods', 'hinge', '--sweep', 'pull.weight=0,1')).toMatchObject([
    { method: 'hinge', varied: { 'pull.weight': 0 } },
    { method: 'hinge', varied: { 'pull.weight': 1 } },
  ]);
  const wrong = await exp('--dry-run', '--methods', 'hinge', '--set', 'pull.wieght=1');
  expect(wrong).toMatchObject({ code: 2 });
  expect(wrong.stderr).toMatch(/did you mean 'pull.weight'\?/);
  const narrow = await exp('--methods', 'hinge', '--preset', 'narrow');
  expect(narrow.stdout).toMatch(/of 3/);
}, 120_000);

it('an edited file, or one that it imports, is another trial; trials without its kinds stay what they are', async () => {
  const { folder, exp, trials } = home();
  const hash = async (method: string) =>
    JSON.parse((await exp('--methods', method, '--dry-run', '--json')).stdout).plan[0].spec as string;
  const before = await hash('hinge');
  expect(await hash('hinge')).toBe(before);
  await exp('--methods', 'hinge');
  writeFileSync(join(folder, 'places.ts'), `${readFileSync(join(folder, 'places.ts'), 'utf8')}// moved\n`);
  expect(await hash('hinge')).not.toBe(before);
  await exp('--methods', 'hinge');
  expect(trials()).toHaveLength(2);
}, 120_000);

it('a name that the project has is refused in one line', async () => {
  const { folder } = home();
  const file = join(folder, 'mine.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace("name: 'hinge'", "name: 'wgan'"));
  const { code, stderr } = await runHere('exp', file, '--dry-run');
  expect(code).toBe(2);
  expect(stderr.trim()).toBe(`modebench: ${file}: there is a method 'wgan' already: give yours another name`);
}, 60_000);
