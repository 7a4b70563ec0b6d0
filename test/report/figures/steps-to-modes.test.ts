/** Steps until so many modes were reached, by hand: first evaluations, lost modes, seeds that never came so far. */
import { expect, it } from 'vitest';
import { wide } from '../../../src/report/figure.ts';
import { stepsToModesFigure } from '../../../src/report/figures/steps-to-modes.ts';
import { reportOn, trialOf } from './example-data.ts';

const counts = (seed: number, byStep: Readonly<Record<number, number>>) =>
  trialOf({
    method: 'gan',
    seed,
    parts: {
      history: Object.entries(byStep).map(([step, modesCaptured]) => ({
        step: Number(step),
        values: { modesCaptured },
      })),
    },
  });

it('takes the first evaluation of each seed, keeps what is lost again, and ends where a seed ends', () => {
  const data = reportOn([counts(0, { 100: 1, 200: 3, 300: 2, 400: 5 }), counts(1, { 100: 0, 200: 1, 300: 3, 400: 2 })]);
  const text = JSON.stringify(stepsToModesFigure(data, wide)?.spec);
  const points = [...text.matchAll(/\{"group":"gan","at":(\d+),"mean":(\d+),"low":(\d+),"high":(\d+)/g)];
  const band = points.slice(0, points.length / 2).map(([, ...numbers]) => numbers.map(Number));
  expect(band).toEqual([
    [1, 150, 100, 200],
    [2, 250, 200, 300],
    [3, 250, 200, 300],
  ]);
});

it('is not there where no method reaches two modes on every seed', () => {
  expect(
    stepsToModesFigure(reportOn([counts(0, { 100: 1, 200: 1 }), counts(1, { 100: 1, 200: 8 })]), wide),
  ).toBeUndefined();
});
