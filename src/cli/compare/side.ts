/** Finds what is compared by the word that was typed: a store, the store of a commit, an experiment's file or its name. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Experiment } from '../../experiment/define.ts';
import { experimentFrom, experimentNames, loadExperiment } from '../../experiment/load.ts';
import { experimentsIn } from '../../store/experiments-in.ts';
import { callersFolder, fromHere } from '../paths.ts';

/** One side of a comparison. */
export interface Side {
  /** As it was typed. */
  readonly typed: string;
  /** Where its records lie; what is not there holds none. */
  readonly store: string;
  /** Experiments that have records there, of those that are meant. */
  readonly names: readonly string[];
  /** The one experiment that was named, where its spec can be resolved here. */
  readonly experiment?: Experiment;
  /** Whether one experiment is meant, and not a whole store. */
  readonly isOne: boolean;
  /** Removes what was unpacked for it. */
  close(): void;
}

const nothing = () => {};

/** @param store where named experiments have their records. @throws UsageError of one line for a word that names nothing. */
export async function openSide(typed: string, store: string): Promise<Side> {
  const path = resolve(callersFolder(), typed);
  const stored = (await experimentsIn(store)).map(({ name }) => name);
  if (/\.[cm]?[jt]s$/.test(typed)) {
    const experiment = await loadExperiment(experimentFrom(callersFolder(), typed));
    return one(typed, store, experiment.name, stored, experiment);
  }
  const builtIn = await experimentNames();
  if (stored.includes(typed) || builtIn.includes(typed)) {
    const experiment = builtIn.includes(typed) ? await loadExperiment(typed) : undefined;
    return one(typed, store, typed, stored, experiment);
  }
  if (statsOf(path)?.isDirectory()) return folderSide(typed, path);
  const commit = commitSide(typed);
  if (commit !== undefined) return commit;
  const near = didYouMean(typed, [...new Set([...stored, ...builtIn])]);
  throw new UsageError(`${typed}: expected a store, a commit, an experiment's file or its name${near}`);
}

const one = (typed: string, store: string, name: string, stored: readonly string[], experiment?: Experiment): Side => ({
  ...{ typed, store, isOne: true, close: nothing },
  names: stored.filter((other) => other === name),
  ...(experiment && { experiment }),
});

/** A store, or the folder of one of its experiments. */
async function folderSide(typed: string, path: string, close = nothing): Promise<Side> {
  const names = (await experimentsIn(path)).map(({ name }) => name);
  if (names.length > 0) return { typed, store: path, names, isOne: false, close };
  const store = dirname(path);
  const own = (await experimentsIn(store)).filter(({ name }) => name === basename(path));
  if (own.length > 0) return { typed, store, names: [basename(path)], isOne: true, close };
  close();
  throw new UsageError(
    `${typed}: expected a store, which holds experiments, or an experiment's folder in one; ${fromHere(path)} holds neither`,
  );
}

/** Folders of results that a repository may keep, the first that a commit has. */
const kept = ['results', 'results/reference'];

/** `<commit>` or `<commit>:<folder>`; `undefined` for what is no commit of the repository here. */
function commitSide(typed: string): Promise<Side> | undefined {
  const [commit = '', ...rest] = typed.split(':');
  const git = (...words: readonly string[]) => gitOutput(callersFolder(), words);
  const id =
    commit === ''
      ? undefined
      : git('rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{commit}`)?.toString().trim();
  if (id === undefined) return undefined;
  const asked = rest.length > 0 ? [rest.join(':')] : kept;
  const top = git('rev-parse', '--show-toplevel')?.toString().trim() ?? '.';
  const folder = asked.find((path) => holdsTables(top, id, path));
  if (folder === undefined)
    throw new UsageError(
      `${typed}: expected a commit that keeps results (trials.csv) in ${asked.join(' or ')}; give the folder: ${commit}:<folder>`,
    );
  const place = mkdtempSync(join(tmpdir(), 'modebench-compare-'));
  const close = () => rmSync(place, { recursive: true, force: true });
  try {
    const archive = gitOutput(top, ['archive', '--format=tar', id, folder]);
    execFileSync('tar', ['--extract', `--directory=${place}`], { input: archive });
  } catch (error) {
    close();
    throw error;
  }
  return folderSide(typed, join(place, folder), close);
}

/** Whether an experiment's table lies right below a folder of a commit. */
function holdsTables(top: string, id: string, folder: string): boolean {
  const names =
    gitOutput(top, ['ls-tree', '-r', '--name-only', id, '--', `${folder}/`])
      ?.toString()
      .split('\n') ?? [];
  const depth = folder.split('/').length + 2;
  return names.some((name) => name.endsWith('/trials.csv') && name.split('/').length === depth);
}

/** What git says; `undefined` where it refuses, or there is none. */
function gitOutput(cwd: string, words: readonly string[]): Buffer | undefined {
  try {
    return execFileSync('git', words, { cwd, stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 31 - 1 });
  } catch {
    return undefined;
  }
}
