/** What an experiment needs before it can read pictures: the set is there, or is made where nothing has to be asked. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { prepareSet } from '../prepare/prepare.ts';
import { catalogued } from './catalogue.ts';
import { preparedManifest } from './image-set.ts';
import { missingText } from './words.ts';

/**
 * Nothing where the set is there. Else prepares `mnist`, `stacked-mnist`, `traffic` (simulated) and `shapes` with their
 * defaults, after one line to `tell`. Several processes may do so at once: the first one's set stays.
 *
 * @throws UsageError of one line that says what to type, for any other set and for one that is damaged.
 */
export async function ensureImages(
  dataRoot: string,
  set: string,
  tell: (line: string) => void,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  if (existsSync(join(dataRoot, set))) {
    preparedManifest(dataRoot, set);
    return;
  }
  const entry = catalogued(set);
  if (!entry?.byItself) throw new UsageError(missingText(dataRoot, set));
  tell(`preparing ${join(dataRoot, set)} (${entry.says})`);
  await prepareSet(dataRoot, { kind: entry.name, name: set, typed: {}, fresh: false }, { signal, tell, step() {} });
}
