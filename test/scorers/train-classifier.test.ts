/** The classifier that guides and judges, trained on data whose classes are known. */
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stream } from '../../src/base/random.ts';
import type { Dataset } from '../../src/datasets/dataset.ts';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import { unflatten } from '../../src/nets/layout.ts';
import { classifierRecipe } from '../../src/scorers/own-place.ts';
import { trainClassifier } from '../../src/scorers/train-classifier.ts';
import { makeDataset } from '../support/datasets.ts';

const engine = compiledEngine('cpu');
const grid = makeDataset({ kind: 'gaussian-grid', side: 3, spacing: 2, std: 0.3, heavy: 0, scale: 0.5 });

const labelledOf = ({ labelled }: Dataset) => {
  if (!labelled) throw new Error('a grid knows its modes');
  return labelled;
};

describe('trainClassifier', () => {
  it('tells nine modes apart, says how well on examples of its own, and how far it is', async () => {
    const told: number[] = [];
    const labelled = labelledOf(grid);
    const { net, parameters, labels, accuracy, heldOut } = await trainClassifier(
      engine,
      grid,
      labelled,
      (step, steps) => {
        expect(steps).toBe(classifierRecipe.steps);
        told.push(step);
      },
    );
    expect(told).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
    expect(labels).toBe(labelled.labels);
    // 3σ is 0.9 of the half way to the next mode: 1 of 1,000 draws in a direction lies beyond.
    expect(accuracy).toBeGreaterThan(0.98);
    expect(heldOut).toBe(1000);
    // The centres, in the units that networks see, are of their own modes.
    await tf.setBackend('cpu');
    const centres = tf.tensor2d(Float32Array.from(grid.modes?.centres ?? []), [9, 2]).mul(grid.scale);
    const { logits } = net.apply(unflatten(tf.tensor1d(parameters), net.layout), centres);
    expect([...tf.argMax(logits, 1).dataSync()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('gives the same bytes for the same data', async () => {
    const train = async () => (await trainClassifier(engine, grid, labelledOf(grid))).parameters;
    expect(await train()).toEqual(await train());
  });

  it('learns several heads at once, and attributes', async () => {
    // Of a point of the grid: its column and its row as two heads; whether it is right of, above the middle as attributes.
    const labelled = labelledOf(grid);
    const sides = ['low', 'middle', 'high'];
    const cells = (mode: number) => [Math.floor(mode / 3), mode % 3] as const;
    for (const [labels, says] of [
      [{ kind: 'classes', heads: [sides, sides] }, (mode: number) => cells(mode)],
      [
        { kind: 'attributes', names: ['first', 'second'] },
        (mode: number) => cells(mode).map((cell) => Number(cell > 1)),
      ],
    ] as const) {
      const { accuracy, net } = await trainClassifier(engine, grid, {
        labels,
        draw(random, count, part) {
          const drawn = labelled.draw(random, count, part);
          return { ...drawn, labels: Uint8Array.from([...drawn.labels].flatMap((mode) => [...says(mode)])) };
        },
      });
      expect(net.layout.shapes.at(-1)).toEqual([labels.kind === 'classes' ? 6 : 2]);
      expect(accuracy).toBeGreaterThan(0.98);
    }
  });
});

it('labels of a mixture are the modes that its examples come from', () => {
  const { examples, labels } = labelledOf(grid).draw(stream(4, 'data'), 500, 'train');
  const centres = grid.modes?.centres ?? new Float64Array();
  for (const [index, mode] of labels.entries()) {
    for (const d of [0, 1])
      expect(Math.abs((examples[2 * index + d] ?? 99) - (centres[2 * mode + d] ?? 99))).toBeLessThan(6 * 0.3);
  }
  expect(new Set(labels).size).toBe(9);
});
