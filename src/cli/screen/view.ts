/** Chooses how a run shows its progress: a live view on a terminal, plain lines elsewhere, nothing with --quiet. */
import type { LaunchEvent } from '../../launch/events.ts';
import { liveLines } from './live-lines.ts';
import { paintFor } from './paint.ts';
import { eventLine, plainLine } from './plain-lines.ts';
import type { Watch } from './run-progress.ts';

export interface View {
  /** Call after the watch has seen the event. */
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

export function openView(watch: Watch, { stream, quiet, env }: Screen): View {
  if (quiet) return { on: () => {}, close: () => {} };
  const isLive = stream.isTTY && !env.CI && env.TERM !== 'dumb';
  return isLive ? liveView(watch, stream, env) : plainView(watch, stream);
}

function plainView(watch: Watch, stream: NodeJS.WriteStream): View {
  const say = () => stream.write(`${plainLine(watch)}\n`);
  let every: NodeJS.Timeout | undefined;
  const first = setTimeout(() => {
    say();
    every = setInterval(say, plainEvery);
  }, plainFirst);
  return {
    on: (event) => {
      const line = eventLine(event, watch.label(event.trial));
      if (line) stream.write(`${line}\n`);
    },
    close: () => {
      clearTimeout(first);
      clearInterval(every);
    },
  };
}

/**
 * Redraws its lines in place. A renderer of its own rather than listr2: that one draws a tree of every task, where hundreds
 * of trials need the few that are active and their numbers.
 */
function liveView(watch: Watch, stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): View {
  const paint = paintFor(stream, env);
  let drawn = 0;
  const wipe = () => (drawn > 0 ? `\x1b[${drawn}A\x1b[0J` : '');
  const draw = (above = '') => {
    const lines = liveLines(watch, { columns: stream.columns || 80, rows: stream.rows || 24 }, paint);
    stream.write(`${wipe()}${above}${lines.map((line) => `${line}\n`).join('')}`);
    drawn = lines.length;
  };
  const showCursor = () => stream.write('\x1b[?25h');
  stream.write('\x1b[?25l');
  process.once('exit', showCursor);
  draw();
  const timer = setInterval(draw, drawEvery);
  return {
    on: (event) => {
      const line = eventLine(event, watch.label(event.trial));
      if (line) draw(`${line}\n`);
    },
    close: () => {
      clearInterval(timer);
      stream.write(wipe());
      showCursor();
      process.off('exit', showCursor);
    },
  };
}
