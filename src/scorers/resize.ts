/**
 * Converts pictures to a scorer's size, channels, range and layout. Downscaling averages areas, upscaling is bilinear
 * (half-pixel centres, edges repeated). Scores depend on this, so every score document states it.
 */

export interface Wanted {
  /** `[height, width, channels]`, or `[numbers]` for vectors, which go in as they are. */
  readonly shape: readonly number[];
  readonly layout: 'nhwc' | 'nchw';
  /** A pixel p in [0, 1] goes in as (p − mean) / std. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** @param values whole pictures of `shape`, NHWC in [−1, 1]. */
export function fitTo(values: Float32Array, shape: readonly number[], wanted: Wanted): Float32Array {
  if (wanted.shape.length !== 3) return values;
  const [height = 1, width = 1, channels = 1] = shape;
  const [toHeight = 1, toWidth = 1, toChannels = 1] = wanted.shape;
  if (height === toHeight && width === toWidth && channels === toChannels) return asRange(values, wanted);
  const count = values.length / (height * width * channels);
  const rows = weightsFor(height, toHeight);
  const columns = weightsFor(width, toWidth);
  const pixels = toHeight * toWidth;
  const fitted = new Float32Array(count * pixels * toChannels);
  const pixel = new Float64Array(channels);
  for (let picture = 0; picture < count; picture++) {
    const start = picture * height * width * channels;
    for (let row = 0; row < toHeight; row++) {
      for (let column = 0; column < toWidth; column++) {
        pixel.fill(0);
        for (const [y, dy] of rows[row] as Taps) {
          for (const [x, dx] of columns[column] as Taps) {
            const at = start + (y * width + x) * channels;
            for (let c = 0; c < channels; c++) pixel[c] = (pixel[c] as number) + dy * dx * (values[at + c] as number);
          }
        }
        const place = row * toWidth + column;
        for (let c = 0; c < toChannels; c++) {
          const value = inRange(channelOf(pixel, c, toChannels), cyclic(wanted.mean, c), cyclic(wanted.std, c));
          const at = wanted.layout === 'nchw' ? c * pixels + place : place * toChannels + c;
          fitted[picture * pixels * toChannels + at] = value;
        }
      }
    }
  }
  return fitted;
}

/** Pictures of the wanted size: what most are, and many of them. */
function asRange(values: Float32Array, { shape, layout, mean, std }: Wanted): Float32Array {
  const [height = 1, width = 1, channels = 1] = shape;
  const pixels = height * width;
  const [ofChannel, step] = layout === 'nchw' ? [pixels, 1] : [1, channels];
  const ranged = new Float32Array(values.length);
  for (let c = 0; c < channels; c++) {
    const [middle, spread] = [cyclic(mean, c), cyclic(std, c)];
    for (let start = 0; start < values.length; start += pixels * channels) {
      for (let place = 0, to = start + c * ofChannel; place < pixels; place++, to += step) {
        ranged[to] = inRange(values[start + place * channels + c] as number, middle, spread);
      }
    }
  }
  return ranged;
}

/** From [−1, 1] over [0, 1]. */
const inRange = (value: number, mean: number, std: number): number => ((1 + value) / 2 - mean) / std;

/** Whether pictures of so many channels can be brought to so many others; see `channelOf`. */
export const canBecome = (channels: number, wanted: number): boolean =>
  channels === wanted || channels === 1 || (channels === 3 && wanted === 1);

/** What `fitTo` does to pictures of `shape`, in words: `bilinear 32 → 299, grey to 3 channels`, or `none`. */
export function resizeText(shape: readonly number[], wanted: Pick<Wanted, 'shape'>): string {
  if (wanted.shape.length !== 3) return 'none';
  const [height = 1, width = 1, channels = 1] = shape;
  const [toHeight = 1, toWidth = 1, toChannels = 1] = wanted.shape;
  const isSmaller = toHeight < height || toWidth < width;
  const isLarger = toHeight > height || toWidth > width;
  const how = [isSmaller ? 'area average' : '', isLarger ? 'bilinear' : ''].filter(Boolean).join(' and ');
  const side = (high: number, wide: number) => (high === wide ? `${high}` : `${high} × ${wide}`);
  const steps = [
    ...(how === '' ? [] : [`${how} ${side(height, width)} → ${side(toHeight, toWidth)}`]),
    ...(channels === toChannels ? [] : [channels === 1 ? `grey to ${toChannels} channels` : 'colour to grey (BT.601)']),
  ];
  return steps.join(', ') || 'none';
}

/** A picture's own channel; grey for all where it has one; luminance (ITU-R BT.601) where one is wanted of three. */
function channelOf(pixel: Float64Array, channel: number, wanted: number): number {
  if (pixel.length === wanted) return pixel[channel] as number;
  if (pixel.length === 1) return pixel[0] as number;
  const [red = 0, green = 0, blue = 0] = pixel;
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

const cyclic = (list: readonly number[], index: number): number => list[index % list.length] as number;

/** Places of the old side with their shares. */
type Taps = readonly (readonly [place: number, share: number])[];

/** For every place on a side of `to`, what it is made of on a side of `from`. */
function weightsFor(from: number, to: number): Taps[] {
  return Array.from({ length: to }, (_, index) => (to < from ? averaged(index, from, to) : between(index, from, to)));
}

function averaged(index: number, from: number, to: number): Taps {
  const [low, high] = [(index * from) / to, ((index + 1) * from) / to];
  const taps: [number, number][] = [];
  for (let place = Math.floor(low); place < Math.min(from, Math.ceil(high)); place++) {
    const share = Math.min(high, place + 1) - Math.max(low, place);
    if (share > 1e-9) taps.push([place, share / (high - low)]);
  }
  return taps;
}

function between(index: number, from: number, to: number): Taps {
  const place = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
  const low = Math.floor(place);
  const share = place - low;
  return share === 0
    ? [[low, 1]]
    : [
        [low, 1 - share],
        [low + 1, share],
      ];
}
