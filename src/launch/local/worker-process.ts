/**
 * The coordinator's handle on one worker process. Why not tinypool's child_process runtime, which was tried: it pipes what
 * workers print into our own stdout (which `--json` promises to keep for one document), reports every death as "Worker
 * exited unexpectedly" without its signal or last output, and takes a second to end a worker that ignores SIGTERM.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { plainText } from '../../base/one-line.ts';
import type { Progress } from '../../trial/run-trial.ts';
import type { Answer, Order, Report, TaskGroup } from './messages.ts';

/** What a worker process is started from: a module that calls `serveTasks`, and its arguments. */
export type WorkerCommand = readonly [module: string, ...words: string[]];

/** The worker that trains, where the compiled tree has it. */
export const trainingWorker: WorkerCommand = [fileURLToPath(new URL('./worker.js', import.meta.url))];

/** The process ended before it answered. `message` is one line: how it ended and what it printed last. */
export class WorkerDied extends Error {}

interface Waiter {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: WorkerDied) => void;
}

export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #lastOutput: () => string;
  /** Of the answers that have not come, by the trial's id. */
  readonly #waiting = new Map<string, Waiter>();
  #onProgress: (id: string, progress: Progress) => void = () => {};
  #ended: string | undefined;

  constructor([module, ...words]: WorkerCommand) {
    this.#child = fork(module, words, {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#lastOutput = keepTail(this.#child);
    this.#child.on('message', (report: Report) => this.#receive(report));
    this.#child.once('error', (error) => this.#end(`could not start: ${error.message}`));
    // `close` rather than `exit`: by then its last output has arrived.
    this.#child.once('close', (code, signal) => this.#end(howItEnded(code, signal)));
  }

  get alive(): boolean {
    return this.#child.connected && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** An answer for each task, in their order, or WorkerDied. One group at a time. */
  run(group: TaskGroup, onProgress: (id: string, progress: Progress) => void): readonly Promise<Answer>[] {
    this.#onProgress = onProgress;
    const answers = group.tasks.map(
      ({ trial }) => new Promise<Answer>((resolve, reject) => this.#waiting.set(trial.id, { resolve, reject })),
    );
    this.#send({ kind: 'run', group });
    if (this.#ended !== undefined) this.#end(this.#ended);
    return answers;
  }

  /** Asks it to checkpoint the trials at work; `run` then answers `stopped`. */
  yield(): void {
    if (this.#child.connected) this.#send({ kind: 'yield' });
  }

  /** Kills the process at once and waits until it is gone. What it had written to disk stays whole. */
  async stop(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#child;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }

  #send(order: Order): void {
    this.#child.send(order, () => {
      // Where it cannot be sent the process is gone, and `#end` says how.
    });
  }

  #receive({ id, content }: Report): void {
    if (content.kind === 'progress') {
      this.#onProgress(id, content.progress);
    } else {
      this.#waiting.get(id)?.resolve(content);
      this.#waiting.delete(id);
    }
  }

  #end(how: string): void {
    this.#ended ??= how;
    const death = new WorkerDied(withLastOutput(this.#ended, this.#lastOutput()));
    for (const { reject } of this.#waiting.values()) reject(death);
    this.#waiting.clear();
  }
}

export function howItEnded(code: number | null, signal: NodeJS.Signals | null): string {
  if (signal === 'SIGKILL') return 'its process was killed (SIGKILL: out of memory?)';
  return signal ? `its process ended by ${signal}` : `its process ended with code ${code}`;
}

export function withLastOutput(how: string, output: string): string {
  const lines = plainText(output)
    .split('\n')
    .map((line) => line.trim());
  const telling = lines.findLast((line) => /error|fatal/i.test(line)) ?? lines.findLast((line) => line !== '');
  return telling ? `${how}: ${telling.slice(0, 200)}` : how;
}

/** Collects the last 4,000 characters that the worker prints; with DEBUG=modebench they also go to our stderr. */
export function keepTail(child: ChildProcess): () => string {
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
