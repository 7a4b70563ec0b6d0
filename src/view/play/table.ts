/**
 * Holds what is being played: a process for each variant, started for a page, gone soon after the last page that looks at it.
 * Nothing of it is written anywhere.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { issueLine } from '../../base/format-issue.ts';
import { UsageError } from '../../base/usage-error.ts';
import { howItEnded, keepTail, withLastOutput } from '../../launch/local/worker-process.ts';
import type { Source } from '../source.ts';
import { parseVariant } from './course.ts';
import type { Opening, Order, Played, PlayedFrame, Report } from './messages.ts';
import type { Start } from './worker.ts';

/** Processes at once: two variants for each of a few pages. */
const most = Math.max(8, 2 * availableParallelism());
/** Milliseconds that a session waits for a page: one that is loaded again comes back. */
const patience = 8_000;

const openingSchema: z.ZodType<Opening> = z.strictObject({
  variant: z.string().max(10_000),
  seed: z.int().nonnegative(),
  data: z.string().max(20_000).exactOptional(),
});
/** A page that opens something else waits for nothing. */
const closing = z.strictObject({ kind: z.literal('close') });
const orderSchema: z.ZodType<Order> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('run'),
    turn: z.enum(['both', 'discriminator', 'players']),
    steps: z.int().positive().exactOptional(),
    rate: z.number().min(0.1).max(10_000).exactOptional(),
  }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('set'), path: z.string().max(200), text: z.string().min(1).max(1_000) }),
]);

type Listener = (report: Report) => void;

export class PlayTable {
  readonly #source: Source;
  readonly #dataRoot: string;
  readonly #worker: string;
  readonly #sessions = new Map<string, Session>();

  /** @param dataRoot where prepared sets of pictures lie. @param worker the module that plays, where the compiled tree has it. */
  constructor(source: Source, dataRoot: string, worker = fileURLToPath(new URL('./worker.js', import.meta.url))) {
    this.#source = source;
    this.#dataRoot = dataRoot;
    this.#worker = worker;
  }

  /** The id of what is played from now on. Throws UsageError for what is no opening, and where too much is played already. */
  async open(given: unknown): Promise<string> {
    const opening = checked(openingSchema, given);
    const subject = parseVariant(opening.variant)?.subject;
    if (subject === undefined) throw new UsageError('the address names nothing that can be played');
    const trial = subject.kind === 'method' ? undefined : await this.#source.trial?.(subject.experiment, subject.trial);
    if ([...this.#sessions.values()].filter(({ isOver }) => !isOver).length >= most)
      throw new UsageError(`${most} variants are played already: close another page that plays`);
    const id = randomUUID();
    const dataRoot = this.#dataRoot;
    const session = new Session(this.#worker, { opening, dataRoot, ...(trial && { trial }) }, () =>
      this.#sessions.delete(id),
    );
    this.#sessions.set(id, session);
    return id;
  }

  /** False where nothing of this id is played. Throws UsageError for what is no order. */
  order(id: string, given: unknown): boolean {
    const session = this.#sessions.get(id);
    if (closing.safeParse(given).success) session?.end();
    else session?.order(checked(orderSchema, given));
    return session !== undefined;
  }

  /** What there is, and all that comes, until it is told to stop; `undefined` where nothing of this id is played. */
  listen(id: string, listener: Listener): (() => void) | undefined {
    return this.#sessions.get(id)?.listen(listener);
  }

  close(): void {
    for (const session of this.#sessions.values()) session.end();
  }
}

function checked<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new UsageError(issueLine(parsed.error));
}

class Session {
  readonly #child: ChildProcess;
  readonly #listeners = new Set<Listener>();
  #played: Played | undefined;
  #frame: PlayedFrame | undefined;
  #ended: Extract<Report, { kind: 'ended' }> | undefined;
  #waiting: NodeJS.Timeout | undefined;

  constructor(worker: string, start: Start, gone: () => void) {
    this.#child = fork(worker, [], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const lastOutput = keepTail(this.#child);
    this.#child.on('message', (report: Report) => this.#take(report));
    this.#child.once('error', (error) => this.#take({ kind: 'ended', message: `could not start: ${error.message}` }));
    this.#child.once('close', (code, signal) => {
      clearTimeout(this.#waiting);
      // Who asked for it shall hear why there is nothing.
      setTimeout(gone, patience).unref();
      this.#take({ kind: 'ended', message: withLastOutput(howItEnded(code, signal), lastOutput()) });
    });
    this.#child.send(start);
    this.#wait();
  }

  get isOver(): boolean {
    return this.#ended !== undefined;
  }

  order(order: Order): void {
    if (this.#child.connected) this.#child.send(order);
  }

  listen(listener: Listener): () => void {
    clearTimeout(this.#waiting);
    this.#listeners.add(listener);
    for (const report of [this.#played, this.#frame, this.#ended]) if (report) listener(report);
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#wait();
    };
  }

  end(): void {
    this.#child.kill('SIGKILL');
  }

  #wait(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.end(), patience);
    this.#waiting.unref();
  }

  #take(report: Report): void {
    if (report.kind === 'played') this.#played = report;
    if (report.kind === 'frame') this.#frame = report;
    if (report.kind === 'ended') {
      if (this.#ended) return; // it said why, and then its process was gone
      this.#ended = report;
    }
    for (const listener of this.#listeners) listener(report);
    if (this.#ended) {
      this.#listeners.clear();
      this.end();
    }
  }
}
