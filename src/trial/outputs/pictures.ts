/** Makes the files of a trial on pictures: sheets of samples and reconstructions, shares of modes, maps of occupancy. */

import { firstPoints, joinPoints, type Points, pickPoints } from '../../base/points.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import { csvLines } from '../../disk/csv.ts';
import { attributeShares } from '../../metrics/attribute-coverage.ts';
import { classShares, type ModeShares } from '../../metrics/class-coverage.ts';
import type { EvaluationInputs } from '../../metrics/evaluation-inputs.ts';
import { foregroundSettings } from '../../metrics/foreground/foreground.ts';
import { occupancyMaps } from '../../metrics/foreground/occupancy.ts';
import { rarestCaptured } from '../../metrics/rarest-modes.ts';
import { alternating, sheetPng } from '../../pictures/sheet.ts';
import { sixDigits } from './rounding.ts';

const columns = 10;
/** Samples on a sheet, and pairs of pictures and reconstructions. */
const samples = 100;
const pairs = 30;
/** Captured modes on the sheet of the rarest ones. */
const rareModes = 6;

/** File names and contents; nothing for data that are no pictures. */
export async function pictureFiles(
  inputs: EvaluationInputs,
  { measures }: ResolvedSpec,
): Promise<Readonly<Record<string, Uint8Array | string>>> {
  const { dataset, generated, reconstructed, real } = inputs;
  const { shape } = dataset;
  if (shape.length !== 3) return {};
  const modes = modesCsv(inputs);
  const occupied = foregroundSettings(measures);
  const rarest = rarestSheet(inputs);
  return {
    'data.png': await sheetPng(firstPoints(real, samples), shape, { columns }),
    ...(generated && { 'samples.png': await sheetPng(firstPoints(generated, samples), shape, { columns }) }),
    ...(reconstructed && {
      'reconstructions.png': await sheetPng(
        alternating(firstPoints(real, pairs), firstPoints(reconstructed, pairs), columns),
        shape,
        { columns },
      ),
    }),
    ...(rarest && { 'rarest-modes.png': await sheetPng(rarest, shape, { columns }) }),
    ...(modes && { 'modes.csv': modes }),
    ...(occupied && { 'occupancy.csv': occupancyCsv(inputs, occupied) }),
  };
}

/**
 * In turns a row of real pictures of a captured mode and a row of the samples that count as it, the rarest mode first; white
 * where there are fewer than a row.
 */
function rarestSheet(inputs: EvaluationInputs): Points | undefined {
  const { real, generated } = inputs;
  const modes = generated ? rarestCaptured(inputs, rareModes) : [];
  if (generated === undefined || modes.length === 0) return undefined;
  return joinPoints(modes.flatMap((mode) => [rowOf(real, mode.real), rowOf(generated, mode.generated)]));
}

function rowOf(pictures: Points, indices: readonly number[]): Points {
  const { dim, count } = pictures;
  // more are scored than kept
  const { values } = pickPoints(pictures, indices.filter((index) => index < count).slice(0, columns));
  const row = new Float32Array(columns * dim).fill(1);
  row.set(values);
  return { values: row, count: columns, dim };
}

/** Shares of pictures that are of each class or have each attribute; none where nobody judges, or where there are too many. */
export function sharesOf(inputs: EvaluationInputs): ModeShares[] {
  const { labels } = inputs.scored ?? {};
  if (labels === undefined) return [];
  return labels.kind === 'classes' ? classShares(inputs) : attributeShares(inputs);
}

/** Columns: `mode`, `real`, `generated`, `reconstructed`: shares of pictures that are of that class or have that attribute. */
function modesCsv(inputs: EvaluationInputs): string | undefined {
  const shares = sharesOf(inputs);
  if (shares.length === 0) return undefined;
  const cell = (value: number | undefined) => (value === undefined ? '' : sixDigits(value));
  return csvLines([
    ['mode', 'real', 'generated', 'reconstructed'],
    ...shares.map(({ mode, real, generated, reconstructed }) => [
      mode,
      cell(real),
      cell(generated),
      cell(reconstructed),
    ]),
  ]);
}

/** Columns: `row`, `column` of the cell from the upper left, `real`, `generated`, `reconstructed`: share of frames in which something is there. */
function occupancyCsv(
  inputs: EvaluationInputs,
  options: { readonly threshold: number; readonly cells: number },
): string {
  const { real, generated, reconstructed } = occupancyMaps(inputs, options);
  const cell = (map: Float64Array | undefined, at: number) => (map ? sixDigits(map[at] as number) : '');
  return csvLines([
    ['row', 'column', 'real', 'generated', 'reconstructed'],
    ...Array.from(real, (share, at) => [
      Math.floor(at / options.cells),
      at % options.cells,
      sixDigits(share),
      cell(generated, at),
      cell(reconstructed, at),
    ]),
  ]);
}
