/**
 * Opens a generator of pictures of another program, an ONNX file: its pictures as they are made become pictures as the data
 * are, channels last and in [−1, 1].
 */
import type { Points } from '../../base/points.ts';
import { UsageError } from '../../base/usage-error.ts';
import { type Latent, openModel } from '../generator-file.ts';
import { isPictures, type TrainedModel } from '../trained-model.ts';

const isChannels = (side: number | undefined): boolean => side === 1 || side === 3;

/** Rounding that a tanh or a sigmoid may leave. */
const slack = 1e-3;

/** @throws UsageError of one line for what is no generator, or makes no pictures of 1 channel or 3. */
export async function openPictureGenerator(path: string, latent: Latent | undefined): Promise<TrainedModel> {
  const model = await openModel(path, latent);
  const [a = 0, b = 0, c = 0] = model.shape;
  const isLast = isChannels(c);
  if (!isPictures(model) || !(isLast || isChannels(a))) {
    await model.close();
    throw new UsageError(
      `${path}: expected pictures (batch, height, width, channels) or (batch, channels, height, width), 1 channel or 3, it makes (batch, ${model.shape.join(', ')})`,
    );
  }
  let range: Range | undefined;
  return {
    ...model,
    shape: isLast ? model.shape : [b, c, a],
    async generate(z) {
      const made = await model.generate(z);
      range ??= rangeOf(made, path);
      const values = isLast ? made.values : channelsLast(made, a);
      return { ...made, values: range === 'share' ? values.map((value) => 2 * value - 1) : values };
    },
  };
}

/** `[0, 1]`, as a sigmoid gives, or `[−1, 1]`, as a tanh does. */
type Range = 'share' | 'symmetric';

/** By the first pictures: a tanh that never falls below 0 would make none that is darker than grey. */
function rangeOf({ values }: Points, path: string): Range {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low >= -1 - slack && high <= 1 + slack))
    throw new UsageError(
      `${path}: expected pictures in [−1, 1] or [0, 1], it makes numbers from ${low.toPrecision(3)} to ${high.toPrecision(3)}; let the exported network end in tanh`,
    );
  return low >= 0 ? 'share' : 'symmetric';
}

function channelsLast({ values, count, dim }: Points, channels: number): Float32Array {
  const pixels = dim / channels;
  const turned = new Float32Array(values.length);
  for (let picture = 0; picture < count; picture++)
    for (let channel = 0; channel < channels; channel++)
      for (let pixel = 0; pixel < pixels; pixel++)
        turned[picture * dim + pixel * channels + channel] = values[picture * dim + channel * pixels + pixel] as number;
  return turned;
}
