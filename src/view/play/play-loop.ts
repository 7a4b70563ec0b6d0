/**
 * Plays a session to whoever gives orders: trains until it is told to pause, shows what there is now and then, and keeps the
 * course of all that was done. One thing at a time; an order waits for the step that is under way. Starts no process.
 */
import { setTimeout as sleep, setImmediate as turnOver } from 'node:timers/promises';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import type { Arrays } from '../../engine/engine.ts';
import { PlaySession } from '../../trial/play-session.ts';
import { type Action, actionText, subjectText, withAction } from './course.ts';
import type { Order, Report } from './messages.ts';
import { playedOf, seenIn } from './seen.ts';
import { beginningOf, type Ground, specOf } from './subject.ts';

/** Milliseconds of training between two looks at orders. */
const slice = 15;
/** Milliseconds between two frames, and so many times as long as a frame takes. */
const frameEvery = 100;
const rest = 2;

export class PlayLoop {
  readonly #ground: Ground;
  readonly #tell: (report: Report) => void;
  readonly #orders: Order[] = [];
  #session: PlaySession;
  /** What the address asked to be played again and is not played yet. */
  #script: readonly Action[];
  #done: readonly Action[];
  #run: Extract<Order, { kind: 'run' }> | undefined;
  #left = 0;
  #outputs: Arrays = {};
  /** Whether the steps under way are the script's. */
  #isReplaying = false;
  #isBusy = false;
  #nextFrame = 0;
  #rate = { steps: 0, milliseconds: 0 };

  /** Throws UsageError for what cannot be played. Settings before the first step are those that it begins with. */
  static async open(ground: Ground, actions: readonly Action[], tell: (report: Report) => void): Promise<PlayLoop> {
    const first = actions.findIndex((action) => 'turn' in action);
    const given = first < 0 ? actions : actions.slice(0, first);
    const from = await beginningOf(ground);
    const session = await PlaySession.open(await specOf(ground, given), builtIn, ground.dataRoot, from);
    const loop = new PlayLoop(ground, session, given, actions.slice(given.length), tell);
    if (from && !('players' in from.arrays && Object.keys(from.arrays).length > 2))
      tell({
        kind: 'notice',
        message: 'these are the networks that were evaluated; the optimiser’s memory begins anew',
      });
    loop.#describe();
    await loop.#show();
    void loop.#pump();
    return loop;
  }

  private constructor(
    ground: Ground,
    session: PlaySession,
    done: readonly Action[],
    script: readonly Action[],
    tell: (report: Report) => void,
  ) {
    this.#ground = ground;
    this.#session = session;
    this.#done = done;
    this.#script = script;
    this.#tell = tell;
  }

  take(order: Order): void {
    this.#orders.push(order);
    void this.#pump();
  }

  /** Resolves when nothing is left to be done. */
  async settled(): Promise<void> {
    while (this.#isBusy) await sleep(5);
  }

  /** After the step that is under way: its memory must not go before it ends. */
  async close(): Promise<void> {
    this.#stop();
    this.#orders.length = 0;
    await this.settled();
    await this.#session.close();
  }

  async #pump(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      while (await this.#next()) await turnOver();
    } catch (error) {
      this.#stop();
      this.#tell({ kind: 'refused', message: messageOf(error) });
    } finally {
      this.#isBusy = false;
    }
    if (this.#orders.length > 0) await this.#pump();
  }

  /** False where there is nothing to do. */
  async #next(): Promise<boolean> {
    const order = this.#nextOrder();
    if (order) {
      await this.#obey(order);
      return true;
    }
    if (this.#left > 0) {
      await this.#train();
      return true;
    }
    const [action, ...others] = this.#script;
    this.#isReplaying = action !== undefined;
    if (action === undefined) return this.#orders.length > 0;
    this.#script = others;
    await this.#obey('turn' in action ? { kind: 'run', ...action } : { kind: 'set', ...action });
    return true;
  }

  /** What is played again goes before all orders but that to pause, which ends it. */
  #nextOrder(): Order | undefined {
    if (this.#script.length === 0 && !this.#isReplaying) return this.#orders.shift();
    const at = this.#orders.findIndex(({ kind }) => kind === 'pause');
    return at < 0 ? undefined : this.#orders.splice(0, at + 1).at(-1);
  }

  async #obey(order: Order): Promise<void> {
    switch (order.kind) {
      case 'run':
        this.#run = order;
        this.#left = order.steps ?? Number.POSITIVE_INFINITY;
        this.#rate = { steps: 0, milliseconds: 0 };
        return;
      case 'pause':
        this.#stop();
        return this.#show();
      case 'set':
        return this.#set(order);
      default:
        order satisfies never;
    }
  }

  #stop(): void {
    this.#left = 0;
    this.#script = [];
    this.#isReplaying = false;
  }

  async #set({ path, text }: Extract<Order, { kind: 'set' }>): Promise<void> {
    const actions = [...this.#done, { path, text }];
    try {
      const began = performance.now();
      const spec = await specOf(this.#ground, actions);
      const isFirst = this.#session.step === 0;
      if (isFirst) await this.#startAnew(spec);
      else await this.#session.change(spec);
      this.#done = actions;
      const seconds = ((performance.now() - began) / 1e3).toFixed(1);
      const how = isFirst ? 'begins with it' : 'compiled again, weights and the optimiser’s memory carried over';
      this.#tell({ kind: 'notice', message: `${path} ${text}: ${how} (${seconds} s)` });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      this.#tell({ kind: 'refused', message: error.message });
    }
    this.#describe();
    await this.#show();
  }

  async #startAnew(spec: ResolvedSpec): Promise<void> {
    const next = await PlaySession.open(spec, builtIn, this.#ground.dataRoot);
    await this.#session.close();
    this.#session = next;
  }

  async #train(): Promise<void> {
    const { turn = 'both', rate } = this.#run ?? {};
    const began = performance.now();
    let steps = 0;
    do {
      this.#outputs = await this.#session.advance(turn);
      steps++;
    } while (rate === undefined && steps < this.#left && performance.now() - began < slice);
    this.#left -= steps;
    this.#done = withAction(this.#done, { turn, steps });
    const bad = Object.entries(this.#outputs).find(([, numbers]) => !numbers.every(Number.isFinite))?.[0];
    if (bad !== undefined) {
      this.#stop();
      this.#tell({ kind: 'refused', message: `${bad} is not finite at step ${this.#session.step}: it diverged` });
    }
    this.#rate = { steps: this.#rate.steps + steps, milliseconds: this.#rate.milliseconds + performance.now() - began };
    if (performance.now() >= this.#nextFrame || this.#left <= 0) await this.#show();
    // An order ends the wait of a slow motion at its next step.
    if (rate !== undefined && this.#left > 0) await sleep(Math.max(0, 1e3 / rate - (performance.now() - began)));
  }

  #describe(): void {
    this.#tell(playedOf(this.#session.spec, `${subjectText(this.#ground.subject)} ${this.#course()}`));
  }

  #course(): string {
    return this.#done.map(actionText).join(' ');
  }

  async #show(): Promise<void> {
    const began = performance.now();
    const seen = seenIn(await this.#session.look(), this.#session.spec, this.#outputs);
    const { steps, milliseconds } = this.#rate;
    this.#tell({
      kind: 'frame',
      ...seen,
      course: this.#course(),
      isRunning: this.#left > 0 || this.#script.length > 0,
      stepsPerSecond: milliseconds > 0 ? (1e3 * steps) / milliseconds : 0,
    });
    const now = performance.now();
    this.#nextFrame = now + Math.max(frameEvery, rest * (now - began));
  }
}
