import { describe, expect, it } from 'vitest';
import { columnInfo } from '../../src/summary/column-info.ts';
import { decimalText, differenceText, intervalText, metricText, seedsText } from '../../src/summary/number-format.ts';

describe('numbers as words', () => {
  it('have a true minus sign and no negative zero', () => {
    expect(
      [1.25, -1.25, -0.001, 0, Number.NaN, Number.POSITIVE_INFINITY].map((value) => decimalText(value, 1)),
    ).toEqual(['1.3', '−1.3', '0.0', '0.0', '–', '∞']);
  });

  it('follow the metric: counts whole, shares in per cent', () => {
    expect(metricText(25, columnInfo('modesCaptured'))).toBe('25');
    expect(metricText(0.8531, columnInfo('highQuality'))).toBe('85.3 %');
    expect(metricText(0.051, columnInfo('reverseKL'))).toBe('0.05');
    expect(columnInfo('raw.highQuality')).toMatchObject({ unit: 'share', title: 'high quality, raw weights' });
    expect(columnInfo('invented')).toMatchObject({ title: 'invented', unit: 'number' });
  });

  it('show differences with sign and interval', () => {
    const quality = columnInfo('highQuality');
    const pairs = { seeds: [0, 1], of: 2 };
    expect(differenceText({ mean: 0.018, low: 0.002, high: 0.034, ...pairs }, quality)).toBe('+1.8 [0.2, 3.4]');
    expect(differenceText({ mean: -0.018, low: -0.034, high: 0, ...pairs }, quality)).toBe('−1.8 [−3.4, 0.0]');
    const nothing = { mean: Number.NaN, low: Number.NaN, high: Number.NaN, seeds: [] };
    expect(differenceText({ ...nothing, of: 0 }, quality)).toBe('–');
    expect(differenceText({ ...nothing, of: 3 }, quality)).toBe('– (0 of 3)');
    expect(differenceText({ mean: 0.018, low: 0.002, high: 0.034, seeds: [0, 2], of: 3 }, quality)).toBe(
      '+1.8 [0.2, 3.4] (2 of 3)',
    );
    expect(intervalText({ low: 0.5, high: 1 }, quality)).toBe('[50.0, 100.0]');
  });

  it('gather runs of seeds', () => {
    expect([[0, 1, 2, 3], [7], [3, 4], [0, 1, 2, 5, 9, 10]].map(seedsText)).toEqual([
      '0…3',
      '7',
      '3, 4',
      '0…2, 5, 9, 10',
    ]);
  });
});
