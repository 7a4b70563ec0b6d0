import { describe, expect, it } from 'vitest';
import { publishedOn } from '../../src/datasets/published/published.ts';
import type { Section as DataSpec } from '../../src/schema/kind.ts';
import { judgedColumns } from '../../src/summary/column-info.ts';

const pictures = (set: string, size: number): DataSpec => ({ kind: 'images', set, size });
const known: Readonly<Record<string, DataSpec>> = {
  ring: { kind: 'gaussian-rings', modes: 8, radii: [1], std: 0.01, scale: 3 },
  grid: { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0, scale: 1 },
  'stacked MNIST': pictures('stacked-mnist', 28),
  'CIFAR-10': pictures('cifar10', 32),
};

describe('published figures', () => {
  it.each(Object.entries(known))('on %s have a cell for every metric, a source and what differs', (_, data) => {
    const found = publishedOn(data);
    expect(judgedColumns(found?.metrics ?? []).map(({ name }) => name)).toHaveLength(found?.metrics.length ?? -1);
    expect(found?.caveat).toMatch(/\.$/);
    for (const { source, differs, rows } of found?.tables ?? []) {
      expect([source.length > 5, differs.length > 20]).toEqual([true, true]);
      for (const row of rows) expect(row).toHaveLength(1 + (found?.metrics.length ?? 0));
    }
  });

  it('are shown on exactly their data alone', () => {
    const others: DataSpec[] = [
      { kind: 'gaussian-rings', modes: 8, radii: [1, 2], std: 0.01, scale: 1 },
      { kind: 'gaussian-grid', side: 5, spacing: 1, std: 0.01, heavy: 0, scale: 1 },
      { kind: 'gaussian-grid', side: 5, spacing: 2, std: 0.05, heavy: 0.9, scale: 1 },
      pictures('mnist', 28),
      pictures('stacked-mnist', 14),
      pictures('cifar10', 16),
      pictures('celeba', 64),
    ];
    expect(others.map(publishedOn)).toEqual(others.map(() => undefined));
  });

  it('are those of the papers', () => {
    const rowsOn = (data: DataSpec | undefined) => (data ? publishedOn(data)?.tables.flatMap(({ rows }) => rows) : []);
    expect(rowsOn(known.ring)).toContainEqual(['PacGAN2', '7.9 ± 0.1', '95.6 ± 2.0', '0.07 ± 0.03']);
    expect(rowsOn(known.grid)).toContainEqual(['VEEGAN', '24.6', '40', '']);
    expect(rowsOn(known['stacked MNIST'])).toContainEqual(['PacDCGAN2', '1000 ± 0', '0.06 ± 0.003']);
    expect(rowsOn(known['CIFAR-10'])).toContainEqual(['WGAN-GP', '7.33 ± 0.02', '22.29 ± 0.06']);
  });
});
