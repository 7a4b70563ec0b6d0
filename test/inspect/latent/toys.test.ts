/** Explorations of trials on points: tables and pictures of lines, and what is left out. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pointAt } from '../../../src/base/points.ts';
import { readCsv } from '../../../src/disk/csv.ts';
import { heldOut } from '../../../src/inspect/latent/input-images.ts';
import { interpolate, interpolateAlong, randomEnds } from '../../../src/inspect/latent/interpolate.ts';
import { inversionFindings } from '../../../src/inspect/latent/inversion-findings.ts';
import { invert } from '../../../src/inspect/latent/invert.ts';
import { fineSteps, pathsFigure } from '../../../src/inspect/latent/plane.ts';
import { reconstruct } from '../../../src/inspect/latent/reconstruct.ts';
import { traverse } from '../../../src/inspect/latent/traverse.ts';
import { openTrainedModel, type TrainedModel } from '../../../src/inspect/trained-model.ts';
import { compileFigure } from '../../../src/report/render.ts';
import { smallSpec } from '../../trial/specs.ts';
import { finished } from './tiny-trial.ts';

let root = '';
let plane: TrainedModel;
let line: TrainedModel;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'modebench-toys-'));
  const spec = smallSpec('bigan');
  plane = await openTrainedModel((await finished(root, spec)).folder);
  const data = { kind: 'gaussian-line' as const, centres: [-1, 1], std: 0.1, scale: 1 };
  const latent = { kind: 'normal', dim: 1, std: 1 } as const;
  line = await openTrainedModel((await finished(root, { ...spec, data, latent })).folder);
});
afterAll(async () => {
  await plane.close();
  await line.close();
  await rm(root, { recursive: true, force: true });
});

const table = (csv: unknown) => readCsv(String(csv), 'csv');

describe('a toy trial', () => {
  it('is interpolated as a table of points and a picture, without a film', async () => {
    for (const model of [plane, line]) {
      const ends = randomEnds(model, 3, 0);
      const { files, lines } = await interpolate(model, ends, { steps: 4, path: 'linear' });
      expect(Object.keys(files)).toEqual(['interpolate.png', 'interpolate.csv']);
      expect(lines.join()).toContain('points make no GIF');
      const { x } = await interpolateAlong(model, ends.z, 4, 'linear');
      const { columns, rows } = table(files['interpolate.csv']);
      const axes = model === plane ? ['z0', 'z1', 'x0', 'x1'] : ['z0', 'x0'];
      expect(columns).toEqual(['leg', 'step', 't', 'change', ...axes]);
      for (const [index, row] of rows.entries())
        expect(Number(row.get('x0'))).toBeCloseTo(pointAt(x, index)[0] as number, 4);
      expect((await sharp(files['interpolate.png'] as Uint8Array).metadata()).format).toBe('png');
    }
  });

  it('is reconstructed as a table, of fresh points', async () => {
    const given = heldOut((plane.record as NonNullable<TrainedModel['record']>).spec.data, root, 6, 0);
    const { files, lines } = await reconstruct(plane, given);
    expect(Object.keys(files)).toEqual(['reconstruct.csv']);
    expect(lines.join()).not.toContain('SSIM');
    const { columns, rows } = table(files['reconstruct.csv']);
    expect(columns).toEqual(['picture', 'distance', 'x0', 'x1', 'z0', 'z1', 'reconstructed0', 'reconstructed1']);
    for (const row of rows) {
      const [x0, x1, r0, r1] = ['x0', 'x1', 'reconstructed0', 'reconstructed1'].map((name) => Number(row.get(name)));
      expect(Number(row.get('distance'))).toBeCloseTo(Math.hypot(Number(x0) - Number(r0), Number(x1) - Number(r1)), 4);
    }
  });

  it('is traversed as a line a dimension', async () => {
    const { files } = await traverse(plane, { steps: 5, range: 1, seed: 0 });
    expect(Object.keys(files)).toEqual(['traverse.png', 'traverse.csv']);
    expect(table(files['traverse.csv']).rows.map((row) => row.get('value'))).toEqual(
      [0, 1].flatMap(() => ['-1', '-0.5', '0', '0.5', '1']),
    );
  });

  it('is inverted, under a normal prior without bounds, to a table of what was found', async () => {
    const z = { values: Float32Array.of(-2.5, 0.3, 1.8), count: 3, dim: 1 }; // −2.5 lies where no uniform prior reaches
    const given = { points: await line.generate(z), names: ['a', 'b', 'c'], description: '3 points', notes: [] };
    const inversions = await invert(line, given.points, { starts: ['random'], iterations: 200, rate: 0.05, seed: 1 });
    const { files, lines } = await inversionFindings(line, given, inversions, ['as a test']);
    expect(Object.keys(files)).toEqual(['invert-points.csv', 'invert.csv', 'invert-curve.png']);
    expect(lines.join()).toContain('Points make no sheet');
    for (const row of table(files['invert-points.csv']).rows) {
      expect(Number(row.get('distance'))).toBeLessThan(0.01);
      expect(Number(row.get('found0'))).toBeCloseTo(Number(row.get('x0')), 1);
    }
  });
});

it('a path has hundreds of points, those that were asked for among them', () => {
  for (const steps of [2, 3, 8, 100, 1000]) {
    const fine = fineSteps(steps);
    expect(fine).toBeGreaterThan(400);
    expect((fine - 1) % (steps - 1)).toBe(0);
  }
});

it('figures of paths are sound Vega-Lite, with data behind them and without', () => {
  for (const dim of [1, 2]) {
    const points = { values: Float32Array.from({ length: 6 * dim }, (_, at) => at), count: 6, dim };
    const lines = { points, steps: 2, kind: 'leg', names: ['1', '2'], along: { title: 't', at: [0, 0.5, 1] } };
    for (const data of [points, undefined]) {
      const warnings: string[] = [];
      compileFigure(pathsFigure(lines, data), (warning) => warnings.push(warning));
      expect(warnings).toEqual([]);
    }
  }
});
