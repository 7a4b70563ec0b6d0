/** Formats progress as log lines, and the events that every view prints. */

import { countText } from '../../base/number-words.ts';
import type { LaunchEvent } from '../../launch/events.ts';
import { duration } from './format.ts';
import { countsText, type RunProgress } from './run-progress.ts';

/** Trials at work that a plain line names. */
const named = 4;

/** `12 of 30 done, about 40s left | bigan seed 3 1,200/8,000 620/s modes 17 | …` */
export function plainLine(progress: RunProgress): string {
  const left = Number.isFinite(progress.secondsLeft) ? `, about ${duration(progress.secondsLeft)} left` : '';
  const active = progress.active.map(({ label, progress, headline }) => {
    if (!progress) return `${label} starting`;
    const step = `${countText(progress.step)}/${countText(progress.steps)}`;
    return [label, step, `${countText(Math.round(progress.stepsPerSecond))}/s`, headline]
      .filter((word) => word !== '')
      .join(' ');
  });
  const more = active.length > named ? [`and ${active.length - named} more`] : [];
  return [`${countsText(progress)}${left}`, ...active.slice(0, named), ...more].join(' | ');
}

/** A line for what should not pass unseen; `undefined` for the ordinary course of things. */
export function eventLine(event: LaunchEvent, progress: Pick<RunProgress, 'label'>): string | undefined {
  switch (event.kind) {
    case 'died':
      return `${progress.label(event.trial)}: ${event.reason}; trying once more`;
    case 'faulted':
      return `${progress.label(event.trial)}: trace in ${event.trace}`;
    case 'elsewhere':
      return `${progress.label(event.trial)}: at work in another run; waiting for ${event.holder}`;
    case 'ended': {
      const { status, reason, engine, because } = event.record;
      const label = progress.label(event.trial);
      if (status !== 'done') return `${label}: ${status}${reason ? `: ${reason}` : ''}`;
      return because === undefined ? undefined : `${label}: ran on ${engine}: ${because}`;
    }
    case 'refused':
      return `A worker on ${event.host} leaves: ${event.reason}`;
    case 'notice':
      return event.text;
    case 'found':
    case 'started':
    case 'progress':
    case 'waiting':
    case 'slots':
      return undefined;
    default:
      return event satisfies never;
  }
}
