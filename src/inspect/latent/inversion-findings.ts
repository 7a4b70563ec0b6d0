/** Presents an inversion: rows of pictures, its errors by iteration as a table and as curves, and its final distances. */

import type { Points } from '../../base/points.ts';
import { pointAt, squaredDistance } from '../../base/points.ts';
import { mean } from '../../base/statistics.ts';
import { type Row, writeCsv } from '../../disk/csv.ts';
import { interleaved, sheetPng } from '../../pictures/sheet.ts';
import { priorCard } from '../../priors/prior.ts';
import { isPictures, type TrainedModel } from '../trained-model.ts';
import { figurePng, fontNote } from './drawing.ts';
import type { Findings } from './findings.ts';
import type { InputImages } from './input-images.ts';
import { curveFigure } from './inversion-curve.ts';
import { drawsForStart, type Inversion, type StartName } from './invert.ts';
import { labelledSheet } from './labelled-sheet.ts';
import { coordinates, sixDigits, threeDigits } from './points.ts';

const columns = 10;

/** `16 draws a class` of a split prior. */
const startText = (start: StartName, { prior }: TrainedModel): string =>
  start === 'encoder'
    ? 'E(x)'
    : `the best of ${drawsForStart} draws${priorCard(prior).blocks(prior) > 1 ? ' a class' : ''}`;

/** @param how words for what was minimised and how. */
export async function inversionFindings(
  model: TrainedModel,
  given: InputImages,
  inversions: readonly Inversion[],
  how: readonly string[],
): Promise<Findings> {
  const seen: { inversion: Inversion; from: Points; found: Points }[] = [];
  for (const inversion of inversions) {
    seen.push({
      inversion,
      from: await model.generate(inversion.from),
      found: await model.generate(inversion.found),
    });
  }
  const rows = [
    'picture',
    ...inversions.flatMap(({ start }) => [`G of ${startText(start, model)}`, 'found from there']),
  ];
  const across = Math.min(columns, given.points.count);
  const pictures = isPictures(model);
  return {
    files: {
      ...(pictures && {
        'invert.png': await labelledSheet(
          await sheetPng(
            interleaved([given.points, ...seen.flatMap(({ from, found }) => [from, found])], across),
            model.shape,
            { columns: across },
          ),
          { rows: Array.from({ length: Math.ceil(given.points.count / across) }, () => rows).flat() },
        ),
      }),
      ...(!pictures && { 'invert-points.csv': pointsCsv(given, seen) }),
      'invert.csv': courseCsv(given, inversions),
      'invert-curve.png': await figurePng(curveFigure(inversions, distanceText(pictures))),
    },
    lines: [
      `${given.description}: ${how.join('; ')}`,
      ...(model.encoderNote !== undefined && inversions.some(({ start }) => start === 'encoder')
        ? [model.encoderNote]
        : []),
      ...given.notes,
      ...inversions.map(({ start, pixel, feature, least }) => {
        const fall = (before: Float32Array | undefined, after: Float32Array) =>
          `${threeDigits(mean([...(before ?? [])]))} → ${threeDigits(mean([...after]))}`;
        const features = least.feature ? `, of features ${fall(feature?.[0], least.feature)}` : '';
        return `From ${startText(start, model)}: ${distanceText(pictures)} ${fall(pixel[0], least.pixel)}${features}`;
      }),
      pictures
        ? `invert.png, rows from above: ${rows.join(', ')}`
        : 'Points make no sheet: invert-points.csv has each with what was found',
      ...fontNote(),
    ],
  };
}

/** What the descent looks at first. */
export const distanceText = (pictures: boolean): string => `mean squared ${pictures ? 'pixel ' : ''}distance`;

/** Columns: `iteration`, `picture`, `start`, `pixel` and, where features count, `feature`: the two distances. */
function courseCsv({ names }: InputImages, inversions: readonly Inversion[]): string {
  const rows: Row[] = inversions.flatMap(({ start, pixel, feature }) =>
    pixel.flatMap((errors, iteration) =>
      Array.from(errors, (error, index) => ({
        iteration,
        picture: names[index],
        start,
        pixel: sixDigits(error),
        ...(feature && { feature: sixDigits(feature[iteration]?.[index] ?? Number.NaN) }),
      })),
    ),
  );
  const measured = inversions.some(({ feature }) => feature) ? ['pixel', 'feature'] : ['pixel'];
  return writeCsv(['iteration', 'picture', 'start', ...measured], rows);
}

function pointsCsv(given: InputImages, seen: readonly { inversion: Inversion; from: Points; found: Points }[]): string {
  const rows = seen.flatMap(({ inversion, from, found }) =>
    given.names.map((point, index) => ({
      point,
      start: inversion.start,
      ...coordinates('x', given.points, index),
      ...coordinates('z', inversion.found, index),
      ...coordinates('start', from, index),
      ...coordinates('found', found, index),
      distance: sixDigits(Math.sqrt(squaredDistance(pointAt(given.points, index), pointAt(found, index)))),
    })),
  );
  return writeCsv(Object.keys(rows[0] ?? {}), rows);
}
