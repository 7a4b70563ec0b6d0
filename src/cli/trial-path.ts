/** Finds a trial by the start of its id, so that nobody has to type its hash. */
import { join, relative, resolve } from 'node:path';
import { plural } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { namesIn } from '../disk/files.ts';
import { statsOf } from '../disk/stats-of.ts';
import { callersFolder } from './paths.ts';

/** Candidates that are named; of the others their number is given. */
const named = 6;

/**
 * The path of what was typed: itself where something is there or nothing in the store fits; else that of the one trial whose
 * id is `typed` or goes on with a dash after it. `experiment/id` looks in one experiment.
 *
 * @throws UsageError of one line where several fit.
 */
export async function trialPath(typed: string, store: string): Promise<string> {
  const path = resolve(callersFolder(), typed);
  const [id = '', experiment, ...more] = typed.split('/').reverse();
  if (id === '' || more.length > 0 || statsOf(path) !== undefined) return path;
  const experiments = experiment === undefined ? await namesIn(store) : [experiment];
  const folders = await Promise.all(experiments.map((name) => trialsOf(join(store, name, 'trials'), id)));
  const found = folders.flat().sort();
  const [only] = found;
  if (found.length > 1) throw new UsageError(`${typed} may be ${listOf(found, store)}: expected the name of one`);
  return only ?? path;
}

async function trialsOf(folder: string, id: string): Promise<string[]> {
  if (!statsOf(folder)?.isDirectory()) return [];
  const names = await namesIn(folder);
  return names.filter((name) => name === id || name.startsWith(`${id}-`)).map((name) => join(folder, name));
}

function listOf(paths: readonly string[], store: string): string {
  const names = paths.slice(0, named).map((path) => relative(store, path).replace(/[/\\]trials[/\\]/, '/'));
  const rest = paths.length - names.length;
  return [...names, ...(rest > 0 ? [`one of ${plural(rest, 'other')}`] : [])].join(', ');
}
