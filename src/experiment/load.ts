/**
 * Finds and loads experiments: those of the project by name, a user's own by path. The project's are found beside this
 * code, as TypeScript in the source tree or as JavaScript in a compiled one; a user's file is compiled here.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type esbuild from 'esbuild';
import type { Message, Plugin } from 'esbuild';
import { didYouMean } from '../base/did-you-mean.ts';
import { brief } from '../base/format-issue.ts';
import { inLine, messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { builtIn, type Catalogue } from '../catalogue/catalogue.ts';
import { readBytes, refuseOther } from '../disk/read-file.ts';
import { checkExperiment } from './check-experiment.ts';
import type { Experiment } from './define.ts';
import type { PlannedTrial } from './plan.ts';

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
  return checkExperiment(defaultOf(module), name, `experiments/${name}.ts`);
}

async function loadFile(path: string): Promise<Experiment> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`there is no experiment file ${path}`);
  refuseOther(file);
  const { target, sha256 } = await compile(file, path);
  let module: unknown;
  try {
    module = await import(/* @vite-ignore */ pathToFileURL(target).href);
  } catch (error) {
    throw new UsageError(`${path}: throws while it loads: ${messageOf(error)}`, { cause: error });
  } finally {
    await rm(target, { force: true });
  }
  return checkExperiment(defaultOf(module), folderName(path), path, { file, sha256 });
}

const foreign = new Map<string, Promise<Catalogue>>();

/**
 * Where the kinds of a trial's spec are found: the project's, or those of the experiment's file that it was planned from.
 * Throws UsageError where that file is not there, or is not the same any more.
 */
export async function catalogueFor({ spec, code }: Pick<PlannedTrial, 'spec' | 'code'>): Promise<Catalogue> {
  if (spec.code === undefined) return builtIn;
  const short = spec.code.slice(0, 8);
  if (code === undefined)
    throw new UsageError(`the trial uses kinds of an experiment's own file (${short}), which is not here`);
  const key = `${code.file} ${spec.code}`;
  const loaded =
    foreign.get(key) ??
    loadFile(code.file).then(({ catalogue, code: found }) => {
      if (found?.sha256 === spec.code) return catalogue;
      throw new UsageError(
        `${code.file}: changed since the trial was planned (it was ${short}): run the command again`,
      );
    });
  foreign.set(key, loaded);
  return loaded;
}

/** The file's name, made fit for a folder of the store: letters, digits, dots, dashes. */
function folderName(path: string): string {
  const name = basename(path, extname(path)).replace(/[^A-Za-z0-9._-]+/g, '-');
  return /^[.-]*$/.test(name) ? 'experiment' : name.replace(/^[.-]+/, '');
}

const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;

interface Compiled {
  /** Path of the module; its name tells content and process, so that two runs at once do not take each other's away. */
  readonly target: string;
  /** Of the file and of what it imports from beside it. */
  readonly sha256: string;
}

/** Bundles a user's file, with whatever it imports, into one module in the cache's folder. */
async function compile(file: string, shown: string): Promise<Compiled> {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    plugins: [publicEntries(build)],
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
  return { target, sha256: await hashOfInputs(file, Object.keys(result.metafile.inputs)) };
}

/** One hash of source files, by their places relative to the first; the same wherever the folder lies. */
async function hashOfInputs(file: string, inputs: readonly string[]): Promise<string> {
  const paths = inputs.filter((input) => !input.startsWith('modebench:')).map((input) => resolve(input));
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    const content = createHash('sha256').update(await readBytes(path));
    hash.update(`${relative(dirname(file), path).replaceAll('\\', '/')} ${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}

/** Where a module of the project that an experiment's file imports is in the tree. */
function entryPath(name: string): string {
  if (name === 'modebench/losses') return 'src/methods/losses';
  return name.startsWith(experimentEntry) ? `experiments/${name.slice(experimentEntry.length)}` : 'src/modebench';
}
const experimentEntry = 'modebench/experiments/';

const load = (name: string): Promise<object> =>
  import(/* @vite-ignore */ pathToFileURL(sourceIn(tree(), entryPath(name))).href);
const shared = Symbol.for('modebench.entries');

/**
 * What a user's file imports from `modebench` are the very modules of this process, wherever the file lies: a card is known
 * by its identity, and tfjs keeps its state in its module. The bundle asks for them through a global.
 */
const publicEntries = (build: typeof esbuild.build): Plugin => ({
  name: 'modebench',
  setup(bundle) {
    Reflect.set(globalThis, shared, load);
    const filter = /^modebench(\/losses|\/experiments\/[\w-]+)?$/;
    bundle.onResolve({ filter }, ({ path }) => ({ path, namespace: 'modebench' }));
    bundle.onLoad({ filter: /.*/, namespace: 'modebench' }, async ({ path }) => {
      const source = sourceIn(tree(), entryPath(path));
      if (!existsSync(source)) throw new Error(`there is no experiment ${path}`);
      const { metafile } = await build({ entryPoints: [source], write: false, metafile: true, format: 'esm' });
      const names = Object.values(metafile.outputs).flatMap((output) => output.exports);
      const lines = names.map((name) =>
        name === 'default' ? 'export default module.default;' : `export const ${name} = module.${name};`,
      );
      const from = `globalThis[Symbol.for('modebench.entries')]('${path}')`;
      return { contents: `const module = await ${from};\n${lines.join('\n')}` };
    });
  },
});

function buildFailure(error: unknown): string {
  const errors: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errors') : undefined;
  const message: Message | undefined = Array.isArray(errors) ? errors[0] : undefined;
  if (message === undefined) return messageOf(error);
  const at = message.location;
  return at ? `line ${at.line}, column ${at.column + 1}: ${message.text}` : message.text;
}

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
