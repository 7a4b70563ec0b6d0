/**
 * Makes pictures that are not of the data, from pictures that are: what a classifier of attributes learns to tell from the
 * data, so that it finds no attribute in noise, ghosts and scraps. Each is of one kind, by chance.
 */
import { type Random, shuffle } from '../base/random.ts';
import type { Labelled } from '../datasets/dataset.ts';

/** A picture `[size, size, channels]` in [−1, 1], which the corruption overwrites. */
interface Picture {
  readonly pixels: Float32Array;
  readonly size: number;
  readonly channels: number;
}

/** The strongest noise that leaves a picture what it is. */
const faint = 0.03;

type Corruption = (picture: Picture, random: Random) => void;

/**
 * Noise in squares of 1, 2 or 4 pixels, or at most so many, uniform on (−amplitude, amplitude), as often as not with soft edges:
 * from a corner of a square to the next it then goes over linearly. One in four is grey.
 */
function addNoise({ pixels, size, channels }: Picture, amplitude: number, random: Random, most: 2 | 4 = 4): void {
  const square = 2 ** random.below(most === 4 ? 3 : 2);
  const soft = random.below(2) === 0;
  const grey = random.below(4) === 0;
  const across = Math.ceil(size / square) + 1;
  const noise = Float32Array.from({ length: across * across * channels }, () => amplitude * (2 * random.uniform() - 1));
  const corner = (row: number, column: number, c: number) =>
    noise[(row * across + column) * channels + (grey ? 0 : c)] as number;
  pixels.forEach((value, at) => {
    const [y, x, c] = placeOf(at, size, channels);
    const [row, column] = [Math.floor(y / square), Math.floor(x / square)];
    const [down, right] = soft ? [(y % square) / square, (x % square) / square] : [0, 0];
    const above = (1 - right) * corner(row, column, c) + right * corner(row, column + 1, c);
    const below = (1 - right) * corner(row + 1, column, c) + right * corner(row + 1, column + 1, c);
    pixels[at] = clamp(value + (1 - down) * above + down * below);
  });
}

/** Noise alone, about one grey. */
const noiseAlone: Corruption = (picture, random) => {
  picture.pixels.fill(1.4 * random.uniform() - 0.7);
  addNoise(picture, 0.1 + 0.9 * random.uniform(), random);
};

const withNoise: Corruption = (picture, random) => addNoise(picture, 0.12 + 0.88 * random.uniform(), random);

/** In one place coarse noise would be a thing: it has to be grain. */
const withGrain: Corruption = (picture, random) => addNoise(picture, 0.2 + 0.8 * random.uniform(), random, 2);

/** A corruption of one place alone: an ellipse of a tenth to a half of the side; the rest stays what it was. */
const local =
  (corrupt: Corruption): Corruption =>
  ({ pixels, size, channels }, random) => {
    const other = pixels.slice();
    corrupt({ pixels: other, size, channels }, random);
    const radius = () => size * (0.1 + 0.15 * random.uniform());
    const [middleX, middleY] = [size * random.uniform(), size * random.uniform()];
    const [radiusX, radiusY] = [radius(), radius()];
    pixels.forEach((_, at) => {
      const [y, x] = placeOf(at, size, channels);
      if (((x + 0.5 - middleX) / radiusX) ** 2 + ((y + 0.5 - middleY) / radiusY) ** 2 <= 1)
        pixels[at] = other[at] as number;
    });
  };

/** Four tiles a side, in another order. */
const jumbled: Corruption = ({ pixels, size, channels }, random) => {
  const tile = Math.ceil(size / 4);
  const order = Array.from({ length: 16 }, (_, at) => at);
  shuffle(order, random);
  const from = pixels.slice();
  pixels.forEach((_, at) => {
    const [y, x, c] = placeOf(at, size, channels);
    const source = order[4 * Math.floor(y / tile) + Math.floor(x / tile)] as number;
    const [row, column] = [tile * Math.floor(source / 4) + (y % tile), tile * (source % 4) + (x % tile)];
    pixels[at] = from[(Math.min(row, size - 1) * size + Math.min(column, size - 1)) * channels + c] as number;
  });
};

