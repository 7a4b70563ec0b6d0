/** What the README tells a user to paste and type works when pasted and typed. */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '..');
let readme = '';
let folder = '';
beforeAll(async () => {
  readme = await readFile(join(root, 'README.md'), 'utf8');
  folder = await mkdtemp(join(tmpdir(), 'modebench-readme-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The code block that is to be saved under this name. */
function block(name: string): string {
  const [, after = ''] = readme.split(`Save this as \`${name}\``);
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(after) ?? [];
  expect(code, `the README has a block for ${name}`).not.toBe('');
  return code;
}

it('the experiment of one’s own runs from any folder', async () => {
  const path = join(folder, 'mine.ts');
  await writeFile(path, block('mine.ts'));
  const args = ['exp', path, '--preset', 'smoke', '--seeds', '1', '--store', join(folder, 'store'), '--json'];
  const { stdout } = await run(process.execPath, [join(root, 'bin/modebench.mjs'), ...args]);
  const { rows } = JSON.parse(stdout);
  expect(rows.map(({ status }: { status: string }) => status)).toEqual(['done', 'done']);
}, 120_000);

it('the penalty trains a discriminator of one’s own', async () => {
  // Inside the project, in a folder that git ignores: there `modebench/penalty` means this package.
  const path = join(root, '.cache/penalty.ts');
  await mkdir(join(root, '.cache'), { recursive: true });
  await writeFile(path, block('penalty.ts'));
  const { stdout } = await run(process.execPath, ['--import', 'tsx', path], { cwd: root });
  const penalties = [...stdout.matchAll(/penalty ([\d.]+)/g)].map(([, value]) => Number(value));
  expect(penalties).toHaveLength(3);
  expect(penalties[2]).toBeLessThan((penalties[0] ?? 0) / 2);
  await rm(path);
}, 60_000);

it('names every command and option that there is', async () => {
  const { stdout } = await run(process.execPath, [join(root, 'bin/modebench.mjs'), 'exp', '--help']);
  const options = [...stdout.matchAll(/--([a-z][a-z-]+)/g)]
    .map(([option]) => option)
    .filter((option) => option !== '--help');
  expect(options.length).toBeGreaterThan(10);
  for (const option of options) expect(readme, `the README names ${option}`).toContain(option);
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  for (const script of Object.keys(scripts)) {
    if (!script.includes(':'))
      expect(readme + (await readFile(join(root, 'CONTRIBUTING.md'), 'utf8'))).toMatch(
        new RegExp(`npm (run )?${script}`),
      );
  }
});

it('has the experiments that there are', async () => {
  const { stdout } = await run(process.execPath, [join(root, 'bin/modebench.mjs'), 'list']);
  const [, listed = ''] = /Experiments[^\n]*\n([\s\S]*?)\n\n/.exec(stdout) ?? [];
  const names = [...listed.matchAll(/^ {2}(\S+)/gm)].map(([, name]) => name ?? '');
  expect(names).toContain('grid25');
  for (const name of names) expect(readme, `the README names ${name}`).toContain(name);
});
