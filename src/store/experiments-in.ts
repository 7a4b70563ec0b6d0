/** Lists what a store holds: the experiments that have trials, begun or finished, or a table of them; and tells when one changed. */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { slices } from '../base/collections.ts';
import { namesIn } from '../disk/files.ts';
import { stampOf } from '../disk/stats-of.ts';
import { recordFile } from './record-cache.ts';

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

/** Files that are asked for their times in one go. */
const slice = 200;

/** Says when an experiment's folder was last written: another text after a record, the table or the description was. */
export async function stampOfExperiment(folder: string): Promise<string> {
  const trials = (await namesIn(join(folder, 'trials'))).map((id) => recordFile(join(folder, 'trials', id)));
  const files = [...['experiment.json', 'trials.csv'].map((name) => join(folder, name)), ...trials];
  const stamps: string[] = [];
  for (const some of slices(files, slice)) {
    stamps.push(...some.map((file) => `${file} ${stampIfReadable(file)}`));
    await setImmediate();
  }
  return stamps.join('\n');
}

/** Who reads it says what is wrong with it. */
function stampIfReadable(file: string): string | undefined {
  try {
    return stampOf(file);
  } catch {
    return 'unreadable';
  }
}
