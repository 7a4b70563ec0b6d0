/** Of how many modes: from the formula, from the classifier's names, from real examples, or unknown. */
import { describe, expect, it, test } from 'vitest';
import type { ReportTrial } from '../../src/report/report-data.ts';
import { columnInfo } from '../../src/summary/column-info.ts';
import { ceilingOf, modeCount } from '../../src/summary/mode-count.ts';
import { roll, tableOf, trialOf } from '../report/figures/example-data.ts';
import { pictureTrial } from '../report/figures/picture-data.ts';

const counted = { ...columnInfo('modesCaptured'), outOf: 'modes' } as const;
/** Of attributes. */
const shown = { ...counted, outOf: 'shown-modes' } as const;

const withMetrics = (trial: ReportTrial, metrics: Record<string, number>): ReportTrial => ({
  ...trial,
  modes: undefined,
  record: { ...trial.record, metrics },
});

describe('modeCount', () => {
  it('is that of the mixture', () => {
    expect(modeCount([trialOf({ method: 'gan' })], counted)).toBe(4);
    expect(modeCount([trialOf({ method: 'gan' })], columnInfo('highQuality'))).toBeUndefined();
    expect(modeCount([trialOf({ method: 'gan', data: roll })], counted)).toBeUndefined();
  });

  it('counts all classes, but of attributes only those that the data shows', () => {
    const modes = tableOf({ real: [0.1, 0, 0.2], generated: [0, 0, 0] }, { mode: ['a', 'b', 'c'] });
    expect(modeCount([{ ...pictureTrial('gan', 0, { classes: true }), modes }], counted)).toBe(3);
    expect(modeCount([{ ...pictureTrial('gan', 0, {}), modes }], shown)).toBe(2);
  });

  it('is what real examples show where classes are too many to be named, and never less than a method captured', () => {
    const stacked = pictureTrial('gan', 0, { classes: true });
    const of = (metrics: readonly Record<string, number>[]) => metrics.map((one) => withMetrics(stacked, one));
    const seen = [
      { modesCaptured: 880, modesCapturedReal: 1000 },
      { modesCaptured: 1001, modesCapturedReal: 999 },
    ];
    expect(modeCount(of(seen.slice(0, 1)), counted)).toBe(1000);
    expect(modeCount(of(seen), counted)).toBe(1001);
    expect(modeCount(of([{ modesCaptured: 880 }]), counted)).toBeUndefined();
  });
});

test('a perfect sampler’s share within 3σ, of mixtures and of columns that have such a ceiling', () => {
  const { truth } = trialOf({ method: 'gan' });
  expect(ceilingOf(columnInfo('highQuality'), truth, 9)).toBeCloseTo(1 - Math.exp(-4.5), 12); // P(χ²(2) ≤ 9)
  expect(ceilingOf(columnInfo('fid'), truth, 9)).toBeUndefined();
  expect(ceilingOf(columnInfo('highQuality'), trialOf({ method: 'gan', data: roll }).truth, 9)).toBeUndefined();
});
