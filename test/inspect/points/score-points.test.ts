/** Points against grid25: the values of a trial's row, a verdict in words, and what is said of points that are not as they should be. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Points } from '../../../src/base/points.ts';
import { stream } from '../../../src/base/random.ts';
import { loadExperiment } from '../../../src/experiment/load.ts';
import type { PerfectScores } from '../../../src/inspect/points/evaluate.ts';
import { experimentReference, type Reference } from '../../../src/inspect/points/reference.ts';
import { scoreSource } from '../../../src/inspect/points/score-points.ts';

let grid25: Reference;
beforeAll(async () => {
  grid25 = experimentReference(await loadExperiment('grid25'), 'nowhere');
});

/** Points of the data's modes, or of some of them, in turn: the shares of the modes are equal to one point. */
function draws(count: number, modes?: readonly number[]): Points {
  const { centres, std, dim, count: all } = grid25.dataset.modes as NonNullable<Reference['dataset']['modes']>;
  const random = stream(7, 'data');
  const values = Float32Array.from({ length: count * dim }, (_, at) => {
    const point = Math.floor(at / dim);
    const mode = modes ? (modes[point % modes.length] as number) : point % all;
    return (centres[mode * dim + (at % dim)] as number) + std * random.normal();
  });
  return { values, count, dim };
}

/** What a perfect sampler gets, by number of points, for all tests. */
const known: PerfectScores = new Map();

const score = (points: Points, wanted?: number) =>
  scoreSource(
    { name: 'x.npy', path: 'x.npy', says: '', points, sha256: '' },
    grid25,
    { seed: 0, ...(wanted !== undefined && { wanted }) },
    known,
  );
const scaled = ({ values, count, dim }: Points, factor: number): Points => ({
  values: values.map((value) => value * factor),
  count,
  dim,
});

describe('a verdict', () => {
  test.each<[string, readonly number[] | undefined, string, RegExp]>([
    [
      'all modes',
      undefined,
      'every mode kept',
      /^Every mode kept: effectively 25\.0 of 25 modes, all 25 seen; 9[89]\.\d % of samples/,
    ],
    ['three modes', [3, 4, 17], 'collapsed', /^Collapsed: effectively 3\.0 of 25 modes; 22 never seen\.$/],
    [
      'all but two',
      [...Array(25).keys()].filter((mode) => mode !== 0 && mode !== 24),
      'modes missing',
      /^Modes missing: effectively 2[23]\.\d of 25 modes; 2 never seen\.$/,
    ],
  ])('of samples of %s', (_, modes, kind, says) => {
    const { verdict, values } = score(draws(2_500, modes));
    expect(verdict.kind).toBe(kind);
    expect(verdict.says).toMatch(says);
    expect(values.modesCaptured).toBe(modes?.length ?? 25);
  });

  test('of samples of which half belong to one mode', () => {
    const [one, all] = [draws(1_500, [12]), draws(1_000)];
    const points = { values: Float32Array.from([...one.values, ...all.values]), count: 2_500, dim: 2 };
    const { verdict } = score(points);
    expect(verdict.says).toMatch(
      /^Uneven: effectively \d\.\d of 25 modes; all 25 seen, one with 15\.\d times its share\.$/,
    );
  });

  test('of samples that are blurred', () => {
    const { values, count, dim } = draws(2_500);
    const random = stream(1, 'noise');
    const blurred = { values: values.map((value) => value + 0.1 * random.normal()), count, dim };
    expect(score(blurred).verdict).toMatchObject({
      kind: 'off the data',
      says: expect.stringMatching(
        /^Off the data: \d\d\.\d % of samples within 3σ of a mode, a perfect sampler's 98\.\d %; /,
      ),
    });
  });
});

test('a perfect sampler stands beside every value, with its range', () => {
  const { values, perfect, modes } = score(draws(2_500));
  expect(Object.keys(perfect)).toEqual(Object.keys(values));
  expect(perfect.highQuality?.mean).toBeCloseTo(1 - Math.exp(-4.5), 2);
  expect(perfect.modesCaptured).toEqual({ mean: 25, low: 25, high: 25 });
  expect(modes).toHaveLength(25);
  expect(modes.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(values.highQuality ?? 0, 9);
});

describe('notes', () => {
  const notes = (points: Points, wanted?: number) => score(points, wanted).notes.join('\n');

  test('as many as the trials are evaluated on are drawn; other numbers compare roughly', () => {
    expect(notes(draws(2_500))).toBe('');
    expect(notes(draws(3_000))).toBe(
      "2,500 of 3,000 points, drawn at random, as many as grid25's own trials are evaluated on; --samples takes others",
    );
    expect(notes(draws(500), 500)).toBe(
      "grid25's own trials are evaluated on 2,500 samples: figures of 500 compare with them roughly",
    );
  });

  test('rows that are not finite are counted, and lie at no mode', () => {
    const points = draws(2_500);
    points.values[0] = Number.NaN;
    points.values[9] = Number.POSITIVE_INFINITY;
    const { values, notFinite, notes } = score(points);
    expect(notFinite).toBe(2);
    expect(values.highQuality).toBeLessThan(1);
    expect(notes).toEqual([
      '2 of 2,500 rows are not finite (NaN or infinite): they count as samples that lie at no mode',
    ]);
  });

  test('a forgotten factor', () => {
    expect(notes(scaled(draws(2_500), 1 / 4))).toMatch(
      /^multiplied by 4\.?\d*, 9\d % of the samples would lie within 3σ of a mode, and as they are \d %: were they scaled for training\?$/,
    );
    expect(notes(scaled(draws(2_500, [3, 4, 17]), 1))).toBe('');
  });

  test('too few points to say', () => {
    expect(score(draws(40)).verdict.says).toContain('(so few points: a perfect sampler may miss some too)');
  });
});

test.each<[number, number, RegExp]>([
  [3, 100, /^x\.npy: expected points of 2 numbers, as grid25 has, got 3$/],
  [
    2_500,
    2,
    /^x\.npy: expected points of 2 numbers, as grid25 has, got 2,500; are its axes swapped\? it is read as 2 points of 2,500 numbers$/,
  ],
])('%i dimensions are refused', (dim, count, message) => {
  expect(() => score({ values: new Float32Array(dim * count), dim, count })).toThrow(message);
});
