/** Axes over values that are all 0: of data with one mode the divergence is 0 throughout. */
import { expect, it } from 'vitest';
import { wide } from '../../../src/report/figure.ts';
import { coverageOverTrainingFigure } from '../../../src/report/figures/coverage-over-training.ts';
import { reportOn, trialOf } from './example-data.ts';

it('end at 1, in numbers that can be read', () => {
  const trial = trialOf({
    method: 'gan',
    seed: 0,
    parts: {
      history: [100, 200].map((step) => ({ step, values: { modesCaptured: 1, highQuality: 0.5, reverseKL: 0 } })),
    },
  });
  const text = JSON.stringify(coverageOverTrainingFigure(reportOn([trial]), wide)?.spec);
  const domains = [...text.matchAll(/"domain":\[0,([^\]]+)\]/g)].map(([, high]) => Number(high));
  expect(new Set(domains)).toEqual(new Set([4, 1]));
});
