/** The foreground of one frame of a fixed camera: what differs from the background once the light is accounted for. */
import { componentLabeller } from './connected-components.ts';
import { lightMeter } from './light.ts';

/** Height, width and channels of a picture. */
export type PictureShape = readonly [height: number, width: number, channels: number];

/** Components smaller than this share of the frame are specks: noise and ringing, not things. */
const speckShare = 0.004;

/** A frame that differs in more of its pixels shows another scene; the fit of the light is right up to there. */
const sceneShare = 0.5;

/** What `blobFinder` says of a frame that is not of the scene. */
export const notTheScene = -1;

/**
 * A function that finds the blobs of one frame, which lies in `values` from `start` (row-major, channels interleaved), writes
 * 1 into `mask` `[height · width]` for their pixels and 0 elsewhere, and returns how many there are.
 *
 * A pixel is foreground where one of its channels is further than `threshold` (a share of the range of 2) from the background
 * as this frame's light shows it, clipped at black and white as a camera clips; in dim light, where contrasts are smaller, so
 * is the bound. Touching pixels (8 neighbours) are a blob, from 0.4 % of the frame on. A frame with a value that is not
 * finite, or with more than half of its pixels foreground, is not of the scene: −1, and no pixel of it counts.
 */
export function blobFinder(
  background: Float32Array,
  [height, width, channels]: PictureShape,
  threshold: number,
): (values: Float32Array, start: number, mask: Uint8Array) => number {
  const limit = 2 * threshold;
  const lightOf = lightMeter(background, channels, limit);
  const label = componentLabeller(height, width);
  const pixels = height * width;
  const smallest = speckShare * pixels;

  return (values, start, mask) => {
    const { gain, offset } = lightOf(values, start);
    mask.fill(0);
    let finite = true;
    for (let channel = 0; channel < channels; channel++) {
      const bright = gain[channel] as number;
      const lifted = offset[channel] as number;
      const bound = limit * bright;
      for (let pixel = 0, i = channel; pixel < pixels; pixel++, i += channels) {
        const value = values[start + i] as number;
        if (!Number.isFinite(value)) finite = false;
        const lit = bright * (background[i] as number) + lifted;
        const difference = value - Math.min(1, Math.max(-1, lit));
        if (difference > bound || difference < -bound) mask[pixel] = 1;
      }
    }
    let foreground = 0;
    for (let pixel = 0; pixel < pixels; pixel++) foreground += mask[pixel] as number;
    if (!finite || foreground > sceneShare * pixels) {
      mask.fill(0);
      return notTheScene;
    }
    if (foreground < smallest) {
      mask.fill(0);
      return 0;
    }
    const { count, labels, areas } = label(mask);
    let blobs = 0;
    for (let number = 1; number <= count; number++) if ((areas[number] as number) >= smallest) blobs++;
    for (let pixel = 0; pixel < pixels; pixel++)
      if ((areas[labels[pixel] as number] as number) < smallest) mask[pixel] = 0;
    return blobs;
  };
}
