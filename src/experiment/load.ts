/**
 * Finds and loads experiments: those of the project by name, a user's own by path. The project's are found beside this
 * code, as TypeScript in the source tree or as JavaScript in a compiled one; a user's file is compiled here.
 */
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { didYouMean } from '../base/did-you-mean.ts';
import { brief } from '../base/format-issue.ts';
import { inLine, messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { builtIn, type Catalogue } from '../catalogue/catalogue.ts';
import { refuseOther } from '../disk/read-file.ts';
import { bundle } from './bundle.ts';
import { checkExperiment } from './check-experiment.ts';
import type { Experiment } from './define.ts';
import type { PlannedTrial } from './plan.ts';
import { sourceIn, tree } from './source-tree.ts';

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

/** The project's own by name: a process that loads one again gets the same, with what was resolved of it. */
const checked = new Map<string, Experiment>();

async function loadNamed(name: string): Promise<Experiment> {
  const names = await experimentNames();
  if (!names.includes(name)) {
    throw new UsageError(
      `there is no experiment ${brief(name)}${didYouMean(name, names) || `; there are ${names.join(', ')} (a file of your own: ./${inLine(name)}.ts)`}`,
    );
  }
  const file = sourceIn(join(tree(), 'experiments'), name);
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  await setImmediate(); // checking resolves every method: who loads many experiments does other things in between
  const experiment = checked.get(name) ?? checkExperiment(defaultOf(module), name, `experiments/${name}.ts`);
  checked.set(name, experiment);
  return experiment;
}

async function loadFile(path: string): Promise<Experiment> {
  const file = resolve(path);
  if (!existsSync(file)) throw new UsageError(`there is no experiment file ${path}`);
  refuseOther(file);
  const { target, sha256 } = await bundle(file, path);
  process.setSourceMapsEnabled(true); // from here on traces name the places of the file, and not of its bundle
  let exported: unknown;
  try {
    exported = await settled(import(/* @vite-ignore */ pathToFileURL(target).href).then(defaultOf));
  } catch (error) {
    const what = error === unsettled ? unsettled.message : `throws while it loads: ${messageOf(error)}`;
    throw new UsageError(`${path}: ${what}`, { cause: error });
  } finally {
    await rm(target, { force: true });
  }
  return checkExperiment(exported, folderName(path), path, { file, sha256 });
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
  try {
    return await loaded;
  } catch (error) {
    foreign.delete(key); // the file may be put right while this process lives
    throw error;
  }
}

/** Milliseconds that a file may take to say what it exports: it may read or fetch something. */
const patienceMs = 60_000;

const unsettled = new Error('an await in it, or the promise that it exports, does not end');

/** What a file promises to export. Throws `unsettled` where nothing is left that could settle it, or where that takes too long. */
async function settled<T>(exported: Promise<T>): Promise<Awaited<T>> {
  const patience = new AbortController();
  const never = new Promise<never>((_, reject) => {
    const refuse = () => reject(unsettled);
    // It fires when this process has nothing more to wait for, which would end it without a word.
    process.once('beforeExit', refuse);
    const timer = setTimeout(refuse, patienceMs).unref();
    patience.signal.addEventListener('abort', () => {
      process.off('beforeExit', refuse);
      clearTimeout(timer);
    });
  });
  try {
    return await Promise.race([exported, never]);
  } finally {
    patience.abort();
  }
}

/** The file's name, made fit for a folder of the store: letters of any script (composed, as most systems write them), digits, dots, dashes. */
function folderName(path: string): string {
  const name = basename(path, extname(path))
    .normalize('NFC')
    .replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-')
    .replace(/^[\p{M}.-]+/u, '');
  return name === '' ? 'experiment' : name;
}

const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null ? Reflect.get(module, 'default') : undefined;
