/** Finds stores that commands read, and the experiments in them. */
import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/usage-error.ts';
import { statsOf } from '../disk/stats-of.ts';
import { experimentsIn } from '../store/experiments-in.ts';
import { fromHere } from './paths.ts';

/** Throws UsageError where there is no such folder. */
export function existingStore(path: string, option: string): string {
  const stat = statsOf(path);
  if (stat === undefined) {
    throw new UsageError(`${option}: there is no store at ${path} (npm run exp -- grid25 makes one in results)`);
  }
  if (!stat.isDirectory()) throw new UsageError(`${option}: expected a folder, ${path} is a file`);
  return path;
}

/** The named experiments, or every one that has trials in the store. */
export async function storedNames(asked: readonly string[], store: string): Promise<string[]> {
  const there = (await experimentsIn(store)).map(({ name }) => name);
  if (there.length === 0)
    throw new UsageError(`the store ${fromHere(store)} holds no trials (npm run exp -- grid25 makes some)`);
  for (const name of asked) {
    if (there.includes(name)) continue;
    const known = didYouMean(name, there) || `; it has ${there.join(', ')}`;
    throw new UsageError(`the store ${fromHere(store)} holds no trials of '${name}'${known}`);
  }
  return asked.length > 0 ? [...new Set(asked)] : there;
}
