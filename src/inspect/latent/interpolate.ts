/** Interpolates between latents: G along the path as a sheet with a row a leg, as an animation, and as a table. */

import type { Points } from '../../base/points.ts';
import { joinPoints, pickPoints, pointAt } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { mean } from '../../base/statistics.ts';
import { type Row, writeCsv } from '../../disk/csv.ts';
import { animatedGif } from '../../pictures/gif.ts';
import { sheetPixels, sheetPng } from '../../pictures/sheet.ts';
import { priorCard } from '../../priors/prior.ts';
import { isPictures, type TrainedModel } from '../trained-model.ts';
import type { Findings } from './findings.ts';
import type { InputImages } from './input-images.ts';
import { blockOf, drawEnds, priorText } from './latents.ts';
import { filmOrder, legCount, legsBetween, type PathName } from './paths.ts';
import { coordinates, rootMeanSquare, sixDigits, threeDigits } from './points.ts';
import { toyData } from './toy-data.ts';

/** Ends of the interpolation. */
export interface Ends {
  readonly z: Points;
  /** The pictures x that `z` are E(x) of, where they are. */
  readonly pictures?: Points;
  /** A few words. */
  readonly description: string;
  readonly notes: readonly string[];
}

export function randomEnds({ prior }: TrainedModel, count: number, seed: number): Ends {
  const z = drawEnds(prior, stream(seed, 'interpolation'), count);
  const classes = Array.from({ length: count }, (_, index) => blockOf(prior, pointAt(z, index)).class);
  return {
    z,
    description: `${count} draws of the prior (${priorText(prior)}; seed ${seed})`,
    notes: priorCard(prior).blocks(prior) > 1 ? [`Classes of the draws: ${classes.join(', ')}`] : [],
  };
}

/** E(x) of pictures, and how far G(E(x)) is from them. */
export async function encodedEnds(model: TrainedModel, given: InputImages): Promise<Ends> {
  if (!model.encode) throw new Error(`internal: ${model.name} has no encoder`);
  const z = await model.encode(given.points);
  return {
    z,
    pictures: given.points,
    description: `E(x) of ${given.names.join(', ')}`,
    notes: [
      ...given.notes,
      ...(model.encoderNote === undefined ? [] : [model.encoderNote]),
      'First and last of every row are the pictures themselves',
    ],
  };
}

/** Latents along the path and G of them, leg after leg, `[legs · steps, …]`. */
export interface Interpolation {
  readonly legs: number;
  readonly steps: number;
  readonly z: Points;
  readonly x: Points;
}

export async function interpolateAlong(
  model: TrainedModel,
  z: Points,
  steps: number,
  path: PathName,
): Promise<Interpolation> {
  const way = legsBetween(z, steps, path);
  return { legs: legCount(z.count), steps, z: way, x: await model.generate(way) };
}

export async function interpolate(
  model: TrainedModel,
  ends: Ends,
  { steps, path }: { readonly steps: number; readonly path: PathName },
): Promise<Findings> {
  const way = await interpolateAlong(model, ends.z, steps, path);
  const changes = changesOf(way);
  const largest = changes.reduce((a, b) => (b.change > a.change ? b : a));
  const pictures = isPictures(model);
  return {
    files: {
      ...(pictures
        ? await pictureFiles(way, model.shape, ends.pictures)
        : await toyFiles(model, ends, { steps, path })),
      'interpolate.csv': table(way, changes, pictures),
    },
    lines: [
      `${way.legs === 1 ? '1 leg' : `${way.legs} legs`} of ${steps} steps, ${path}, between ${ends.description}`,
      ...ends.notes,
      `Change from step to step (root mean square, data units): mean ${threeDigits(mean(changes.map(({ change }) => change)))}, largest ${threeDigits(largest.change)} (leg ${largest.leg}, to step ${largest.step})`,
      pictures
        ? `interpolate.png has a row a leg; interpolate.gif goes ${way.legs === 1 ? 'there and back' : 'round'} in ${filmOrder(way.legs, steps).length} frames`
        : 'interpolate.png shows the legs over examples of the data, dots closer where G moves slowly; points make no GIF',
      ...(await wordNotes()),
    ],
  };
}

interface Change {
  /** From 1. */
  readonly leg: number;
  readonly step: number;
  /** From the step before. */
  readonly change: number;
}

