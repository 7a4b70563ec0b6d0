/** The lines of the live view: a summary, then a line a trial at work, each no wider than the terminal. Pure. */
import { clip, count, duration } from './format.ts';
import type { Paint } from './paint.ts';
import { countsText, headline, trialLabel } from './trial-text.ts';
import type { ActiveTrial, Watch } from './watch.ts';

const widestBar = 24;

export function liveLines(
  watch: Watch,
  { columns, rows }: { readonly columns: number; readonly rows: number },
  paint: Paint,
): string[] {
  // The last column stays empty: a full line makes some terminals wrap.
  const width = columns - 1;
  const shown = watch.active.slice(0, Math.max(1, rows - 4));
  const hidden = watch.active.length - shown.length;
  const more = hidden > 0 ? [paint.dim(clip(`  … and ${hidden} more at work`, width))] : [];
  return [summaryLine(watch, width, paint), ...trialLines(shown, width, paint), ...more];
}

function summaryLine(watch: Watch, width: number, paint: Paint): string {
  const left = countsText(watch);
  const right = Number.isFinite(watch.secondsLeft) ? `about ${duration(watch.secondsLeft)} left` : '';
  const gap = width - left.length - right.length;
  return gap < 2 ? paint.bold(clip(left, width)) : paint.bold(left) + ' '.repeat(gap) + right;
}

/** Columns line up over the trials; the bar takes what room is left, and goes first where there is none. */
function trialLines(active: readonly ActiveTrial[], width: number, paint: Paint): string[] {
  const rows = active.map(({ trial, progress, secondsLeft }) => ({
    label: trialLabel(trial),
    share: progress ? progress.step / progress.steps : 0,
    cells: progress
      ? [
          `${count(progress.step)}/${count(progress.steps)}`,
          `${rate(progress.stepsPerSecond)}/s`,
          headline(progress.metrics),
          `${duration(secondsLeft)} left`,
        ]
      : ['starting', '', '', ''],
  }));
  const labelWidth = Math.max(0, ...rows.map(({ label }) => label.length));
  const cellWidths = [0, 1, 2, 3].map((at) => Math.max(0, ...rows.map(({ cells }) => cells[at]?.length ?? 0)));
  const taken = 2 + labelWidth + cellWidths.reduce((sum, cell) => sum + (cell > 0 ? cell + 2 : 0), 0);
  const bar = Math.min(widestBar, width - taken - 2);
  return rows.map(({ label, share, cells }) => {
    const start = `  ${label.padEnd(labelWidth)}`;
    const end = cells.map((cell, at) => ((cellWidths[at] ?? 0) > 0 ? `  ${cell.padStart(cellWidths[at] ?? 0)}` : ''));
    if (bar < 4) return clip(start + end.join(''), width);
    const full = Math.round(share * bar);
    return `${start}  ${paint.green('━'.repeat(full))}${paint.dim('─'.repeat(bar - full))}${end.join('')}`;
  });
}

function rate(stepsPerSecond: number): string {
  return stepsPerSecond >= 10 ? count(Math.round(stepsPerSecond)) : stepsPerSecond.toFixed(1);
}
