/** The compiled tree behind every command: made when a source changed, kept while somebody runs from it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compileTree } from '../bin/compile.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modebench-compile-'));
  mkdirSync(join(root, 'src'));
  mkdirSync(join(root, 'bin'));
  writeFileSync(join(root, 'bin/compile.mjs'), '');
  write("import { half } from './half.ts';\nexport const answer: number = half(84);\n");
  writeFileSync(join(root, 'src/half.ts'), 'export const half = (x: number): number => x / 2;\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (text: string) => writeFileSync(join(root, 'src/answer.ts'), text);
const trees = () => readdirSync(join(root, 'node_modules/.cache/modebench')).sort();

/** As if it had been made two hours ago, by a process that is over, and used by `user`. */
function age(tree: string, user?: string): void {
  for (const name of readdirSync(tree).filter((one) => one.startsWith('user-'))) rmSync(join(tree, name));
  if (user !== undefined) writeFileSync(join(tree, user), '');
  const then = new Date(Date.now() - 2 * 60 * 60 * 1000);
  utimesSync(tree, then, then);
}

it('mirrors the sources, and is made again only where one of them changed', async () => {
  const tree = await compileTree(root);
  const { answer } = await import(pathToFileURL(join(tree, 'src/answer.js')).href);
  expect(answer).toBe(42);
  expect(await compileTree(root)).toBe(tree);
  write('export const answer = 43;\n');
  const next = await compileTree(root);
  expect(next).not.toBe(tree);
  expect(readFileSync(join(next, 'src/answer.js'), 'utf8')).toContain('43');
  expect(trees()).toEqual([basename(tree), basename(next)].sort()); // somebody may just be starting from the older one
});

it('lies in the cache of the user where the project cannot be written to, and finds its packages there', async () => {
  mkdirSync(join(root, 'node_modules/packed'), { recursive: true });
  writeFileSync(join(root, 'node_modules/packed/index.js'), 'module.exports = { answer: 44 };\n');
  writeFileSync(join(root, 'node_modules/.cache'), 'in the way, as a read-only disk is');
  write("export { answer } from 'packed';\n");
  const own = process.env.XDG_CACHE_HOME;
  process.env.XDG_CACHE_HOME = join(root, 'home');
  try {
    const tree = await compileTree(root);
    expect(tree.startsWith(join(root, 'home'))).toBe(true);
    expect(await compileTree(root)).toBe(tree);
    const { answer } = await import(pathToFileURL(join(tree, 'src/answer.js')).href);
    expect(answer).toBe(44);
  } finally {
    if (own === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = own;
  }
});

it('asks for TensorFlow.js by require, which reads no names out of it', async () => {
  const packages: readonly (readonly [string, string])[] = [
    ['tfjs-core', "module['exp' + 'orts'] = { answer: 44 };\n"],
    ['tfjs-backend-cpu', "require('../tfjs-core').answer++;\n"],
  ];
  for (const [name, code] of packages) {
    const folder = join(root, 'node_modules/@tensorflow', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.js'), code);
  }
  const imports = "import * as tf from '@tensorflow/tfjs-core';\nimport '@tensorflow/tfjs-backend-cpu';\n";
  write(`${imports}export const answer: number = tf.answer;\n`);
  const { answer } = await import(pathToFileURL(join(await compileTree(root), 'src/answer.js')).href);
  expect(answer).toBe(45);
});

it('says where a source does not parse, and leaves nothing half made', async () => {
  write('export const answer = ;\n');
  await expect(compileTree(root)).rejects.toThrow('src/answer.ts:1:22');
  expect(trees()).toEqual([]);
});

it.each([
  ['nobody', undefined, false],
  ['a process that is over', `user-${2 ** 22 + 1}@${hostname()}`, false],
  ['a process that runs here', `user-${process.pid}@${hostname()}`, true],
  ['a process of another machine, as a task of Slurm', 'user-1@node-17', true],
])('an old tree that is used by %s', async (_who, user, isKept) => {
  const old = await compileTree(root);
  age(old, user);
  write('export const answer = 44;\n');
  await compileTree(root);
  expect(existsSync(old)).toBe(isKept);
});

it('joins what commands start from, and a module there keeps its place', async () => {
  for (const folder of ['src/cli', 'src/experiment', 'experiments']) mkdirSync(join(root, folder));
  const place = 'export const place = (): string => import.meta.url;\n';
  for (const path of ['src/place.ts', 'src/experiment/source-tree.ts']) writeFileSync(join(root, path), place);
  writeFileSync(
    join(root, 'src/cli/main.ts'),
    "import { half } from '../half.ts';\nimport { place } from '../place.ts';\n" +
      "export { place as tree } from '../experiment/source-tree.ts';\n" +
      "export const main = { half, place: place(), mine: (await import('../../experiments/mine.ts')).default };\n",
  );
  writeFileSync(join(root, 'experiments/mine.ts'), "import { half } from '../src/half.ts';\nexport default half;\n");
  const tree = await compileTree(root);
  const address = (path: string): string => pathToFileURL(join(tree, path)).href;
  const { main, tree: found } = await import(address('joined/src/cli/main.js'));
  expect(main).toMatchObject({ place: address('src/place.js'), mine: main.half });
  expect(found()).toBe(address('joined/src/experiment/source-tree.js'));
  expect((await import(address('joined/experiments/mine.js'))).default).toBe(main.half);
});

it('bundles the live page’s script beside what serves it, so that no compiler is loaded for a page', async () => {
  mkdirSync(join(root, 'src/view/page'), { recursive: true });
  mkdirSync(join(root, 'src/view/client'));
  mkdirSync(join(root, 'node_modules'));
  const esbuild = fileURLToPath(new URL('../node_modules/esbuild', import.meta.url));
  symlinkSync(esbuild, join(root, 'node_modules/esbuild'), 'junction');
  const source = readFileSync(new URL('../src/view/page/bundle-script.ts', import.meta.url), 'utf8');
  writeFileSync(join(root, 'src/view/page/bundle-script.ts'), source);
  writeFileSync(join(root, 'src/view/client/main.ts'), "import { half } from '../../half.ts';\nconsole.log(half);\n");
  const tree = await compileTree(root);
  const script = readFileSync(join(tree, 'src/view/page/script.bundle.js'), 'utf8');
  expect([script.includes('console.log'), script.includes('import')]).toEqual([true, false]);
});
