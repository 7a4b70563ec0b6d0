/** What the README and docs/extending.md tell a user to save and type works when saved and typed. */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { scratch } from './cli/run-cli.ts';
import { runHere } from './cli/run-here.ts';
import { pages, root, savedAs } from './docs/pages-on-disk.ts';

const run = promisify(execFile);
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

it('has 8,000 bytes at most', () => {
  expect(Buffer.byteLength(textOf('README.md'))).toBeLessThanOrEqual(8_000);
});

it.each([
  ['README.md', 'mine.ts', 2],
  ['README.md', 'hinge.ts', 2],
  ['docs/extending.md', 'eight.ts', 2],
  ['docs/extending.md', 'smaller.ts', 7],
  ['docs/extending.md', 'drift.ts', 2],
  ['docs/extending.md', 'moons.ts', 2],
])(
  '%s: %s runs from any folder',
  async (file, name, trials) => {
    const folder = scratch();
    const path = join(folder, name);
    writeFileSync(path, savedAs(textOf(file), name));
    const words = ['exp', path, '--preset', 'smoke', '--seeds', '1', '--store', join(folder, 'store')];
    const { rows } = JSON.parse((await runHere(...words, '--json', '--jobs', '1')).stdout);
    expect(rows.map(({ status }: { status: string }) => status)).toEqual(Array(trials).fill('done'));
  },
  120_000,
);

/** What it prints, run inside the project in a folder that git ignores: there `modebench/…` means this package. */
async function printed(name: string): Promise<string> {
  const path = join(root, '.cache', name);
  mkdirSync(join(root, '.cache'), { recursive: true });
  onTestFinished(() => rmSync(path, { force: true }));
  writeFileSync(path, savedAs(textOf('docs/extending.md'), name));
  const { stdout } = await run(process.execPath, ['--import', 'tsx', path], { cwd: root });
  return stdout;
}

it('the engine compiles a function of one’s own', async () => {
  const [, first, second] = /w (\S+),(\S+)/.exec(await printed('engine.ts')) ?? [];
  expect(Number(first)).toBeCloseTo(2, 3);
  expect(Number(second)).toBeCloseTo(-1, 3);
}, 60_000);

it('the penalty trains a discriminator of one’s own', async () => {
  const stdout = await printed('penalty.ts');
  const penalties = [...stdout.matchAll(/penalty ([\d.]+)/g)].map(([, value]) => Number(value));
  expect(penalties).toHaveLength(3);
  expect(penalties[2]).toBeLessThan((penalties[0] ?? 0) / 2);
}, 60_000);

it('every npm script is named in the documentation', () => {
  const { scripts } = JSON.parse(textOf('package.json'));
  const text = pages()
    .map((page) => page.text)
    .join('\n');
  for (const script of Object.keys(scripts)) expect(text).toMatch(new RegExp(`npm (run )?${script}\\b`));
});

it('the version is the same in package.json, CITATION.cff and CHANGELOG.md', () => {
  const { version } = JSON.parse(textOf('package.json'));
  expect(textOf('CITATION.cff')).toContain(`\nversion: ${version}\n`);
  expect(textOf('CHANGELOG.md')).toContain(`\n## [${version}] - `);
});
