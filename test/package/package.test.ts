/**
 * The packed file, in the hands of a stranger: an empty folder elsewhere, another home, no network, and of our packages those alone
 * that it depends on. `.ci/run` does the same with npm's own install on every Node that is promised.
 */
import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { optionalPackages } from '../../src/base/optional-packages.ts';
import { entryPaths } from '../../src/experiment/bundle.ts';
import { plainEnvironment, projectRoot, run } from '../cli/run-cli.ts';

const root = mkdtempSync(join(tmpdir(), 'modebench-package-'));
const folder = join(root, 'empty');
const modules = join(folder, 'node_modules');
const installed = join(modules, 'modebench');
let packed = '';

beforeAll(() => {
  execFileSync(process.execPath, [join(projectRoot, 'bin/package.mjs'), root], { stdio: 'pipe' });
  packed = join(root, readdirSync(root).find((name) => name.endsWith('.tgz')) ?? '');
  mkdirSync(installed, { recursive: true });
  execFileSync('tar', ['--extract', '--gzip', `--file=${packed}`, '--strip-components=1', `--directory=${installed}`]);
  for (const name of dependencies()) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules', name), join(modules, name), 'junction');
  }
}, 240_000);
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 5 }));

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly peer?: boolean;
}

/** Names of the packages that npm would install with it, of those that are here. */
function dependencies(): string[] {
  const { packages } = json<{ packages: Record<string, Locked> }>(join(projectRoot, 'package-lock.json'));
  return Object.entries(packages)
    .filter(([, { dev, devOptional, peer }]) => !dev && !devOptional && !peer)
    .map(([path]) => path.replace('node_modules/', ''))
    .filter((name) => name !== '' && !name.includes('node_modules/'))
    .filter((name) => existsSync(join(projectRoot, 'node_modules', name)));
}

function json<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T; // files of our own
}

interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command as it is typed in the folder. */
async function modebench(...words: readonly string[]): Promise<Said> {
  const env = { ...plainEnvironment(), HOME: join(root, 'home') };
  const bin = join(installed, 'bin/modebench.mjs');
  try {
    const said = await promisify(execFile)(process.execPath, [bin, ...words], { cwd: folder, env });
    return { code: 0, ...said };
  } catch (error) {
    return error as Said; // of execFile
  }
}

it('is small, and has neither scripts nor sources', () => {
  expect(statSync(packed).size).toBeLessThan(3e6);
  const manifest = json<Record<string, unknown>>(join(installed, 'package.json'));
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(['scripts', 'devDependencies', 'private']));
  expect(readdirSync(installed).sort()).toEqual(
    ['CHANGELOG.md', 'CITATION.cff', 'LICENSE', 'README.md', 'bin', 'dist', 'docs', 'package.json', 'results'].sort(),
  );
  const sources = readdirSync(installed, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(?<!\.d)\.ts$|\.test\./.test(path),
  );
  expect(sources).toEqual([]);
});

it('is not what npm pack makes of the checkout: that is a command that says so', async () => {
  const listed = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: projectRoot, encoding: 'utf8' });
  const [{ files }] = JSON.parse(listed);
  const paths = (files as readonly { readonly path: string }[]).map(({ path }) => path);
  expect(paths.sort()).toEqual(['LICENSE', 'README.md', 'bin/modebench.mjs', 'package.json']);
  const alone = join(root, 'alone/bin/modebench.mjs');
  cpSync(join(projectRoot, 'bin/modebench.mjs'), alone);
  await expect(promisify(execFile)(process.execPath, [alone, 'list'])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('`npm run pack` makes the package'),
  });
}, 30_000);

it('depends on few packages, whose weights the documentation gives', () => {
  const text = readFileSync(join(projectRoot, 'docs/architecture.md'), 'utf8');
  const said = new Map(
    [...text.matchAll(/(@?[\w/-]+) (\d+)(?=[;,:| ])/g)].map(([, name = '', weight]) => [name, Number(weight)]),
  );
  const names = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((kind) =>
    Object.keys(json<Record<string, object>>(join(installed, 'package.json'))[kind] ?? {}),
  );
  for (const name of names.filter((one) => existsSync(join(projectRoot, 'node_modules', one)))) {
    const measured = weightOf(name);
    expect(said.get(name), `${name}: ${measured.toFixed(1)} MB`).toBeGreaterThanOrEqual(0.8 * measured - 0.5);
    expect(said.get(name), `${name}: ${measured.toFixed(1)} MB`).toBeLessThanOrEqual(1.2 * measured + 1);
  }
  expect(dependencies().length).toBeLessThan(150);
});

