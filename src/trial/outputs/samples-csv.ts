/** Writes samples.csv of a trial on points: generated points at the end, and real ones with their codes and reconstructions. */

import { significant } from '../../base/number-words.ts';
import type { Points } from '../../base/points.ts';
import { type Row, writeCsv } from '../../disk/csv.ts';
import type { EvaluationInputs } from '../../metrics/evaluation-inputs.ts';
import { nearestModes } from '../../metrics/numerics/nearest-modes.ts';

/** Rows of each kind: enough for a picture. */
const most = 1_000;

/**
 * Columns: `set` (`generated` or `real`), `x0 …` the point, `z0 …` the latent that it was generated from or E(x),
 * `reconstructed0 …` G(E(x)), `mode` the index of its nearest mode. Cells that do not exist for a row are empty; numbers
 * have six digits.
 */
export function samplesCsv(inputs: EvaluationInputs): string {
  const { generated, real, latents, encoded, reconstructed } = inputs;
  const rows = [
    ...(generated ? rowsOf('generated', inputs, generated, latents) : []),
    ...rowsOf('real', inputs, real, encoded, reconstructed),
  ];
  return writeCsv([...new Set(rows.flatMap((row) => Object.keys(row)))], rows);
}

function rowsOf(
  set: string,
  { dataset }: EvaluationInputs,
  points: Points,
  latents?: Points,
  reconstructed?: Points,
): Row[] {
  const mode = dataset.modes && nearestModes(points, dataset.modes).index;
  return Array.from({ length: Math.min(points.count, most) }, (_, index) => ({
    set,
    ...coordinates('x', points, index),
    ...(latents && coordinates('z', latents, index)),
    ...(reconstructed && coordinates('reconstructed', reconstructed, index)),
    ...(mode && { mode: mode[index] }),
  }));
}

const coordinates = (name: string, { values, dim }: Points, index: number): Row =>
  Object.fromEntries(
    Array.from({ length: dim }, (_, axis) => [
      `${name}${axis}`,
      significant(values[index * dim + axis] ?? Number.NaN, 6),
    ]),
  );
