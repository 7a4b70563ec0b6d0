/** Shows a run on a Redis queue: as a local run, with lines on workers and server in between. */

import { plural } from '../../base/number-words.ts';
import type { Plan } from '../../experiment/plan.ts';
import type { QueuedEvent } from '../../launch/redis/result-collector.ts';
import { openWatch, type Watch } from './run-progress.ts';
import { openView, type Screen } from './view.ts';

/** A worker of the queue, of this version or another. */
export interface Seen {
  readonly host: string;
  /** Trials at once. */
  readonly jobs: number;
  readonly fits: boolean;
}

export interface QueueView {
  on(event: QueuedEvent): void;
  /** Who is there now; said where it changed. */
  workers(seen: readonly Seen[]): void;
  /** A line between those of the view. */
  say(line: string): void;
  close(): void;
}

/** @param command starts a worker. @param swept paths whose values tell trials apart. */
export function openQueueView(plan: Plan, swept: readonly string[], command: string, screen: Screen): QueueView {
  /** Labels of trials that were given back and wait. */
  const waiting = new Set<string>();
  let slots = 0;
  let workers: string | undefined;
  const watch = watchOf(openWatch(plan.trials, 1, swept), waiting, () => slots);
  let view = openView(watch, screen);

  function say(line: string): void {
    if (screen.quiet) return;
    // The live view draws over what it does not know of.
    view.close();
    screen.stream.write(`${line}\n`);
    view = openView(watch, screen);
  }

  return {
    on: (event) => {
      const label = watch.label(event.trial);
      if (event.kind === 'waiting') {
        waiting.add(label);
      } else if (event.kind === 'refused') {
        say(`A worker on ${event.host} leaves: ${event.reason}`);
      } else {
        if (event.kind === 'started') waiting.delete(label);
        watch.on(event);
        view.on(event);
      }
    },
    workers: (seen) => {
      slots = slotsOf(seen);
      const line = workersLine(seen, command);
      if (line !== workers) say(line);
      workers = line;
    },
    say,
    close: () => view.close(),
  };
}

/** Trials that the workers of this version run at once. */
export const slotsOf = (seen: readonly Seen[]): number =>
  seen.reduce((sum, { jobs, fits }) => sum + (fits ? jobs : 0), 0);

/** `Workers: 2, 6 trials at once (a 4, b 2)`, or how to start one. */
export function workersLine(seen: readonly Seen[], command: string): string {
  const fitting = seen.filter(({ fits }) => fits);
  const others = seen.length - fitting.length;
  const beside = others > 0 ? ` (${plural(others, 'worker')} of another version or engine there)` : '';
  if (fitting.length === 0) return `No worker is there${beside}; on any machine with this commit: ${command}`;
  const names = fitting.map(({ host, jobs }) => `${host} ${jobs}`).sort();
  return `Workers: ${fitting.length}, ${plural(slotsOf(seen), 'trial')} at once (${names.join(', ')})${beside}`;
}

/** The watch of a single lane, for as many as there are now. */
function watchOf(watch: Watch, waiting: ReadonlySet<string>, slots: () => number): Watch {
  return {
    ...{ total: watch.total, counts: watch.counts, label: watch.label, on: watch.on },
    get active() {
      return watch.active.filter(({ label }) => !waiting.has(label));
    },
    get secondsLeft() {
      return slots() === 0 ? Number.NaN : watch.secondsLeft / slots();
    },
  };
}
