import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { liveLines } from '../../../src/cli/screen/live-lines.ts';
import { plainLine } from '../../../src/cli/screen/plain-lines.ts';
import { RunProgress } from '../../../src/cli/screen/run-progress.ts';
import type { PlannedTrial } from '../../../src/experiment/plan.ts';
import { columnsOf } from '../../../src/summary/column-info.ts';
import { methodNames } from '../../support/methods.ts';
import { recordOf, specOf } from '../records.ts';

const plain = { bold: String, dim: String, green: String, red: String };

function planned(method: (typeof methodNames)[number], seed: number): PlannedTrial {
  const spec = specOf(method, seed);
  const { id, hash } = recordOf(spec, {});
  return { id, hash, spec, preset: 'default', varied: [] };
}

const progress = (step: number, stepsPerSecond = 500, modes = 17) => ({
  step,
  steps: 8000,
  stepsPerSecond,
  metrics: step > 0 ? { modesCaptured: modes } : {},
});

describe('the live view', () => {
  it('lines up counts, bars, rates, modes and time left', () => {
    const trials = [planned('bigan-pgp', 3), planned('gan', 10), planned('gan', 11)];
    const watch = new RunProgress(trials, [], 2);
    for (const trial of trials.slice(0, 2)) watch.on({ kind: 'started', trial });
    watch.on({ kind: 'progress', trial: trials[0] as PlannedTrial, progress: progress(4000) });
    watch.on({ kind: 'progress', trial: trials[1] as PlannedTrial, progress: progress(800, 1250, 4) });
    expect(liveLines(watch, { columns: 80, rows: 24 }, plain)).toEqual([
      '0 of 3 done                                                      about 10s left',
      '  bigan-pgp seed 3  ━━━━━━━───────  4,000/8,000    500/s  modes 17    8.0s left',
      '  gan seed 10       ━─────────────    800/8,000  1,250/s   modes 4    5.8s left',
    ]);
  });

  it('has the metric that leads the tables, with its unit, one of the user’s own included', () => {
    const [trial] = [planned('gan', 0)];
    const own = { name: 'mine', title: 'mine', unit: 'share', digits: 0, better: 'more', place: 1 } as const;
    const shown = (metrics: Record<string, number>, columns = columnsOf([{ columns: [own] }])) => {
      const watch = new RunProgress([trial], [], 1, columns);
      watch.on({ kind: 'progress', trial, progress: { ...progress(80), metrics } });
      return watch.active[0]?.headline;
    };
    expect(shown({ modesCaptured: 3, mine: 0.5 })).toBe('mine 50 %');
    expect(shown({ nearCurve: 0.9, curveCovered: 0.625 })).toBe('curve covered 62.5 %');
    expect(shown({ fid: 12.34, ssim: 0.5 })).toBe('Fréchet distance 12.34');
    expect(shown({ 'raw.modesCaptured': 3, sigmaRatio: 1 })).toBe('');
  });

  it('never fills the last column and never shows more lines than there are rows', () => {
    const trials = methodNames.flatMap((method) => [0, 1, 2].map((seed) => planned(method, seed)));
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 200 }),
        fc.integer({ min: 6, max: 40 }),
        fc.nat(8000),
        (columns, rows, step) => {
          const watch = new RunProgress(trials, [], 4);
          for (const trial of trials) watch.on({ kind: 'progress', trial, progress: progress(step) });
          const lines = liveLines(watch, { columns, rows }, plain);
          expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(columns);
          expect(lines.length).toBeLessThan(rows);
        },
      ),
    );
  });
});

describe('the time left', () => {
  const trials = [planned('gan', 0), planned('gan', 1), planned('gan', 2), planned('gan', 3)];
  const [first, second] = trials as [PlannedTrial, PlannedTrial];

  it('is not known before anything was measured', () => {
    const watch = new RunProgress(trials, [], 2);
    watch.on({ kind: 'started', trial: first });
    expect(watch.secondsLeft).toBeNaN();
    expect(plainLine(watch)).toBe('0 of 4 done | gan seed 0 starting');
  });

  it('shares what is left among the jobs, and is never less than the longest trial', () => {
    const watch = new RunProgress(trials, [], 2);
    watch.on({ kind: 'progress', trial: first, progress: progress(4000, 1000) });
    expect(watch.secondsLeft).toBe((4 + 8 + 8 + 8) / 2);
    const wide = new RunProgress(trials, [], 100);
    wide.on({ kind: 'progress', trial: first, progress: progress(4000, 1000) });
    wide.on({ kind: 'progress', trial: first, progress: progress(4000, 500) });
    expect(wide.secondsLeft).toBe(16);
  });

  it('is not told of a few seconds before a trial has ended, for what one takes besides its steps is not known', () => {
    const watch = new RunProgress([first, second], [], 2);
    watch.on({ kind: 'progress', trial: first, progress: progress(10, 40_000) });
    expect(plainLine(watch)).toMatch(/^0 of 2 done \| gan seed 0 10\/8,000/);
    watch.on({ kind: 'ended', trial: first, record: recordOf(first.spec, {}, { steps: 8000, wallSeconds: 3 }) });
    expect(plainLine(watch)).toBe('1 of 2 done, about 3.0s left');
  });

  it('falls to nothing when every trial has its record, wherever it came from', () => {
    const watch = new RunProgress([first, second], [], 2);
    watch.on({ kind: 'found', trial: first, record: recordOf(first.spec, {}) });
    watch.on({ kind: 'ended', trial: second, record: recordOf(second.spec, {}, { status: 'diverged' }) });
    expect(watch.counts).toEqual({ done: 1, diverged: 1, failed: 0 });
    expect(plainLine(watch)).toBe('1 of 2 done, 1 diverged, about 0.0s left');
  });
});
