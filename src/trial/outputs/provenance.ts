/** Finds out where a result comes from: versions, commit and host, once a process. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { missingPackage } from '../../base/optional-packages.ts';
import { readTextSync } from '../../disk/read-file.ts';

export interface Provenance {
  readonly versions: Readonly<Record<string, string>>;
  /** Commit of the code, `+` where the tree had changes; '' where unknown. */
  readonly commit: string;
  readonly host: string;
}

const packages = ['@tensorflow/tfjs-core', 'onnxruntime-node', 'seedrandom'] as const;

let known: Provenance | undefined;

export function provenance(): Provenance {
  known ??= { versions: versions(), commit: commit(), host: hostname() };
  return known;
}

function versions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version; // npm's own format
  const found = packages.flatMap((name) => {
    try {
      return [[name, versionOf(name)]];
    } catch (error) {
      if (missingPackage(error) === undefined) throw error;
      return []; // nothing asked for it so far
    }
  });
  return { node: process.versions.node, ...Object.fromEntries(found) };
}

/** Git may be absent, and the code may not lie in a checkout: then there is no commit to tell. A package says which it was made of. */
function commit(): string {
  const noted = fileURLToPath(new URL('../../../commit.txt', import.meta.url));
  if (existsSync(noted)) return readTextSync(noted).trim();
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', ':/') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return '';
  }
}
