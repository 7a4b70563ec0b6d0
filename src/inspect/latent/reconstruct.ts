/** Compares pictures x with their reconstructions G(E(x)): a sheet of alternating rows, and distances. */

import type { Points } from '../../base/points.ts';
import { pickPoints, pointAt, squaredDistance } from '../../base/points.ts';
import { mean } from '../../base/statistics.ts';
import { writeCsv } from '../../disk/csv.ts';
import { ssim } from '../../metrics/scores/ssim.ts';
import { alternating, sheetPng } from '../../pictures/sheet.ts';
import { isPictures, type TrainedModel } from '../trained-model.ts';
import type { Findings } from './findings.ts';
import type { InputImages } from './input-images.ts';
import { coordinates, rootMeanSquare, sixDigits, threeDigits } from './points.ts';

const columns = 10;

export async function reconstruct(model: TrainedModel, given: InputImages): Promise<Findings> {
  if (!model.encode) throw new Error(`internal: ${model.name} has no encoder`);
  const { points, names } = given;
  const codes = await model.encode(points);
  const back = await model.generate(codes);
  const pictures = isPictures(model);
  const [height = 1, width = 1, channels = 1] = model.shape;
  const rows = names.map((picture, index) => {
    const [x, again] = [pointAt(points, index), pointAt(back, index)];
    return {
      picture,
      distance: Math.sqrt(squaredDistance(x, again)),
      rms: rootMeanSquare(x, again),
      ...(pictures && {
        ssim: ssim(pickPoints(points, [index]), pickPoints(back, [index]), [height, width, channels]),
      }),
      index,
    };
  });
  const similarity = mean(rows.map((row) => row.ssim ?? Number.NaN));
  return {
    files: {
      ...(pictures && { 'reconstruct.png': await sheet(points, back, model.shape) }),
      'reconstruct.csv': writeCsv(
        pictures ? ['picture', 'distance', 'ssim'] : [...pointColumns(points, codes)],
        rows.map(({ picture, distance, ssim: alike, index }) => ({
          picture,
          distance: sixDigits(distance),
          ...(alike === undefined
            ? {
                ...coordinates('x', points, index),
                ...coordinates('z', codes, index),
                ...coordinates('reconstructed', back, index),
              }
            : { ssim: sixDigits(alike) }),
        })),
      ),
    },
    lines: [
      `${given.description} through E and G`,
      ...given.notes,
      ...(model.encoderNote === undefined ? [] : [model.encoderNote]),
      `Mean ‖x − G(E(x))‖ ${threeDigits(mean(rows.map(({ distance }) => distance)))} data units, root mean square a number ${threeDigits(mean(rows.map(({ rms }) => rms)))}${pictures ? `, SSIM ${threeDigits(similarity)}` : ''}`,
      pictures
        ? 'reconstruct.png: a row of pictures, below it the row of their reconstructions, and so on'
        : 'Points make no sheet: reconstruct.csv has each with its reconstruction',
    ],
  };
}

async function sheet(points: Points, back: Points, shape: readonly number[]): Promise<Uint8Array> {
  const { labelledSheet } = await import('./labelled-sheet.ts'); // what writes words is heavy
  const across = Math.min(columns, points.count);
  const rows = Array.from({ length: Math.ceil(points.count / across) }, () => ['x', 'G(E(x))']).flat();
  return labelledSheet(await sheetPng(alternating(points, back, across), shape, { columns: across }), { rows });
}

function pointColumns(points: Points, codes: Points): string[] {
  const named = (name: string, dim: number) => Array.from({ length: dim }, (_, axis) => `${name}${axis}`);
  return [
    'picture',
    'distance',
    ...named('x', points.dim),
    ...named('z', codes.dim),
    ...named('reconstructed', points.dim),
  ];
}
