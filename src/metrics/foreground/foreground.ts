/** Whether a generator of traffic frames keeps the traffic: where, how often and how much of it, against the data's own. */

import { UsageError } from '../../base/usage-error.ts';
import { count, positive } from '../../schema/fields.ts';
import type { Section } from '../../schema/kind.ts';
import type { EvaluationInputs, Values } from '../evaluation-inputs.ts';
import { defineMetric } from '../metric-kind.ts';
import { jensenShannon } from '../numerics/divergence.ts';
import { notTheScene, type PictureShape } from './blobs.ts';
import { cameraOf, type ForegroundSettings, type Occupancy } from './camera.ts';
import { framesPerCell } from './occupancy.ts';

/** A cell belongs to the traffic when this share of the real frames occupies it. */
const activeShare = 0.005;
/** Blobs a frame that are counted one by one: 0 … 4; the next outcome is 5 and more, the last no frame of the scene. */
const countedBlobs = 5;

/**
 * For frames of a fixed camera, of footage and of a simulation alike. The background is the temporal median of the real
 * frames; what differs from it by more than `threshold`, light and specks apart, is foreground (`blobFinder`). Most frames
 * may be empty: that is the heavy mode in which a generator hides.
 *
 * - `foregroundShare`: share of the samples with at least one blob. It is neither better where it is more nor where it is less:
 *   `foregroundGap`, |`foregroundShare` − that of the real examples|, judges it.
 * - `cellsCovered`: share of the active cells that samples occupy as often as real frames do, to within a factor of four
 *   (a blur over every frame covers none). A cell is active when at least 0.5 % of the real frames occupy it; NaN where none is.
 * - `occupancyJS`: Jensen–Shannon divergence (natural log, not its root) of the shares of foreground pixels over the cells;
 *   NaN where either has no foreground.
 * - `blobsJS`: the same of the number of blobs a frame: 0, 1, 2, 3, 4, 5 and more; a frame that is not of the scene (a value
 *   not finite, or more than half of it foreground) is an outcome of its own, so that noise is as far from the data as can be.
 * - `foregroundReconstructed`: of the real frames with foreground, the share whose G(E(x)) has foreground in a cell where
 *   they have; NaN where no real frame has any.
 * - `foregroundShareReal`: `foregroundShare` of the real examples; `foregroundGapReal`, `cellsCoveredReal`, `occupancyJSReal`,
 *   `blobsJSReal`: those of further real examples, which is what a perfect sampler reaches here.
 *
 * Frames that are not of the scene occupy no cell, and count as samples in every share.
 */
export function foregroundValues(inputs: EvaluationInputs, settings: ForegroundSettings, shape: PictureShape): Values {
  const { real, secondReal, generated, reconstructed } = inputs;
  const camera = cameraOf(real, secondReal, settings, shape);
  const truth = camera(real);
  const ours = generated && against(camera(generated), truth);
  const theirs = secondReal && against(camera(secondReal), truth);
  return {
    ...ours,
    ...(reconstructed && { foregroundReconstructed: kept(truth, camera(reconstructed)) }),
    foregroundShareReal: shareWithBlobs(truth),
    ...(theirs && {
      foregroundGapReal: theirs.foregroundGap,
      cellsCoveredReal: theirs.cellsCovered,
      occupancyJSReal: theirs.occupancyJS,
      blobsJSReal: theirs.blobsJS,
    }),
  };
}

/** One set of frames held against the real one. */
function against(ours: Occupancy, truth: Occupancy) {
  const foregroundShare = shareWithBlobs(ours);
  return {
    foregroundShare,
    foregroundGap: Math.abs(foregroundShare - shareWithBlobs(truth)),
    cellsCovered: cellsCovered(ours, truth),
    occupancyJS: jensenShannon(shares(ours.mass), shares(truth.mass)),
    blobsJS: jensenShannon(shares(blobHistogram(ours)), shares(blobHistogram(truth))),
  };
}

function shareWithBlobs({ blobs }: Occupancy): number {
  return blobs.reduce((frames, found) => frames + (found > 0 ? 1 : 0), 0) / blobs.length;
}

function cellsCovered(ours: Occupancy, truth: Occupancy): number {
  const ourFrames = framesPerCell(ours);
  let active = 0;
  let covered = 0;
  for (const [cell, theirs] of framesPerCell(truth).entries()) {
    if (theirs === 0 || theirs < activeShare * truth.blobs.length) continue;
    active++;
    // products of whole numbers: the bounds themselves count whatever the rounding
    const [mine, wanted] = [(ourFrames[cell] as number) * truth.blobs.length, theirs * ours.blobs.length];
    if (4 * mine >= wanted && mine <= 4 * wanted) covered++;
  }
  return covered / active;
}

