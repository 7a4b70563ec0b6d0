/** Launches a command's trials on the workers of a queue. */
import { resolve } from 'node:path';
import { hidePassword } from '../../base/hide-password.ts';
import { plural } from '../../base/number-words.ts';
import type { AskedEngine } from '../../engine/engines.ts';
import { type CommandLine, expCommand } from '../command-line.ts';
import type { LaunchEvent } from '../events.ts';
import type { Capacity, HandedOver, Launch, LaunchResult, Reached, Run } from '../launcher.ts';
import { withoutOptions } from '../without-options.ts';
import { type Address, addressOf } from './address.ts';
import { type Connection, exitSoon, openConnection } from './connection.ts';
import { enqueueTrials, launchQueued, type QueuedOptions } from './launch.ts';
import { memoryLine } from './memory.ts';
import { queueName } from './names.ts';
import type { RedisArguments } from './options.ts';
import { ownVersion, type Version } from './version.ts';
import { liveWorkers } from './worker-registry.ts';
import { type SeenWorker, slotsOf, workersLine } from './workers-line.ts';

/** Milliseconds between two looks at who is there. */
const lookEvery = 2_000;

type Tell = (event: LaunchEvent) => void;

export class QueueLaunch implements Launch {
  readonly computesHere = false;
  readonly beginsTrials = true;
  readonly writesStore = true;
  readonly #given: RedisArguments;
  readonly #command: CommandLine;
  readonly #address: Address;
  readonly #shared: string | undefined;
  readonly #version: Version = ownVersion();

  constructor(given: RedisArguments, command: CommandLine) {
    const { queue = '', shared } = given;
    this.#given = given;
    this.#command = command;
    this.#address = addressOf(queue);
    this.#shared = shared === undefined ? undefined : resolve(command.folder, shared);
  }

  /** Each worker says how many trials it runs at once. */
  capacity(): Capacity {
    return { jobs: 0, groupSize: 1 };
  }

  async connect(engine: AskedEngine): Promise<Reached> {
    if (this.#shared !== undefined) this.#command.writableFolder(this.#shared, '--shared');
    const seen = await this.#connected((connection) => this.#seen(connection, engine));
    return { device: `the workers of ${this.#address.shown}`, jobs: slotsOf(seen) };
  }

  run(run: Run, tell: Tell, signal: AbortSignal): Promise<LaunchResult> {
    return this.#connected(async (connection) => {
      const options = this.#options(run, connection, signal);
      if (this.#given.detach) return this.#left(await enqueueTrials(run.plan.trials, run.store, options));
      const stopLooking = this.#lookAtWorkers(connection, run.asked, tell);
      connection.watch((state) => {
        tell({
          kind: 'notice',
          text: `Redis at ${this.#address.shown} is ${state === 'away' ? 'away; waiting' : 'back'}`,
        });
      });
      try {
        const outcome = await launchQueued(run.plan.trials, run.store, options, tell);
        if (outcome.stopped !== undefined)
          tell({ kind: 'notice', text: 'Trials that workers have begun go on; their results wait there' });
        return { kind: 'ended', outcome };
      } finally {
        stopLooking();
      }
    });
  }

  goOnCommand(): string {
    return expCommand(this.#command.words);
  }

  sameLauncher(): readonly string[] {
    return ['--queue', hidePassword(this.#given.queue ?? '')];
  }

  #options({ known, asked, data }: Run, connection: Connection, signal: AbortSignal): QueuedOptions {
    const { fresh = false, 'fail-fast': failFast = false } = this.#given;
    return {
      ...{ known, connection, version: this.#version, engine: asked, data, signal, fresh, failFast },
      ...(this.#shared !== undefined && { shared: this.#shared }),
    };
  }

  async #connected<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
    const connection = await openConnection(this.#address);
    try {
      return await work(connection);
    } finally {
      if (connection.isAway) exitSoon();
      connection.close();
    }
  }

  async #seen({ redis }: Connection, engine: AskedEngine): Promise<SeenWorker[]> {
    const queue = queueName(engine, this.#version.code);
    return (await liveWorkers(redis)).map(({ host, jobs, queue: own }) => ({ host, jobs, fits: own === queue }));
  }

  /** Tells who is there, now and whenever that changed, until the function that it returns is called. */
  #lookAtWorkers(connection: Connection, engine: AskedEngine, tell: Tell): () => void {
    const command = workerCommand(this.#address, engine);
    let last: string | undefined;
    let lack: string | undefined;
    const show = (seen: readonly SeenWorker[]) => {
      tell({ kind: 'slots', count: slotsOf(seen) });
      const text = workersLine(seen, command);
      if (text !== last) tell({ kind: 'notice', text });
      last = text;
    };
    const showLack = (line: string | undefined) => {
      if (line !== lack) tell({ kind: 'notice', text: line ?? `Redis at ${this.#address.shown} has room again` });
      lack = line;
    };
    // The next look makes up for one that a server does not answer.
    const look = () => {
      void this.#seen(connection, engine).then(show, () => {});
      void memoryLine(connection.redis, this.#address.shown).then(showLack, () => {});
    };
    const timer = setInterval(look, lookEvery);
    look();
    return () => clearInterval(timer);
  }

  #left(trials: number): HandedOver {
    const gather = expCommand(withoutOptions(this.#command.words, { detach: 'switch' }));
    return {
      kind: 'handed-over',
      document: { queue: this.#address.shown, trials, gather },
      lines: [`On the queue: ${plural(trials, 'trial')}`, `Gather:       ${gather}`],
    };
  }
}

/** What starts a worker for this run; the user fills in a password. */
function workerCommand({ shown, username = '', password }: Address, engine: AskedEngine): string {
  const url = password === undefined ? shown : shown.replace('//', `//${username}:PASSWORD@`);
  return `npm run worker -- --queue ${url}${engine === 'auto' ? '' : ` --engine ${engine}`}`;
}
