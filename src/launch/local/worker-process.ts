/**
 * The coordinator's handle on one worker process. Why not tinypool's child_process runtime, which was tried: it pipes what
 * workers print into our own stdout (which `--json` promises to keep for one document), reports every death as "Worker
 * exited unexpectedly" without its signal or last words, and takes a second to end a worker that ignores SIGTERM.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Progress } from '../../trial/run-trial.ts';
import type { Answer, Assignment, Order, Report } from './messages.ts';

/** The process ended before it answered. `message` is one line: how it ended and what it said last. */
export class WorkerDied extends Error {}

export interface WorkerProcess {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** Sends an assignment: an answer for each of its errands, in their order, or WorkerDied. One assignment at a time. */
  run(assignment: Assignment, onProgress: (id: string, progress: Progress) => void): readonly Promise<Answer>[];
  /** Asks it to checkpoint the trials at work; `run` then answers `stopped`. */
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
      // Where it cannot be sent the process is gone, and `end` says how.
    });
  /** Whose answer is awaited, by the trial's id; nothing is kept of those that came. */
  const waiting = new Map<string, { resolve: (answer: Answer) => void; reject: (error: WorkerDied) => void }>();
  let onProgress: (id: string, progress: Progress) => void = () => {};
  let ended: string | undefined;
  const end = (how: string) => {
    ended ??= how;
    const death = new WorkerDied(withLastWords(ended, lastWords()));
    for (const { reject } of waiting.values()) reject(death);
    waiting.clear();
  };
  child.on('message', ({ id, says }: Report) => {
    if (says.kind === 'progress') return onProgress(id, says.progress);
    waiting.get(id)?.resolve(says);
    waiting.delete(id);
  });
  child.once('error', (error) => end(`could not start: ${error.message}`));
  // `close` rather than `exit`: by then its last words have arrived.
  child.once('close', (code, signal) => end(howItEnded(code, signal)));

  return {
    pid: child.pid,
    get alive() {
      return child.connected && child.exitCode === null && child.signalCode === null;
    },
    run: (assignment, tell) => {
      onProgress = tell;
      const answers = assignment.errands.map(
        ({ trial }) => new Promise<Answer>((resolve, reject) => waiting.set(trial.id, { resolve, reject })),
      );
      send({ kind: 'run', assignment });
      if (ended !== undefined) end(ended);
      return answers;
    },
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