function blobHistogram({ blobs }: Occupancy): Float64Array {
  const histogram = new Float64Array(countedBlobs + 2);
  for (const found of blobs)
    (histogram[found === notTheScene ? countedBlobs + 1 : Math.min(found, countedBlobs)] as number)++;
  return histogram;
}

/** What adds up to 1; NaN where all is 0. */
function shares(amounts: Float64Array): Float64Array {
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return amounts.map((amount) => amount / total);
}

/** Share of the real frames with foreground that keep some of it, in place, in their reconstructions. */
function kept(truth: Occupancy, reconstructed: Occupancy): number {
  const cells = truth.mass.length;
  if (reconstructed.blobs.length !== truth.blobs.length)
    throw new Error(
      `internal: foreground expects ${truth.blobs.length} reconstructions, got ${reconstructed.blobs.length}`,
    );
  let having = 0;
  let keeping = 0;
  for (const [frame, found] of truth.blobs.entries()) {
    if (found <= 0) continue;
    having++;
    for (let at = frame * cells; at < (frame + 1) * cells; at++)
      if (truth.occupied[at] === 1 && reconstructed.occupied[at] === 1) {
        keeping++;
        break;
      }
  }
  return keeping / having;
}

/** Height, width, channels: metrics of pictures are for data that are pictures. */
function pictureShape({ dataset: { shape } }: EvaluationInputs): PictureShape {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined) {
    throw new Error(`internal: data of shape [${shape}] are no pictures`);
  }
  return [height, width, channels];
}

/** What differs from the median frame: how often, where, in how many pieces. */
export const foreground = defineMetric({
  kind: 'foreground',
  description: "what differs from the frames' median: how often, where, in how many pieces",
  source: 'this project',
  settings: {
    /** Difference from the background, as a share of the range of a channel, from which a pixel is foreground. */
    threshold: positive.lt(1),
    /** Cells along each side of the occupancy grid. */
    cells: count,
  },
  columns: [
    {
      name: 'foregroundShare',
      title: 'with foreground',
      unit: 'share',
      digits: 1,
      place: 110,
      terminal: false,
      real: true,
    },
    {
      name: 'foregroundGap',
      title: 'foreground gap',
      unit: 'share',
      digits: 1,
      better: 'less',
      place: 112,
      terminal: { head: ['foregr.', 'gap %'], rank: 1.5 },
      real: true,
    },
    {
      name: 'cellsCovered',
      title: 'cells covered',
      unit: 'share',
      digits: 1,
      better: 'more',
      role: 'coverage',
      place: 120,
      terminal: { head: ['cells', 'covered %'], rank: 1 },
      real: true,
    },
    {
      name: 'occupancyJS',
      title: 'occupancy JS',
      unit: 'number',
      digits: 3,
      better: 'less',
      role: 'balance',
      place: 130,
      terminal: { head: ['occupancy', 'JS'], rank: 2.5 },
      real: true,
    },
    {
      name: 'blobsJS',
      title: 'blobs JS',
      unit: 'number',
      digits: 3,
      better: 'less',
      place: 140,
      terminal: false,
      real: true,
    },
    {
      name: 'foregroundReconstructed',
      title: 'foreground kept',
      unit: 'share',
      digits: 1,
      better: 'more',
      place: 150,
      terminal: false,
    },
  ],
  needs: ['pictures'],
  check({ cells }, data, where) {
    if (typeof data.size === 'number' && cells > data.size)
      throw new UsageError(`${where}.cells: expected at most ${data.size} (the picture's side), got ${cells}`);
  },
  conditions: ({ threshold, cells }) =>
    `foreground from ${Number((100 * threshold).toFixed(1))} % of a channel’s range, ${cells} × ${cells} cells`,
  compute: (inputs, settings) => foregroundValues(inputs, settings, pictureShape(inputs)),
});

/** The settings of the metric in a spec's list, for the figure of occupied cells; `undefined` where it is not there. */
export function foregroundSettings(metrics: readonly Section[]): ForegroundSettings | undefined {
  const found = metrics.find(({ kind }) => kind === foreground.kind);
  return found && (foreground.settings.parse(found) as ForegroundSettings & Section);
}
