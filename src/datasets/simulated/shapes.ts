/**
 * Simulated faces: cartoon portraits with attributes, some of them rare, of known frequencies. A face is a pure function
 * of (seed, index).
 */
import { stream } from '../../base/random.ts';
import { attributes, shapesLabels, shapesShares, traits } from './faces/attributes.ts';
import { drawFace } from './faces/face.ts';
import { sitter } from './faces/sitter.ts';
import { checkPictureSize } from './picture-size.ts';
import { makeCanvas } from './raster.ts';

export { shapesLabels, shapesShares };

/**
 * Faces of `size` × `size` pixels, 16 to 256.
 * `pixels` (bytes, row-major `[size, size, 3]`) and `labels` (a byte an attribute) are overwritten by the next face.
 *
 * @throws UsageError where `size` is out of its range.
 */
export function* shapesFaces(o: {
  readonly size: number;
  readonly count: number;
  readonly seed: number;
}): Generator<{ pixels: Uint8Array; labels: Uint8Array }> {
  checkPictureSize(o.size);
  const canvas = makeCanvas(o.size);
  const pixels = new Uint8Array(o.size * o.size * 3);
  const labels = new Uint8Array(attributes.length);
  for (let face = 0; face < o.count; face++) {
    const random = stream(o.seed, 'preparation', face);
    const who = sitter(traits(random), random);
    drawFace(canvas, who);
    for (let p = 0; p < pixels.length; p++)
      pixels[p] = Math.min(255, Math.max(0, 255 * (canvas.colours[p] as number) + 0.5));
    attributes.forEach((name, a) => {
      labels[a] = who.has[name] ? 1 : 0;
    });
    yield { pixels, labels };
  }
}
