/** Runs code of a test in a process of its own: bundled with what it imports of the project, so that any Node can run it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** Writes `code` (TypeScript; imports are relative to the project's root) as a module that stands alone, into `folder`. */
export async function bundle(code: string, folder: string): Promise<string> {
  const outfile = join(folder, 'child.mjs');
  await build({
    stdin: { contents: code, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    loader: { '.node': 'empty' }, // of packages that no test of the store calls
    outfile,
    logLevel: 'silent',
  });
  return outfile;
}

export function start(module: string, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [module, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** The first line that a child prints. */
export async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) break;
  }
  return text.split('\n')[0] ?? '';
}

export async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}
