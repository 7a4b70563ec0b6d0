/** What a fixed camera sees in a set of frames: how many things, and where. For real frames that is found once a trial. */

import type { Points } from '../../base/points.ts';
import { UsageError } from '../../base/usage-error.ts';
import { temporalMedian } from './background.ts';
import { blobFinder, type PictureShape } from './blobs.ts';

export interface ForegroundSettings {
  /** Difference from the background, as a share of the range of a channel, from which a pixel is foreground. */
  readonly threshold: number;
  /** Cells along each side of the occupancy grid. */
  readonly cells: number;
}

/** The foreground of a set of frames. */
export interface Occupancy {
  /** Blobs in each frame; −1 for a frame that is not of the scene. `[frames]` */
  readonly blobs: Int16Array;
  /** 1 where a frame has foreground in a cell. `[frames, cells · cells]`, cells row by row */
  readonly occupied: Uint8Array;
  /** Foreground pixels of all frames in a cell. `[cells · cells]` */
  readonly mass: Float64Array;
}

/** A function that says where frames of the camera that took `real` have foreground. */
export type Camera = (frames: Points) => Occupancy;

/** What is known of a real sample. It is the same object at every evaluation of a trial, and so is the second one. */
interface Remembered {
  readonly key: string;
  readonly camera: Camera;
}
const remembered = new WeakMap<Points, Remembered>();

/**
 * The camera of the real examples: their temporal median is the background. The occupancy of `real` and `secondReal` is kept.
 *
 * `pictures` is the frames' shape `[height, width, channels]`.
 *
 * @throws UsageError where there are more cells than pixels, or a threshold that noise alone would pass.
 */
export function cameraOf(
  real: Points,
  secondReal: Points | undefined,
  { threshold, cells }: ForegroundSettings,
  pictures: readonly number[],
): Camera {
  const shape = pictureShape(pictures);
  const key = JSON.stringify([threshold, cells, shape]);
  const known = remembered.get(real);
  if (known?.key === key) return known.camera;
  check(threshold, cells, shape);
  const look = observer(temporalMedian(real), { threshold, cells }, shape);
  const seen = new WeakMap<Points, Occupancy>();
  const camera: Camera = (frames) => {
    const before = seen.get(frames);
    if (before !== undefined) return before;
    const occupancy = look(frames);
    if (frames === real || frames === secondReal) seen.set(frames, occupancy);
    return occupancy;
  };
  remembered.set(real, { key, camera });
  return camera;
}

function pictureShape(shape: readonly number[]): PictureShape {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined)
    throw new Error(`internal: foreground expects frames of height × width × channels, got [${shape}]`);
  return [height, width, channels];
}

function check(threshold: number, cells: number, [height, width]: PictureShape): void {
  const side = Math.min(height, width);
  if (cells > side)
    throw new UsageError(`measures.foreground.cells: expected at most ${side} (the picture's side), got ${cells}`);
  if (!(threshold > 0))
    throw new UsageError(
      `measures.foreground.threshold: expected more than 0 (0.06 suits most cameras), got ${threshold}`,
    );
}

function observer(background: Float32Array, { threshold, cells }: ForegroundSettings, shape: PictureShape): Camera {
  const [height, width, channels] = shape;
  const dim = height * width * channels;
  const find = blobFinder(background, shape, threshold);
  const mask = new Uint8Array(height * width);
  const cellOf = Int32Array.from(mask, (_, pixel) => {
    const row = Math.floor((Math.floor(pixel / width) * cells) / height);
    return row * cells + Math.floor(((pixel % width) * cells) / width);
  });
  return (frames) => {
    if (frames.dim !== dim || background.length !== dim)
      throw new Error(`internal: foreground expects frames of ${shape.join(' × ')}, got ${frames.dim} numbers`);
    const blobs = new Int16Array(frames.count);
    const occupied = new Uint8Array(frames.count * cells * cells);
    const mass = new Float64Array(cells * cells);
    for (let frame = 0; frame < frames.count; frame++) {
      const found = find(frames.values, frame * dim, mask);
      blobs[frame] = found;
      if (found <= 0) continue;
      for (let pixel = 0; pixel < mask.length; pixel++) {
        if (mask[pixel] === 0) continue;
        const cell = cellOf[pixel] as number;
        occupied[frame * cells * cells + cell] = 1;
        (mass[cell] as number)++;
      }
    }
    return { blobs, occupied, mass };
  };
}
