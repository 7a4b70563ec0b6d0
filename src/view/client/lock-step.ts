/**
 * Trains several variants in lock-step: each takes the same number of steps, and what came of them is shown together when the
 * slowest has taken its last. One that lags behind catches up first.
 */
import { batch, signal } from '@preact/signals';
import type { PlayedFrame } from '../play/messages.ts';

/** A variant that can be driven. */
export interface Driven {
  /** Where it stands. */
  readonly step: number;
  /** Takes so many steps of both sides; gives what is seen then. `undefined` where it is over. */
  advance(steps: number): Promise<PlayedFrame | undefined>;
  show(frame: PlayedFrame): void;
}

/** Milliseconds that a round trains, or more where looking takes longer. */
const aim = 90;
const most = 2_000;

export class LockStep {
  readonly isRunning = signal(false);
  #round = 0;
  #last: Promise<void> = Promise.resolve();

  /**
   * Runs until it is told to pause, or until one cannot go on: it diverged, or its process ended.
   *
   * @param rate steps a second; absent: as fast as the slowest can.
   */
  run(variants: readonly Driven[], rate?: number): Promise<void> {
    this.isRunning.value = true;
    const own = ++this.#round;
    this.#last = this.#last.then(() => this.#go(variants, rate, own));
    return this.#last;
  }

  /** After the round that is under way. */
  pause(): void {
    this.isRunning.value = false;
  }

  async #go(variants: readonly Driven[], rate: number | undefined, own: number): Promise<void> {
    let steps = 1;
    let frames: readonly (PlayedFrame | undefined)[] = [];
    let isWell = true;
    const show = (isRunning: boolean) =>
      batch(() => {
        for (const [at, frame] of frames.entries()) if (frame) variants[at]?.show({ ...frame, isRunning });
      });
    while (isWell && this.isRunning.peek() && own === this.#round) {
      const began = performance.now();
      const target = Math.max(...variants.map(({ step }) => step)) + (rate === undefined ? steps : perRound(rate));
      frames = await Promise.all(variants.map((variant) => variant.advance(target - variant.step)));
      show(true);
      isWell = frames.every((frame) => frame?.frame.step === target);
      const took = performance.now() - began;
      // At least as long is trained as it takes to look.
      const perSecond = Math.min(...frames.map((frame) => frame?.stepsPerSecond || 1e3));
      const looked = took - (1e3 * steps) / perSecond;
      steps = Math.max(1, Math.min(most, 4 * steps, Math.round((perSecond * Math.max(aim, looked)) / 1e3)));
      const wait = rate === undefined ? 0 : (1e3 * perRound(rate)) / rate - took;
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    if (own !== this.#round) return;
    this.isRunning.value = false;
    show(false);
  }
}

const perRound = (rate: number): number => Math.max(1, Math.round((rate * aim) / 1e3));
