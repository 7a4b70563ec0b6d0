/** Gives an experiment a folder of its own in the store: two files may be called alike, and a folder is one experiment's. */
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { inLine } from '../../base/one-line.ts';
import type { Experiment } from '../../experiment/define.ts';
import { searchName } from '../../experiment/search/plan-search.ts';
import { type Metadata, readMetadata } from '../../store/metadata.ts';
import { fromHere } from '../paths.ts';

/** Where the project's own experiments come from. */
const project = 'modebench';

/** The folder of an experiment's file as seen from its store's, so that both may be moved together. */
export const homeOf = ({ folder }: Experiment, path: string): string =>
  folder === undefined ? project : relative(path, folder) || '.';

interface Placed {
  /** Called as its folder in the store is. */
  readonly experiment: Experiment;
  /** What its file is called, where that is another name. */
  readonly called?: string;
  /** Why it is not called as its file is, one line. */
  readonly note?: string;
}

/**
 * The experiment under the first name, of `mine`, `mine-2`, … whose folder below `root` is its own or nobody's. A folder of a
 * file elsewhere that claims something else is another's: its claim and expectations would be replaced, and its trials mixed
 * with others. A file that was moved, or whose claim was reworded, is the same.
 */
export function apartFromOthers(experiment: Experiment, root: string): Placed {
  let free: string | undefined;
  for (let number = 1; ; number++) {
    const name = number === 1 ? experiment.name : `${experiment.name}-${number}`;
    const known = knownOf(name, root);
    if (known.length > 0 && known.every((one) => isOwn(one, experiment, name))) return placed(experiment, name, root);
    // A free name before its own folder is one that was removed.
    if (known.length === 0) free ??= name;
    if (free !== undefined && number > 1 && !existsSync(join(root, name))) return placed(experiment, free, root);
  }
}

/** What is known of the folders that an experiment of that name has: of its trials, and of its search. */
const knownOf = (name: string, root: string) =>
  [name, searchName(name)].flatMap((folder) => {
    const path = join(root, folder);
    const metadata = metadataIn(path);
    return metadata ? [{ path, metadata }] : [];
  });

type Known = ReturnType<typeof knownOf>[number];

function isOwn({ path, metadata: { home, called, claim } }: Known, experiment: Experiment, name: string): boolean {
  // Earlier versions did not say whose folder it is: that of its own name.
  if (home === undefined) return name === experiment.name;
  const hasName = (called ?? name) === experiment.name;
  return hasName && (home === homeOf(experiment, path) || claim === experiment.claim);
}

function placed(experiment: Experiment, name: string, root: string): Placed {
  if (name === experiment.name) return { experiment };
  const [first] = knownOf(experiment.name, root);
  const { home = '', claim = '' } = first?.metadata ?? {};
  const path = first?.path ?? join(root, experiment.name);
  const other = home === project ? 'the project' : fromHere(join(resolve(path, home), experiment.name));
  const note = `${fromHere(path)} has another experiment, of ${other} (“${inLine(claim, 60)}”): this one is kept apart as ${name}`;
  return { experiment: { ...experiment, name }, called: experiment.name, note };
}

/** What cannot be read is replaced by the run, and nobody's. */
function metadataIn(path: string): Metadata | undefined {
  try {
    return readMetadata(path);
  } catch {
    return undefined;
  }
}