/** Each pixel the mean of its square, of a quarter or an eighth of the side. */
const coarse: Corruption = ({ pixels, size, channels }, random) => {
  const square = Math.max(2, Math.round(size / (4 * (1 + random.below(2)))));
  const across = Math.ceil(size / square);
  const sums = new Float32Array(across * across * channels);
  const counts = new Float32Array(sums.length);
  const cellOf = (at: number) => {
    const [y, x, c] = placeOf(at, size, channels);
    return (Math.floor(y / square) * across + Math.floor(x / square)) * channels + c;
  };
  pixels.forEach((value, at) => {
    const cell = cellOf(at);
    sums[cell] = (sums[cell] as number) + value;
    counts[cell] = (counts[cell] as number) + 1;
  });
  for (let at = 0; at < pixels.length; at++) {
    const cell = cellOf(at);
    pixels[at] = (sums[cell] as number) / (counts[cell] as number);
  }
};

/** Channels turned to their negative, or their contrast stretched or flattened. */
const otherTones: Corruption = ({ pixels, channels }, random) => {
  // what is dark in grey pictures may be bright in others of the data
  const choices = channels > 1 ? [0.3, 2.5, -1] : [0.3, 2.5];
  const factors = Array.from({ length: channels }, () => choices[random.below(choices.length)] as number);
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = clamp((pixels[at] as number) * (factors[at % channels] as number));
};

const alone: readonly Corruption[] = [
  noiseAlone,
  withNoise,
  local(withGrain),
  local(withGrain),
  jumbled,
  coarse,
  otherTones,
];

/**
 * `count` corrupted pictures of `shape` `[size, size, channels]`, row-major, from the labelled pictures of `part`. Of nine, one
 * is a blend of two pictures that differ in their attributes, so that half-transparent things are none, and one a picture whose
 * differences from such another are painted over with noise, so that an outline does not make a thing.
 */
export function corrupted(
  labelled: Labelled,
  shape: readonly number[],
  random: Random,
  count: number,
  part: 'train' | 'held-out',
): Float32Array {
  const [size = 1, , channels = 1] = shape;
  const dim = size * size * channels;
  const drawn = labelled.draw(random, 2 * count, part);
  const width = drawn.labels.length / (2 * count);
  const pixels = drawn.examples.slice(0, count * dim);
  for (let i = 0; i < count; i++) {
    const own = pixels.subarray(i * dim, (i + 1) * dim);
    const kind = random.below(alone.length + ofTwo.length);
    const differs = drawn.labels
      .subarray(i * width, (i + 1) * width)
      .some((label, a) => label !== drawn.labels[(count + i) * width + a]);
    const other = drawn.examples.subarray((count + i) * dim, (count + i + 1) * dim);
    const corrupt = alone[kind] ?? (differs ? ofTwo[kind - alone.length]?.(other) : undefined) ?? noiseAlone;
    corrupt({ pixels: own, size, channels }, random);
  }
  return pixels;
}

/** A share of 30 to 70 % of another picture. */
const blendWith =
  (other: Float32Array): Corruption =>
  ({ pixels }, random) => {
    const share = 0.3 + 0.4 * random.uniform();
    for (let at = 0; at < pixels.length; at++)
      pixels[at] = (1 - share) * (pixels[at] as number) + share * (other[at] as number);
  };

/** Where a pixel lies further than this from another picture's, the two differ. */
const apart = 0.15;

/** What differs from another picture, painted over with noise. */
const paintedOver =
  (other: Float32Array): Corruption =>
  ({ pixels, size, channels }, random) => {
    const noisy = pixels.slice();
    addNoise({ pixels: noisy, size, channels }, 0.3 + 0.7 * random.uniform(), random, 2);
    for (let first = 0; first < pixels.length; first += channels) {
      const differs = (c: number) => Math.abs((pixels[first + c] as number) - (other[first + c] as number)) > apart;
      if (!Array.from({ length: channels }, (_, c) => c).some(differs)) continue;
      pixels.set(noisy.subarray(first, first + channels), first);
    }
  };

const ofTwo = [blendWith, paintedOver] as const;

/** Adds faint noise, of another strength to each of the pictures `[count, dim]`, so that their own grain is not learnt by heart. */
export function dithered(pictures: Float32Array, dim: number, random: Random): Float32Array {
  let strength = 0;
  return pictures.map((value, at) => {
    if (at % dim === 0) strength = faint * random.uniform();
    return clamp(value + strength * (2 * random.uniform() - 1));
  });
}

const placeOf = (at: number, size: number, channels: number): readonly [y: number, x: number, channel: number] => [
  Math.floor(at / channels / size),
  Math.floor(at / channels) % size,
  at % channels,
];

const clamp = (value: number): number => Math.min(1, Math.max(-1, value));
