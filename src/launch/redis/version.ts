/** Computes the version of the code: equal on two machines only where a trial would compute the same on both. */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readBytesSync } from '../../disk/read-file.ts';
import { provenance } from '../../trial/outputs/provenance.ts';

export interface Version {
  /** 12 hexadecimal digits over the code of `src` and the packages that compute. */
  readonly code: string;
  /** As in records: 12 digits, `+` where the tree had changes; '' where there is no git. */
  readonly commit: string;
}

/** Of the tree that runs: compiled, or the sources themselves. */
export function ownVersion(tree: string = fileURLToPath(new URL('../../..', import.meta.url))): Version {
  const { versions, commit } = provenance();
  const { node: _, ...packages } = versions;
  const hash = createHash('sha256').update(JSON.stringify(packages));
  for (const path of codeIn(join(tree, 'src'), ''))
    hash.update(`${path}\n`).update(readBytesSync(join(tree, 'src', path)));
  return { code: hash.digest('hex').slice(0, 12), commit };
}

/** Whether two trees of the same code may also be of the same commit. One that is no checkout does not know. */
export function sameCommit(one: string, other: string): boolean {
  const [a, b] = [one, other].map((commit) => commit.replace('+', ''));
  return a === '' || b === '' || a === b;
}

export const versionText = ({ code, commit }: Version): string =>
  commit === '' ? `code ${code}` : `commit ${commit}, code ${code}`;

/** Paths of the code under a folder, with `/` everywhere, in one order everywhere. */
function codeIn(folder: string, within: string): string[] {
  return readdirSync(join(folder, within), { withFileTypes: true })
    .flatMap((entry) => {
      const path = within === '' ? entry.name : `${within}/${entry.name}`;
      return entry.isDirectory() ? codeIn(folder, path) : /(?<!\.d)\.(js|ts)$/.test(entry.name) ? [path] : [];
    })
    .sort();
}
