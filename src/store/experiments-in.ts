/** Lists what a store holds: the experiments that have trials, begun or finished, or a table of them. */
import { join } from 'node:path';
import { namesIn } from '../disk/files.ts';

export interface StoredName {
  readonly name: string;
  /** Folders of trials; 0 where there is a table alone. */
  readonly trials: number;
}

/** By name. `root` need not exist. */
export async function experimentsIn(root: string): Promise<StoredName[]> {
  const found: StoredName[] = [];
  for (const name of await namesIn(root)) {
    const files = await namesIn(join(root, name));
    const trials = (await namesIn(join(root, name, 'trials'))).length;
    if (trials > 0 || files.includes('trials.csv')) found.push({ name, trials });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
