/**
 * The coordinator's handle on one worker process. Why not tinypool's child_process runtime, which was tried: it pipes what
 * workers print into our own stdout (which `--json` promises to keep for one document), reports every death as "Worker
 * exited unexpectedly" without its signal or last words, and takes a second to end a worker that ignores SIGTERM.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Progress } from '../trial/run.ts';
import type { Answer, Assignment, Order, Report } from './messages.ts';

/** The process ended before it answered. `message` is one line: how it ended and what it said last. */
export class WorkerDied extends Error {}

export interface WorkerProcess {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** Sends one trial and waits for its answer; throws WorkerDied. One at a time. */
  run(assignment: Assignment, onProgress: (progress: Progress) => void): Promise<Answer>;
  /** Asks it to checkpoint the trial at work; its `run` then answers `stopped`. */
  yield(): void;
  /** Kills the process at once and waits until it is gone. What it had written to disk stays whole. */
  stop(): Promise<void>;
}

/** Starts a worker from its compiled entry. */
export function startWorker(entry: string): WorkerProcess {
  const child = fork(entry, [], {
    execArgv: ['--enable-source-maps'],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const lastWords = keepTail(child);
  const send = (order: Order) =>
    child.send(order, () => {
      // Where it cannot be sent the process is gone, and `exited` says how.
    });
  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(`could not start: ${error.message}`));
    // `close` rather than `exit`: by then its last words have arrived.
    child.once('close', (code, signal) => resolve(howItEnded(code, signal)));
  });

  return {
    pid: child.pid,
    get alive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    run: (assignment, onProgress) =>
      new Promise((resolve, reject) => {
        const listen = (report: Report) => {
          if (report.kind === 'progress') return onProgress(report.progress);
          child.off('message', listen);
          resolve(report);
        };
        child.on('message', listen);
        send({ kind: 'run', assignment });
        exited.then((how) => reject(new WorkerDied(withLastWords(how, lastWords()))));
      }),
    yield: () => void (child.connected && send({ kind: 'yield' })),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'its process was killed (SIGKILL: out of memory?)';
  return signal ? `its process ended by ${signal}` : `its process ended with code ${code}`;
}

function withLastWords(how: string, said: string): string {
  const lines = said.split('\n').map((line) => line.trim());
  const telling = lines.findLast((line) => /error|fatal/i.test(line)) ?? lines.findLast((line) => line !== '');
  return telling ? `${how}: ${telling.slice(0, 200)}` : how;
}

/** Collects the last 4,000 characters that the worker prints; with DEBUG=modebench they also go to our stderr. */
function keepTail(child: ChildProcess): () => string {
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8');
    stream?.on('data', (text: string) => {
      tail = (tail + text).slice(-4000);
      if (process.env.DEBUG === 'modebench') process.stderr.write(text);
    });
  }
  return () => tail;
}
