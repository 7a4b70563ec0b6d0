/** One variant that is played: its session with the server, what is seen of it, and its place in the address. */
import { signal } from '@preact/signals';
import { parseVariant, subjectText, type Variant } from '../play/course.ts';
import type { Opening, Order, Played, PlayedFrame, Report } from '../play/messages.ts';
import type { Curve } from '../wire.ts';
import { setOption } from './address.ts';
import type { Driven } from './lock-step.ts';
import { answer, post } from './server-link.ts';

interface Said {
  readonly text: string;
  readonly isBad: boolean;
}

/** Milliseconds between two writings of the address: browsers bound them. */
const writeEvery = 400;
/** Frames whose values a curve keeps; beyond them every other one goes. */
const mostKept = 600;
const mostSaid = 6;

export class Playing implements Driven {
  readonly played = signal<Played | undefined>(undefined);
  readonly shown = signal<PlayedFrame | undefined>(undefined);
  /** The newest first. */
  readonly said = signal<readonly Said[]>([]);
  readonly isOver = signal(false);
  /** What the address says of it, as it was opened and as it was written since. */
  text: string;
  readonly opening: Opening;
  readonly #option: string;
  #history: readonly PlayedFrame[] = [];
  #id: string | undefined;
  #stream: EventSource | undefined;
  #isClosed = false;
  /** Whether somebody gave an order: before that the address is what it is being brought to. */
  #isTouched = false;
  #written = 0;
  /** Of somebody who waits for steps to be taken, and shows what comes of them. */
  #due: ((frame: PlayedFrame | undefined) => void) | undefined;

  /** @param option of the address, in which it keeps its course. */
  constructor(option: string, opening: Opening) {
    this.#option = option;
    this.opening = opening;
    this.text = opening.variant;
    void this.#open();
  }

  /** As it stands; `undefined` for an address that says nothing. */
  get variant(): Variant | undefined {
    return parseVariant(this.text);
  }

  order(order: Order): void {
    this.#isTouched = true;
    if (this.#id === undefined) return;
    post(`play/${this.#id}`, order).catch((error) => {
      this.#say(String(error.message), true);
      this.#settle(undefined);
    });
  }

  get step(): number {
    return this.shown.peek()?.frame.step ?? 0;
  }

  advance(steps: number): Promise<PlayedFrame | undefined> {
    if (steps === 0 || this.isOver.peek() || this.#id === undefined) return Promise.resolve(this.shown.peek());
    return new Promise((done) => {
      this.#due = done;
      this.order({ kind: 'run', turn: 'both', steps });
    });
  }

  show(frame: PlayedFrame): void {
    this.shown.value = frame;
    this.#write(frame);
  }

  close(): void {
    this.#isClosed = true;
    this.#settle(undefined);
    this.#stream?.close();
    if (this.#id !== undefined && !this.isOver.value) post(`play/${this.#id}`, { kind: 'close' }).catch(() => {}); // it goes soon by itself
  }

  /** What was logged and measured, frame by frame. */
  curves(): Curve[] {
    this.shown.value;
    const names = new Set(this.#history.flatMap(({ values }) => Object.keys(values)));
    return [...names].map((name) => {
      const rows = this.#history.filter(({ values }) => name in values);
      return {
        ...{ name, digits: 3, ...(columns[name] ?? { title: name, unit: 'number' }) },
        steps: rows.map(({ frame }) => frame.step),
        values: rows.map(({ values }) => values[name] ?? null),
      };
    });
  }

  async #open(): Promise<void> {
    try {
      const { id } = await post<{ id: string }>('play', this.opening);
      this.#id = id;
      if (this.#isClosed) return this.close();
      const stream = new EventSource(`play/${id}`);
      this.#stream = stream;
      for (const kind of ['played', 'frame', 'refused', 'notice', 'ended'] as const)
        stream.addEventListener(kind, ({ data }) => this.#take(JSON.parse(data)));
      stream.addEventListener('error', () => {
        if (stream.readyState === EventSource.CLOSED) this.isOver.value = true;
      });
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error), true);
      this.isOver.value = true;
    }
  }

  #take(report: Report): void {
    switch (report.kind) {
      case 'played':
        this.played.value = report;
        return;
      case 'frame':
        this.#remember(report);
        if (this.#due === undefined) this.show(report);
        else if (!report.isRunning) this.#settle(report);
        return;
      case 'notice':
      case 'refused':
        this.#say(report.message, report.kind === 'refused');
        return;
      case 'ended':
        this.#stream?.close();
        this.isOver.value = true;
        this.#settle(undefined);
        this.#say(report.message, true);
        return;
      default:
        report satisfies never;
    }
  }

  #settle(frame: PlayedFrame | undefined): void {
    this.#due?.(frame);
    this.#due = undefined;
  }

  #remember(frame: PlayedFrame): void {
    const last = this.#history.at(-1)?.frame.step ?? -1;
    const before =
      frame.frame.step < last ? [] : this.#history.filter(({ frame: { step } }) => step < frame.frame.step);
    const all = [...before, frame];
    this.#history = all.length <= mostKept ? all : all.filter((_, at) => (all.length - 1 - at) % 2 === 0);
  }

  #write({ course, isRunning }: PlayedFrame): void {
    const { variant } = this;
    const now = performance.now();
    if (!this.#isTouched || variant === undefined || (isRunning && now - this.#written < writeEvery)) return;
    this.#written = now;
    this.text = `${subjectText(variant.subject)} ${course}`.trim();
    setOption(this.#option, this.text, '');
  }

  #say(text: string, isBad: boolean): void {
    this.said.value = [{ text, isBad }, ...this.said.peek()].slice(0, mostSaid);
  }
}

const columns: Readonly<Record<string, Pick<Curve, 'title' | 'unit'> & { readonly digits?: number }>> = {
  modesCaptured: { title: 'modes captured', unit: 'count' },
  highQuality: { title: 'high quality', unit: 'share', digits: 1 },
  lossD: { title: 'loss of D', unit: 'number' },
  lossG: { title: 'loss of G', unit: 'number' },
  scoreReal: { title: 'D on data', unit: 'number' },
  scoreFake: { title: 'D on samples', unit: 'number' },
  gradientD: { title: '‖∇‖ of D', unit: 'number' },
  gradientG: { title: '‖∇‖ of G', unit: 'number' },
};

/** What can be played; asked for once. */
export const readPlayables = (() => {
  let asked: Promise<readonly import('../play/messages.ts').Playable[]> | undefined;
  return () => {
    asked ??= answer('play');
    return asked;
  };
})();
