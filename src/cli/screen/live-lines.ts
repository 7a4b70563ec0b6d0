/** Formats the live view: a summary, then a line for each running trial, none wider than the terminal. */
import { countText } from '../../base/number-words.ts';
import { clip, duration } from './format.ts';
import type { Paint } from './paint.ts';
import { type ActiveTrial, countsText, type RunProgress } from './run-progress.ts';

const widestBar = 24;

export function liveLines(
  progress: RunProgress,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  paint: Paint,
): string[] {
  // The last column stays empty: a full line makes some terminals wrap.
  const width = columns - 1;
  const shown = progress.active.slice(0, Math.max(1, rows - 4));
  const hidden = progress.active.length - shown.length;
  const more = hidden > 0 ? [paint.dim(clip(`  … and ${hidden} more at work`, width))] : [];
  return [summaryLine(progress, width, paint), ...trialLines(shown, width, paint), ...more];
}

function summaryLine(progress: RunProgress, width: number, paint: Paint): string {
  const left = countsText(progress);
  const right = Number.isFinite(progress.secondsLeft) ? `about ${duration(progress.secondsLeft)} left` : '';
  const gap = width - left.length - right.length;
  return gap < 2 ? paint.bold(clip(left, width)) : (paint.bold(left) + ' '.repeat(gap) + right).trimEnd();
}

/** Columns line up over the trials; the bar takes what room is left, and goes first where there is none. */
function trialLines(active: readonly ActiveTrial[], width: number, paint: Paint): string[] {
  const labelWidth = Math.max(0, ...active.map(({ label }) => label.length));
  const rows = active.map((trial) => ({ ...trial, cells: cellsOf(trial) }));
  const cellWidths = cellsOf(undefined).map((least, at) =>
    Math.max(least.length, ...rows.map(({ cells }) => cells[at]?.length ?? 0)),
  );
  const taken = 2 + labelWidth + cellWidths.reduce((sum, cell) => sum + cell + 2, 0);
  const bar = Math.min(widestBar, width - taken - 2);
  return rows.map(({ label, progress, cells }) => {
    const start = `  ${label.padEnd(labelWidth)}`;
    const end = cells.map((cell, at) => `  ${cell.padStart(cellWidths[at] ?? 0)}`).join('');
    if (bar < 4) return clip(start + end, width);
    const full = progress ? Math.round((progress.step / progress.steps) * bar) : 0;
    return `${start}  ${paint.green('━'.repeat(full))}${paint.dim('─'.repeat(bar - full))}${end}`;
  });
}

/** Steps, rate, headline, time left. For no trial: texts as wide as they mostly get, so that the bar keeps its length. */
function cellsOf(trial: ActiveTrial | undefined): string[] {
  if (!trial) return ['', '1,000/s', 'modes 25', '3m 05s left'];
  const { progress, headline, secondsLeft } = trial;
  if (!progress) return ['starting', '', '', ''];
  const steps = countText(progress.steps);
  return [
    `${countText(progress.step).padStart(steps.length)}/${steps}`,
    `${rate(progress.stepsPerSecond)}/s`,
    headline,
    `${duration(secondsLeft)} left`,
  ];
}

function rate(stepsPerSecond: number): string {
  return stepsPerSecond >= 10 ? countText(Math.round(stepsPerSecond)) : stepsPerSecond.toFixed(1);
}