function changesOf({ legs, steps, x }: Interpolation): Change[] {
  return Array.from({ length: legs * (steps - 1) }, (_, index) => {
    const [leg, step] = [Math.floor(index / (steps - 1)), (index % (steps - 1)) + 1];
    const at = leg * steps + step;
    return { leg: leg + 1, step: step + 1, change: rootMeanSquare(pointAt(x, at - 1), pointAt(x, at)) };
  });
}

/** Columns `leg`, `step` (from 1), `t`, `change` from the step before, `z0 …`, and the point `x0 …` where it is one. */
function table({ legs, steps, z, x }: Interpolation, changes: readonly Change[], pictures: boolean): string {
  const rows: Row[] = Array.from({ length: legs * steps }, (_, index) => {
    const [leg, step] = [Math.floor(index / steps), index % steps];
    const change = step === 0 ? undefined : changes[leg * (steps - 1) + step - 1]?.change;
    return {
      leg: leg + 1,
      step: step + 1,
      t: sixDigits(step / (steps - 1)),
      ...(change !== undefined && { change: sixDigits(change) }),
      ...coordinates('z', z, index),
      ...(!pictures && coordinates('x', x, index)),
    };
  });
  const numbers = Object.keys(rows[0] ?? {}).filter((name) => /^[zx]\d+$/.test(name));
  return writeCsv(['leg', 'step', 't', 'change', ...numbers], rows);
}

/** Side of a film's picture, and milliseconds a frame. */
const filmSide = 192;
const delay = 120;

async function pictureFiles({ legs, steps, x }: Interpolation, shape: readonly number[], pictures?: Points) {
  const frames = filmOrder(legs, steps).map((index) =>
    sheetPixels(pickPoints(x, [index]), shape, { columns: 1, side: filmSide }),
  );
  const rows = pictures ? withEnds(x, pictures, legs, steps) : x;
  return {
    'interpolate.png': await labelled(
      await sheetPng(rows, shape, { columns: rows.count / legs }),
      legs,
      steps,
      pictures,
    ),
    'interpolate.gif': await animatedGif(frames, {
      channels: 3,
      delay: { each: delay, last: delay },
      colours: 256,
      dither: 1,
    }),
  };
}

/** Puts every leg between the pictures at its ends. */
function withEnds(x: Points, pictures: Points, legs: number, steps: number): Points {
  return joinPoints(
    Array.from({ length: legs }, (_, leg) => [
      pickPoints(pictures, [leg]),
      pickPoints(
        x,
        Array.from({ length: steps }, (_, step) => leg * steps + step),
      ),
      pickPoints(pictures, [(leg + 1) % pictures.count]),
    ]).flat(),
  );
}

/** A row a leg; columns are shares of the way, between the pictures themselves where these are the ends. */
async function labelled(sheet: Uint8Array, legs: number, steps: number, pictures?: Points): Promise<Uint8Array> {
  const { labelledSheet } = await import('./labelled-sheet.ts'); // what writes words is heavy
  const shares = Array.from({ length: steps }, (_, step) => threeDigits(step / (steps - 1)));
  return labelledSheet(sheet, {
    rows: Array.from({ length: legs }, (_, leg) => `leg ${leg + 1}`),
    columns: pictures ? ['x', ...shares, 'x'] : shares,
  });
}

async function toyFiles(
  model: TrainedModel,
  { z }: Ends,
  { steps, path }: { readonly steps: number; readonly path: PathName },
) {
  if (model.shape.length !== 1 || (model.shape[0] ?? 0) > 2) return {};
  const { figurePng } = await import('./drawing.ts'); // heavy, and pictures need none
  const { fineSteps, pathsFigure } = await import('./plane.ts');
  const fine = fineSteps(steps);
  const { legs, x: points } = await interpolateAlong(model, z, fine, path);
  const names = Array.from({ length: legs }, (_, leg) => String(leg + 1));
  const at = Array.from({ length: fine }, (_, step) => step / (fine - 1));
  const figure = pathsFigure(
    { points, steps, kind: 'leg', names, along: { title: 'share of the way', at } },
    toyData(model),
  );
  return { 'interpolate.png': await figurePng(figure) };
}

const wordNotes = async (): Promise<string[]> => (await import('./drawing.ts')).fontNote();
