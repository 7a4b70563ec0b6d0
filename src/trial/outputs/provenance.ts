/** Finds out where a result comes from: versions, commit and host, once a process. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';

export interface Provenance {
  readonly versions: Readonly<Record<string, string>>;
  /** Commit of the code, `+` where the tree had changes; '' where unknown. */
  readonly commit: string;
  readonly host: string;
}

const packages = ['@tensorflow/tfjs', 'onnxruntime-node', 'seedrandom'] as const;

let known: Provenance | undefined;

export function provenance(): Provenance {
  known ??= { versions: versions(), commit: commit(), host: hostname() };
  return known;
}

function versions(): Record<string, string> {
  const require = createRequire(import.meta.url);
  const versionOf = (name: string): string => (require(`${name}/package.json`) as { version: string }).version; // npm's own format
  return { node: process.versions.node, ...Object.fromEntries(packages.map((name) => [name, versionOf(name)])) };
}

/** Git may be absent, and the code may not lie in a checkout: then there is no commit to tell. */
function commit(): string {
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
