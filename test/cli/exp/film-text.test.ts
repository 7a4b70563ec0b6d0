import { expect, it } from 'vitest';
import { filmLines } from '../../../src/cli/exp/film-text.ts';
import { recordOf, specOf } from '../records.ts';

const timings = { capture: 0, compile: 0, train: 9, evaluate: 0, write: 0 };

it('says what filming cost a trial, and which share of its time', () => {
  const filmed = [1, 2].map((seed) => {
    return recordOf(specOf('gan', seed), {}, { wallSeconds: 10, timings: { ...timings, film: seed } });
  });
  const plain = recordOf(specOf('gan', 3), {}, { wallSeconds: 1_000 });
  expect(filmLines([...filmed, plain])).toEqual([
    "Films: 2 trials, 1.5 s a trial, 15 % of its time (film.json in the trial's folder)",
  ]);
  expect(filmLines([plain])).toEqual([]);
});
