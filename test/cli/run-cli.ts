/** Runs the command line as its users do: `node bin/modebench.mjs …` in a process of its own, without a terminal. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** The environment without what npm, vitest or a CI would change in it. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|INIT_CWD|CI$|DEBUG|NO_COLOR|NODE_OPTIONS|VITEST)/.test(name),
  );
  return Object.fromEntries(kept);
}

export const start = (...args: readonly string[]): Running => startScript('bin/modebench.mjs', ...args);

/** A command line of a test's own. */
export function startScript(script: string, ...args: readonly string[]): Running {
  const child = spawn(process.execPath, [script, ...args], { cwd: projectRoot, env: plainEnvironment() });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { child, ended };
}

export const run = (...args: readonly string[]): Promise<Ended> => start(...args).ended;
export const runScript = (...args: Parameters<typeof startScript>): Promise<Ended> => startScript(...args).ended;

/** A folder that goes with the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Process ids of the direct children of a process. */
export function childrenOf(pid: number | undefined): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, parent]) => parent === pid).flatMap(([child = 0]) => child);
}

export async function until<T>(find: () => T | undefined | false, seconds = 20): Promise<T> {
  for (let tries = 0; tries < seconds * 20; tries++) {
    const found = find();
    if (found) return found;
    await sleep(50);
  }
  throw new Error(`did not come true within ${seconds} s: ${find}`);
}
