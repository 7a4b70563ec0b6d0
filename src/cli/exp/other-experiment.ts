/** Tells experiments of one name apart: two files may be called alike, and a folder of the store is one experiment's. */
import { join, relative, resolve } from 'node:path';
import { inLine } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import type { Experiment } from '../../experiment/define.ts';
import { type Metadata, readMetadata } from '../../store/metadata.ts';
import type { Store } from '../../store/store.ts';
import { fromHere } from '../paths.ts';

/** Where the project's own experiments come from. */
const project = 'modebench';

/** The folder of an experiment's file as seen from its store, so that both may be moved together. */
export const homeOf = ({ folder }: Experiment, { path }: Store): string =>
  folder === undefined ? project : relative(path, folder) || '.';

/**
 * Throws UsageError where the store's folder is of a file elsewhere that claims something else: its claim and its expectations
 * would be replaced, and its trials mixed with others. A file that was moved, or whose claim was reworded, is the same.
 */
export function refuseOther(store: Store, experiment: Experiment): void {
  const { home, claim } = known(store) ?? {};
  if (home === undefined || home === homeOf(experiment, store) || claim === experiment.claim) return;
  const other =
    home === project ? `of the project` : `of ${fromHere(join(resolve(store.path, home), experiment.name))}`;
  throw new UsageError(
    `${fromHere(store.path)} has ${experiment.name} ${other} (“${inLine(claim ?? '', 60)}”), which is another experiment: give this file another name, or name another --store`,
  );
}

/** What cannot be read is replaced by the run, and nobody's. */
function known({ path }: Store): Metadata | undefined {
  try {
    return readMetadata(path);
  } catch {
    return undefined;
  }
}
