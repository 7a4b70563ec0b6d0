/** Chooses how a run shows its progress: a live view on a terminal, plain lines elsewhere, nothing with --quiet. */
import { stripVTControlCharacters } from 'node:util';
import { plainText } from '../../base/one-line.ts';
import type { LaunchEvent } from '../../launch/events.ts';
import { liveLines } from './live-lines.ts';
import { type Paint, paintFor } from './paint.ts';
import { eventLine, plainLine } from './plain-lines.ts';
import type { RunProgress } from './run-progress.ts';

/** Shows nothing before the first event. */
export interface View {
  /** Hands the event on to the run's progress, and shows it. */
  on(event: LaunchEvent): void;
  /** Leaves the screen tidy: cursor shown, live lines gone. */
  close(): void;
}

export interface Screen {
  readonly stream: NodeJS.WriteStream;
  readonly quiet: boolean;
  readonly env: NodeJS.ProcessEnv;
}

/** Milliseconds between two drawings, and between two plain lines (the first comes sooner). */
const drawEvery = 125;
const plainFirst = 2_000;
const plainEvery = 5_000;

export function openView(progress: RunProgress, screen: Screen): View {
  if (screen.quiet) return { on: () => {}, close: () => {} };
  const { stream, env } = screen;
  const isLive = stream.isTTY && !env.CI && env.TERM !== 'dumb';
  return isLive ? new LiveView(progress, stream, paintFor(stream, env)) : new PlainView(progress, stream);
}

class PlainView implements View {
  readonly #progress: RunProgress;
  readonly #stream: NodeJS.WriteStream;
  #timer: NodeJS.Timeout | undefined;

  constructor(progress: RunProgress, stream: NodeJS.WriteStream) {
    this.#progress = progress;
    this.#stream = stream;
  }

  on(event: LaunchEvent): void {
    this.#timer ??= setTimeout(() => this.#say(), plainFirst);
    this.#progress.on(event);
    const line = eventLine(event, this.#progress);
    if (line !== undefined) this.#stream.write(`${plainText(line)}\n`);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #say(): void {
    this.#stream.write(`${plainText(plainLine(this.#progress))}\n`);
    this.#timer = setTimeout(() => this.#say(), plainEvery);
  }
}

/**
 * Redraws its lines in place. A renderer of its own rather than listr2: that one draws a tree of every task, where hundreds
 * of trials need the few that are active and their numbers.
 */
class LiveView implements View {
  readonly #progress: RunProgress;
  readonly #stream: NodeJS.WriteStream;
  readonly #paint: Paint;
  /** How long the lines on the screen are. */
  #drawn: readonly number[] = [];
  #timer: NodeJS.Timeout | undefined;
  readonly #showCursor = () => void this.#stream.write('\x1b[?25h');

  constructor(progress: RunProgress, stream: NodeJS.WriteStream, paint: Paint) {
    this.#progress = progress;
    this.#stream = stream;
    this.#paint = paint;
  }

  on(event: LaunchEvent): void {
    this.#progress.on(event);
    const isFirst = this.#timer === undefined;
    if (isFirst) this.#open();
    const line = eventLine(event, this.#progress);
    if (line !== undefined) this.#draw(`${plainText(line)}\n`);
    else if (isFirst) this.#draw();
  }

  close(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#stream.write(this.#wipe());
    this.#showCursor();
    process.off('exit', this.#showCursor);
  }

  #open(): void {
    this.#stream.write('\x1b[?25l');
    process.once('exit', this.#showCursor);
    this.#timer = setInterval(() => this.#draw(), drawEvery);
  }

  #draw(above = ''): void {
    const { columns, rows } = this.#stream;
    const lines = liveLines(this.#progress, { columns: columns || 80, rows: rows || 24 }, this.#paint);
    this.#stream.write(`${this.#wipe()}${above}${lines.map((line) => `${line}\n`).join('')}`);
    this.#drawn = lines.map((line) => stripVTControlCharacters(line).length);
  }

  /** From the start of the line: the terminal may have echoed a ^C. A line takes more rows once the window is narrower. */
  #wipe(): string {
    const columns = this.#stream.columns || 80; // 0 in some pseudo-terminals
    const rows = this.#drawn.reduce((sum, length) => sum + Math.max(1, Math.ceil(length / columns)), 0);
    return rows > 0 ? `\r\x1b[${rows}A\x1b[0J` : '';
  }
}
