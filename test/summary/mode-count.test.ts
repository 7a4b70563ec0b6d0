/** Of how many modes: from the formula, from the classifier's names, from real examples, or unknown. */
import { describe, expect, it } from 'vitest';
import type { ReportTrial } from '../../src/report/report-data.ts';
import { modeCount } from '../../src/summary/mode-count.ts';
import { roll, tableOf, trialOf } from '../report/figures/example-data.ts';
import { pictureTrial } from '../report/figures/picture-data.ts';

const withMetrics = (trial: ReportTrial, metrics: Record<string, number>): ReportTrial => ({
  ...trial,
  modes: undefined,
  record: { ...trial.record, metrics },
});

describe('modeCount', () => {
  it('is that of the mixture', () => {
    expect(modeCount([trialOf({ method: 'gan' })])).toBe(4);
    expect(modeCount([trialOf({ method: 'gan', data: roll })])).toBeUndefined();
  });

  it('counts all classes, but of attributes only those that the data shows', () => {
    const modes = tableOf({ real: [0.1, 0, 0.2], generated: [0, 0, 0] }, { mode: ['a', 'b', 'c'] });
    expect(modeCount([{ ...pictureTrial('gan', 0, { classes: true }), modes }])).toBe(3);
    expect(modeCount([{ ...pictureTrial('gan', 0, {}), modes }])).toBe(2);
  });

  it('is what real examples show where classes are too many to be named, and never less than a method captured', () => {
    const stacked = pictureTrial('gan', 0, { classes: true });
    const seen = [
      { modesCaptured: 880, modesCapturedReal: 1000 },
      { modesCaptured: 1001, modesCapturedReal: 999 },
    ];
    expect(modeCount(seen.slice(0, 1).map((metrics) => withMetrics(stacked, metrics)))).toBe(1000);
    expect(modeCount(seen.map((metrics) => withMetrics(stacked, metrics)))).toBe(1001);
    expect(modeCount([withMetrics(stacked, { modesCaptured: 880 })])).toBeUndefined();
  });
});
