/**
 * Simulated intersection: stills of a surveillance camera, 2 s apart, most of them without a vehicle, labelled by the
 * lanes that are occupied. A frame is a pure function of (seed, index).
 */
import { stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { checkPictureSize } from './picture-size.ts';
import { makeCanvas } from './raster.ts';
import { background } from './traffic/background.ts';
import { arrivals, modes, trafficLabels, trafficShares } from './traffic/lanes.ts';
import { develop, drift, grain, soften, vignette } from './traffic/light.ts';
import { place } from './traffic/placing.ts';
import { drawShadow, drawSolids } from './traffic/solid.ts';

export { trafficLabels, trafficShares };

/**
 * Frames of `size` × `size` pixels, 16 to 256. `empty` is the chance that a frame has no vehicle.
 * `pixels` (bytes, row-major `[size, size, 3]`) and `labels` (a byte a mode) are overwritten by the next frame.
 *
 * @throws UsageError where `size` or `empty` is out of its range.
 */
export function* trafficFrames(o: {
  readonly size: number;
  readonly frames: number;
  readonly seed: number;
  readonly empty: number;
}): Generator<{ pixels: Uint8Array; labels: Uint8Array }> {
  const { size, seed } = o;
  checkPictureSize(size);
  if (!(o.empty >= 0 && o.empty <= 1)) throw new UsageError(`empty: expected a share from 0 to 1, got ${o.empty}`);
  const fixed = stream(seed, 'preparation', -1); // what all frames share; frames count from 0
  const light = drift(fixed);
  const table = grain(fixed);
  const street = background(size, fixed);
  const rim = vignette(size);
  const softness = Math.min(0.5, 0.3 * (size / 64));
  const canvas = makeCanvas(size);
  const line = new Float32Array(size);
  const pixels = new Uint8Array(size * size * 3);
  const labels = new Uint8Array(modes.length);
  for (let frame = 0; frame < o.frames; frame++) {
    const random = stream(seed, 'preparation', frame);
    const standing = random.uniform() < o.empty ? [] : place(arrivals(random), random);
    canvas.colours.set(street.colours);
    for (const { solids, stand } of standing) drawShadow(canvas, solids, stand);
    for (const { solids, stand } of standing) drawSolids(canvas, solids, stand);
    soften(canvas, softness, line);
    develop(canvas, light(frame), rim, table, random, pixels);
    modes.forEach((mode, m) => {
      labels[m] = standing.some(({ lane, kind }) => lane === mode.lane && kind === mode.kind) ? 1 : 0;
    });
    yield { pixels, labels };
  }
}
