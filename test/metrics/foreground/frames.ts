/** Frames for the foreground's tests: bytes by a formula, or a still street with rectangles in front of it. */
import type { Points } from '../../../src/base/points.ts';
import type { EvaluationInputs } from '../../../src/metrics/evaluation-inputs.ts';
import { inputs, truth } from '../inputs.ts';

export type Shape = readonly [height: number, width: number, channels: number];

/** `count` frames whose bytes a formula gives, in data units: byte / 127.5 − 1. */
export function framesOf(
  count: number,
  [height, width, channels]: Shape,
  byte: (frame: number, y: number, x: number, channel: number) => number,
): Points {
  const dim = height * width * channels;
  const values = new Float32Array(count * dim);
  let at = 0;
  for (let frame = 0; frame < count; frame++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let channel = 0; channel < channels; channel++) values[at++] = byte(frame, y, x, channel) / 127.5 - 1;
  return { values, count, dim };
}

/** Rows and columns that something covers: from `top`, `left`, `height` × `width`, as bright as `byte`. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
  readonly byte: number;
}

/** A street of 12 × 12 with one channel: bytes from 40 to 106, a frame for each list of rectangles in front of it. */
export const streetShape: Shape = [12, 12, 1];
export const streetByte = (y: number, x: number): number => 40 + 5 * y + x;

export function street(...scenes: readonly (readonly Rectangle[])[]): Points {
  return framesOf(scenes.length, streetShape, (frame, y, x) => {
    const covering = scenes[frame]?.find(
      ({ top, left, height, width }) => y >= top && y < top + height && x >= left && x < left + width,
    );
    return covering?.byte ?? streetByte(y, x);
  });
}

/** A vehicle of 3 × 4 pixels, far brighter than the street. */
export const car = (top: number, left: number): Rectangle => ({ top, left, height: 3, width: 4, byte: 230 });

/** The same frames in another light: every byte times `gain`, plus `offset`, clipped as a camera clips. */
export function relit(
  frames: Points,
  light: (frame: number, index: number) => { gain: number; offset: number },
): Points {
  const values = frames.values.map((value, at) => {
    const { gain, offset } = light(Math.floor(at / frames.dim), at % frames.dim);
    const byte = (value + 1) * 127.5 * gain + offset;
    return Math.min(255, Math.max(0, byte)) / 127.5 - 1;
  });
  return { ...frames, values };
}

/** EvaluationInputs of frames, those of the street unless another shape is given. */
export const footage = (parts: Partial<EvaluationInputs>, shape: readonly number[] = streetShape): EvaluationInputs =>
  inputs({ dataset: { ...truth({}), shape }, ...parts });
