/** Simulates the camera's exposure drift, lens blur, vignetting and grain. */
import type { Random } from '../../../base/random.ts';
import type { Canvas, Colour } from '../raster.ts';

/** Gains of red, green and blue at a frame: the light swings by up to 16 % and turns a little warmer and cooler. */
export type Drift = (frame: number) => Colour;

/** Frames (2 s apart) that the waves of the light take. */
const periods = [1_500, 610, 233] as const;
const heights = [0.09, 0.05, 0.02] as const;

/** A drift by three sine waves whose phases are drawn. */
export function drift(random: Random): Drift {
  const phases = periods.map(() => 2 * Math.PI * random.uniform());
  const hue = 2 * Math.PI * random.uniform();
  return (frame) => {
    const wave = (w: number) =>
      (heights[w] as number) * Math.sin((2 * Math.PI * frame) / (periods[w] as number) + (phases[w] as number));
    const level = 1 + wave(0) + wave(1) + wave(2);
    const warmth = 0.03 * Math.sin((2 * Math.PI * frame) / 1_130 + hue);
    return [level * (1 + warmth), level, level * (1 - warmth)];
  };
}

/** How much light each pixel gets, 1 in the middle. */
export function vignette(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, p) => {
    const x = ((p % size) + 0.5) / size - 0.5;
    const y = (Math.floor(p / size) + 0.5) / size - 0.5;
    return 1 - 0.5 * Math.exp(1.1 * Math.log(x * x + y * y)); // `**` rounds differently from Node to Node
  });
}

/** Blurs by a binomial filter over three pixels, each way: `share` 0 leaves the picture as it is, 0.5 is (¼, ½, ¼). `line` holds `size` numbers. */
export function soften({ size, colours }: Canvas, share: number, line: Float32Array): void {
  blurLines(colours, size, 3, size * 3, share, line);
  blurLines(colours, size, size * 3, 3, share, line);
}

function blurLines(
  colours: Float32Array,
  size: number,
  step: number,
  stride: number,
  share: number,
  line: Float32Array,
): void {
  const side = share / 2;
  for (let l = 0; l < size; l++)
    for (let c = 0; c < 3; c++) {
      const start = l * stride + c;
      for (let p = 0; p < size; p++) line[p] = colours[start + p * step] as number;
      for (let p = 0; p < size; p++) {
        const before = line[Math.max(0, p - 1)] as number;
        const after = line[Math.min(size - 1, p + 1)] as number;
        colours[start + p * step] = (1 - share) * (line[p] as number) + side * (before + after);
      }
    }
}

const grains = 1 << 16;

/** Standard normal numbers to take grain from: drawing them anew for every pixel would take longer than the rest. */
export const grain = (random: Random): Float32Array => Float32Array.from({ length: grains }, () => random.normal());

/** Standard deviation of the grain that all channels share, and of each channel's own, in 8-bit steps. */
const shared = 2;
const own = 1.2;

/** Light, rim and grain; the result in bytes. */
export function develop(
  { size, colours }: Canvas,
  gains: Colour,
  rim: Float32Array,
  table: Float32Array,
  random: Random,
  pixels: Uint8Array,
): void {
  for (let y = 0; y < size; y++) {
    let at = random.below(grains);
    for (let x = 0; x < size; x++) {
      const p = y * size + x;
      const light = 255 * (rim[p] as number);
      const noise = shared * (table[at++ & (grains - 1)] as number) + 0.5;
      for (let c = 0; c < 3; c++) {
        const value = light * (gains[c] as number) * (colours[3 * p + c] as number);
        pixels[3 * p + c] = Math.min(255, Math.max(0, value + noise + own * (table[at++ & (grains - 1)] as number)));
      }
    }
  }
}
