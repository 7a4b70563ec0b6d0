/** Renders the intersection without vehicles in full light: the ground by ray casting, then static objects. */
import type { Random } from '../../../base/random.ts';
import { type Canvas, makeCanvas } from '../raster.ts';
import { groundAt } from './camera.ts';
import { groundColour } from './ground.ts';
import { drawStreet } from './street.ts';
import { texture } from './texture.ts';

/** Rays across the picture at least; every pixel is the mean of its rays. */
const rays = 384;
/** What is farther than the ground reaches fades into this. */
const haze = [0.62, 0.66, 0.7] as const;

export function background(size: number, random: Random): Canvas {
  const canvas = makeCanvas(size);
  const rough = texture(random);
  const side = Math.ceil(rays / size);
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++)
      for (let ray = 0; ray < side * side; ray++) {
        const u = (x + ((ray % side) + 0.5) / side) / size;
        const v = (y + (Math.floor(ray / side) + 0.5) / side) / size;
        const hit = groundAt(u, v);
        const colour = hit === undefined ? haze : groundColour(hit.x, hit.y, rough);
        const fade = hit === undefined ? 0 : Math.min(1, hit.distance / 300);
        for (let c = 0; c < 3; c++) {
          const at = (y * size + x) * 3 + c;
          const seen = (colour[c] as number) + fade * ((haze[c] as number) - (colour[c] as number));
          canvas.colours[at] = (canvas.colours[at] as number) + seen / (side * side);
        }
      }
  drawStreet(canvas, random);
  return canvas;
}