/** 2²⁰ bytes of a package, and of its parts for this platform. */
function weightOf(name: string): number {
  const here = join(projectRoot, 'node_modules');
  const { optionalDependencies = {} } = json<{ optionalDependencies?: object }>(join(here, name, 'package.json'));
  // sharp's own library is a part of a part
  const parts = Object.keys(optionalDependencies).flatMap((part) => [part, part.replace('sharp-', 'sharp-libvips-')]);
  const folders = [...new Set([name, ...parts])].map((part) => join(here, part)).filter((path) => existsSync(path));
  const files = folders.flatMap((path) =>
    readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()),
  );
  return files.reduce((sum, { parentPath, name: file }) => sum + statSync(join(parentPath, file)).size, 0) / 2 ** 20;
}

it('trains in the folder where it is called, to the bytes of a checkout', async () => {
  const words = ['exp', 'ring8', '--preset', 'smoke', '--seeds', '1', '--methods', 'bigan-pgp'];
  const said = await modebench(...words);
  expect(said).toMatchObject({ code: 0 });
  expect(said.stdout).toContain('npx modebench report ring8');
  expect(said.stdout + said.stderr).not.toContain('npm run');
  expect(await run(...words, '--store', join(root, 'store'), '--quiet')).toMatchObject({ code: 0 });
  const [trial = ''] = readdirSync(join(folder, 'results/ring8/trials'));
  const sums = (store: string) => readFileSync(join(store, 'ring8/trials', trial, 'SHA256SUMS'), 'utf8');
  expect(sums(join(folder, 'results'))).toBe(sums(join(root, 'store')));
}, 120_000);

it('writes an experiment to start from, with its types, and runs it', async () => {
  expect(await modebench('init', 'mine')).toMatchObject({
    code: 0,
    stdout: 'Wrote mine.ts and tsconfig.json (types for an editor)\nNext: npx modebench exp ./mine.ts --seeds 3\n',
  });
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
  const typed = await promisify(execFile)(process.execPath, [tsc, '-p', folder]).catch(({ stdout }) => ({ stdout }));
  expect(typed.stdout).toBe('');
  const short = ['training.steps=10', 'evaluation.every=10', 'evaluation.samples=100'].flatMap((one) => ['--set', one]);
  const said = await modebench('exp', './mine.ts', '--seeds', '1', '--methods', 'hinge', ...short, '--json');
  expect(JSON.parse(said.stdout).outcome).toMatchObject({ done: 1, missing: 0 });
  expect(existsSync(join(folder, 'results/mine/trials.csv'))).toBe(true);
}, 120_000);

it('exports what it says, and leaves optional packages alone until they are asked for', async () => {
  const names = [...entryPaths.keys(), 'modebench/experiments/grid25'];
  const script = `for (const name of ${JSON.stringify(names)}) console.log(name, Object.keys(await import(name)).length > 0)`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder,
  });
  expect(stdout.trim().split('\n')).toEqual(names.map((name) => `${name} true`));
  expect(await modebench('worker', '--queue', 'redis://localhost:1')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^modebench: this needs the package (bullmq|ioredis): npm install --ignore-scripts bullmq@\S+ ioredis@\S+\n$/,
    ),
  });
}, 60_000);

it('names the same packages and entries everywhere', () => {
  const { peerDependencies, devDependencies, exports } = json<Record<string, Record<string, string>>>(
    join(projectRoot, 'package.json'),
  );
  expect(Object.keys(peerDependencies ?? {})).toEqual(optionalPackages);
  const { '@tensorflow/tfjs-node-gpu': _, ...tested } = peerDependencies ?? {};
  expect(devDependencies).toMatchObject(tested);
  const entries = Object.entries(exports ?? {}).filter(([name]) => !name.includes('*'));
  expect([...entryPaths]).toEqual(
    entries.map(([name, path]) => [name.replace('.', 'modebench'), path.replace('./', '').replace('.ts', '')]),
  );
});
