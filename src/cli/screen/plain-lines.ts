/** Formats progress as log lines, and the events that every view prints. */

import { countText } from '../../base/number-words.ts';
import type { LaunchEvent } from '../../launch/events.ts';
import { duration } from './format.ts';
import { countsText, type Watch } from './run-progress.ts';
import { headline } from './trial-text.ts';

/** Trials at work that a plain line names. */
const named = 4;

/** `12 of 30 done, about 40s left | bigan seed 3 1,200/8,000 620/s 17 modes | …` */
export function plainLine(watch: Watch): string {
  const left = Number.isFinite(watch.secondsLeft) ? `, about ${duration(watch.secondsLeft)} left` : '';
  const active = watch.active.map(({ label, progress }) => {
    if (!progress) return `${label} starting`;
    const step = `${countText(progress.step)}/${countText(progress.steps)}`;
    return [label, step, `${countText(Math.round(progress.stepsPerSecond))}/s`, headline(progress.metrics)]
      .filter((word) => word !== '')
      .join(' ');
  });
  const more = active.length > named ? [`and ${active.length - named} more`] : [];
  return [`${countsText(watch)}${left}`, ...active.slice(0, named), ...more].join(' | ');
}

/** A line for what should not pass unseen; `undefined` for the ordinary course of things. `label` is the trial's. */
export function eventLine(event: LaunchEvent, label: string): string | undefined {
  switch (event.kind) {
    case 'died':
      return `${label}: ${event.reason}; trying once more`;
    case 'faulted':
      return `${label}: trace in ${event.trace}`;
    case 'elsewhere':
      return `${label}: at work in another run; waiting for it`;
    case 'ended':
      return event.record.status === 'done'
        ? undefined
        : `${label}: ${event.record.status}${event.record.reason ? `: ${event.record.reason}` : ''}`;
    case 'found':
    case 'started':
    case 'progress':
      return undefined;
    default:
      return event satisfies never;
  }
}
