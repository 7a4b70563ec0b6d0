/** Finds what `doctor` reports without trying a device: Node, machine, packages. */
import { existsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { readTextSync } from '../../disk/read-file.ts';

export interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'missing' | 'broken';
  readonly says: string;
}

const oldestNode = [20, 19] as const;

export function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const says = `${process.versions.node} on ${process.platform} ${process.arch}`;
  if (isNew) return { what: 'Node', state: 'ok', says };
  return {
    what: 'Node',
    state: 'broken',
    says: `${says}; ${oldestNode.join('.')} or newer is needed: https://nodejs.org`,
  };
}

export function machine(): Finding {
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  return { what: 'machine', state: 'ok', says: `${availableParallelism()} cores, ${memory} GiB of memory` };
}

/** The declared packages against the installed ones. `root` is the project's folder. */
export function packages(root: string): Finding {
  const { dependencies } = readJson<{ dependencies: Record<string, string> }>(join(root, 'package.json'));
  const wrong = Object.entries(dependencies).flatMap(([name, wanted]) => {
    const installed = installedVersion(root, name);
    return installed === wanted ? [] : [`${name} ${wanted} (${installed ?? 'not there'})`];
  });
  const total = Object.keys(dependencies).length;
  if (wrong.length === 0) return { what: 'packages', state: 'ok', says: `${total} as declared` };
  return { what: 'packages', state: 'missing', says: `${wrong.join(', ')}; run npm install` };
}

/** Found as Node does, from a folder upwards: a package lies beside those that it needs. */
export function installedVersion(root: string, name: string): string | undefined {
  const path = join(root, 'node_modules', name, 'package.json');
  if (existsSync(path)) return readJson<{ version: string }>(path).version;
  return dirname(root) === root ? undefined : installedVersion(dirname(root), name);
}

/** Our own files and npm's: their shape is known. */
function readJson<T>(path: string): T {
  return JSON.parse(readTextSync(path)) as T;
}
