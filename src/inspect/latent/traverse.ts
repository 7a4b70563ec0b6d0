/** Moves along one latent dimension at a time and shows what each changes, a row a dimension. */

import type { Points } from '../../base/points.ts';
import { pointAt } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { mean } from '../../base/statistics.ts';
import { UsageError } from '../../base/usage-error.ts';
import { writeCsv } from '../../disk/csv.ts';
import { sheetPng } from '../../pictures/sheet.ts';
import { samplePrior } from '../../priors/prior.ts';
import { isPictures, type TrainedModel } from '../trained-model.ts';
import type { Findings } from './findings.ts';
import { blockOf, priorText, reachOf } from './latents.ts';
import { coordinates, rootMeanSquare, sixDigits, threeDigits } from './points.ts';
import { toyData } from './toy-data.ts';

export interface TraverseRequest {
  /** From 0, those of the filled block where the prior has blocks; default: the first ten. */
  readonly dimensions?: readonly number[];
  /** Values of each. */
  readonly steps: number;
  /** Range: 1 reaches the bounds of a uniform prior, or two standard deviations of a normal one. */
  readonly range: number;
  readonly seed: number;
}

const usually = 10;

/** All rows start from one draw of the prior; each sets one of its dimensions to equidistant values, the others stay. */
export interface Traversal {
  readonly dimensions: readonly number[];
  readonly values: readonly number[];
  /** Of the class whose block is moved; absent where the prior has none. */
  readonly class?: number;
  readonly base: Points;
  /** `[dimensions · steps, latent]`. */
  readonly z: Points;
}

/** @throws UsageError for a dimension that does not exist. */
export function traversal(
  { prior, name }: Pick<TrainedModel, 'prior' | 'name'>,
  { dimensions, steps, range, seed }: TraverseRequest,
): Traversal {
  const draw = samplePrior(prior, stream(seed, 'interpolation', 1), 1);
  const block = blockOf(prior, draw);
  const chosen = dimensions ?? Array.from({ length: Math.min(usually, block.size) }, (_, index) => index);
  const bad = chosen.find((dimension) => dimension >= block.size);
  if (bad !== undefined) {
    const has =
      block.class === undefined ? `${name} has ${block.size}` : `a class's block of ${name} has ${block.size} of them`;
    throw new UsageError(`--dimensions: expected numbers from 0 to ${block.size - 1}, got ${bad} (${has})`);
  }
  const { centre, half } = reachOf(prior);
  const values = Array.from({ length: steps }, (_, step) => centre + range * half * ((2 * step) / (steps - 1) - 1));
  const z = new Float32Array(chosen.length * steps * prior.dim);
  for (const [row, dimension] of chosen.entries()) {
    for (const [step, value] of values.entries()) {
      const at = (row * steps + step) * prior.dim;
      z.set(draw, at);
      z[at + block.first + dimension] = value;
    }
  }
  return {
    dimensions: chosen,
    values,
    ...(block.class !== undefined && { class: block.class }),
    base: { values: draw, count: 1, dim: prior.dim },
    z: { values: z, count: chosen.length * steps, dim: prior.dim },
  };
}

export async function traverse(model: TrainedModel, request: TraverseRequest): Promise<Findings> {
  const way = traversal(model, request);
  const { dimensions, values } = way;
  const steps = values.length;
  const x = await model.generate(way.z);
  const base = await model.generate(way.base);
  const changes = Array.from({ length: x.count }, (_, index) => rootMeanSquare(pointAt(x, index), pointAt(base, 0)));
  const ofDimension = dimensions.map((dimension, row) => ({
    dimension,
    change: mean(changes.slice(row * steps, (row + 1) * steps)),
  }));
  const pictures = isPictures(model);
  const rows = changes.map((change, index) => ({
    dimension: dimensions[Math.floor(index / steps)],
    value: sixDigits(values[index % steps] as number),
    change: sixDigits(change),
    ...(!pictures && coordinates('x', x, index)),
  }));
  return {
    files: {
      ...(pictures ? { 'traverse.png': await labelled(x, way, model) } : await toyFiles(way, request, model)),
      'traverse.csv': writeCsv(Object.keys(rows[0] ?? {}), rows),
    },
    lines: [
      `${dimensions.length === 1 ? '1 dimension' : `${dimensions.length} dimensions`} of one draw of the prior (${priorText(model.prior)}; seed ${request.seed}), ${steps} values each from ${threeDigits(values[0] as number)} to ${threeDigits(values.at(-1) as number)}`,
      ...(way.class === undefined ? [] : [`The filled block is that of class ${way.class}`]),
      ...(request.range > 1 && model.prior.kind !== 'normal'
        ? ['A range above 1 leaves the bounds of the prior: G was never shown such latents']
        : []),
      `Mean change (root mean square, data units): ${ofDimension.map(({ dimension, change }) => `z${dimension} ${threeDigits(change)}`).join(', ')}`,
      pictures
        ? `traverse.png, rows from above: ${dimensions.map((dimension) => `z${dimension}`).join(', ')}`
        : 'traverse.png shows a line a dimension over examples of the data',
      ...(await wordNotes()),
    ],
  };
}

async function labelled(x: Points, { dimensions, values }: Traversal, model: TrainedModel): Promise<Uint8Array> {
  const { labelledSheet } = await import('./labelled-sheet.ts'); // what writes words is heavy
  const sheet = await sheetPng(x, model.shape, { columns: values.length });
  const rows = dimensions.map((dimension) => `z${dimension}`);
  return labelledSheet(sheet, { rows, columns: values.map((value) => threeDigits(value)) });
}

async function toyFiles({ dimensions, values }: Traversal, request: TraverseRequest, model: TrainedModel) {
  if (model.shape.length !== 1 || (model.shape[0] ?? 0) > 2) return {};
  const { figurePng } = await import('./drawing.ts'); // heavy, and pictures need none
  const { fineSteps, pathsFigure } = await import('./plane.ts');
  const names = dimensions.map((dimension) => `z${dimension}`);
  const fine = traversal(model, { ...request, dimensions, steps: fineSteps(values.length) });
  const along = { title: 'value of the dimension', at: fine.values };
  const points = await model.generate(fine.z);
  const figure = pathsFigure({ points, steps: values.length, kind: 'dimension', names, along }, toyData(model));
  return { 'traverse.png': await figurePng(figure) };
}

const wordNotes = async (): Promise<string[]> => (await import('./drawing.ts')).fontNote();
