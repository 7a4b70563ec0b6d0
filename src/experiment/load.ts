/**
 * Finds and loads experiments: those of the project by name, a user's own by path. The project's are found beside this
 * code, as TypeScript in the source tree or as JavaScript in a compiled one; a user's file is compiled here.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Message, Plugin } from 'esbuild';
import { didYouMean } from '../base/did-you-mean.ts';
import { brief, inLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { checkAuthor } from './check-experiment.ts';
import type { Experiment } from './define.ts';

/**
 * `grid25` or `./somewhere/mine.ts`. Throws UsageError, one line, for a name that there is not, a file that is not there,
 * does not compile, throws, or holds something other than an experiment.
 */
export async function loadExperiment(nameOrPath: string): Promise<Experiment> {
  return isPath(nameOrPath) ? loadFile(nameOrPath) : loadNamed(nameOrPath);
}

/** Names of the project's own experiments, sorted. */
export async function experimentNames(): Promise<string[]> {
  const files = await readdir(join(tree(), 'experiments'));
  return files
    .filter((file) => /^[^.].*\.[jt]s$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => basename(file, extname(file)))
    .sort();
}

/** What names an experiment, as typed in the folder `from`: a path becomes absolute, a name stays. */
export const experimentFrom = (from: string, nameOrPath: string): string =>
  isPath(nameOrPath) ? resolve(from, nameOrPath) : nameOrPath;

const isPath = (text: string): boolean => /[/\\]/.test(text) || /\.[cm]?[jt]s$/.test(text);

async function loadNamed(name: string): Promise<Experiment> {
  const names = await experimentNames();
  if (!names.includes(name)) {
    throw new UsageError(
      `there is no experiment ${brief(name)}${didYouMean(name, names) || `; there are ${names.join(', ')} (a file of your own: ./${inLine(name)}.ts)`}`,
    );
  }
  const file = sourceIn(join(tree(), 'experiments'), name);
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  return checkAuthor(defaultOf(module), name, `experiments/${name}.ts`);
}

async function loadFile(path: string): Promise<Experiment> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`there is no experiment file ${path}`);
  const compiled = await compile(file, path);
  let module: unknown;
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(compiled).href);
  } catch (error) {
    throw new UsageError(`${path}: throws while it loads: ${firstLine(error)}`, { cause: error });
  } finally {
    await rm(compiled, { force: true });
  }
  return checkAuthor(defaultOf(module), folderName(path), path);
}

/** The file's name, made fit for a folder of the store: letters, digits, dots, dashes. */
function folderName(path: string): string {
  const name = basename(path, extname(path)).replace(/[^A-Za-z0-9._-]+/g, '-');
  return /^[.-]*$/.test(name) ? 'experiment' : name.replace(/^[.-]+/, '');
}

const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;

/**
 * Bundles a user's file, with whatever it imports, into one module in the cache's folder. Its name tells content and process,
 * so that a changed file is a new module and two runs at once do not take each other's away.
 */
async function compile(file: string, shown: string): Promise<string> {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [publicEntry],
  }).catch((error: unknown) => {
    throw new UsageError(`${shown}: ${buildFailure(error)}`, { cause: error });
  });
  const code = result.outputFiles[0]?.contents;
  if (code === undefined) throw new Error(`internal: ${shown} compiled to nothing`);
  const folder = cache();
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const target = join(folder, `user-${hash}-${process.pid}.mjs`);
  await mkdir(folder, { recursive: true });
  await writeFile(target, code);
  return target;
}

/** `modebench` is the public entry of the tree that this code runs in, wherever the file lies. */
const publicEntry: Plugin = {
  name: 'modebench',
  setup(build) {
    build.onResolve({ filter: /^modebench$/ }, () => ({ path: sourceIn(join(tree(), 'src'), 'modebench') }));
  },
};

function buildFailure(error: unknown): string {
  const errors: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errors') : undefined;
  const message: Message | undefined = Array.isArray(errors) ? errors[0] : undefined;
  if (message === undefined) return firstLine(error);
  const at = message.location;
  return at ? `line ${at.line}, column ${at.column + 1}: ${message.text}` : message.text;
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'no message';

/** The tree that this code runs in, of sources or compiled: the nearest folder above that holds `experiments`. */
function tree(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'experiments')) && existsSync(join(folder, 'src'))) return folder;
  }
  throw new Error(`internal: no folder 'experiments' above ${start}`);
}

/** Compiled trees lie in the cache themselves; the source tree has it under node_modules. */
function cache(): string {
  const parent = dirname(tree());
  return parent.endsWith(join('.cache', 'modebench')) ? parent : join(tree(), 'node_modules/.cache/modebench');
}

const sourceIn = (folder: string, name: string): string =>
  ['.ts', '.js'].map((ending) => join(folder, name + ending)).find(existsSync) ?? join(folder, `${name}.ts`);
