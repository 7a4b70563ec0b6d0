/**
 * The gradient by an x of few channels, which would leave most of a vector empty: one product of dy and the whole filter, what
 * each window adds to each of its places; then every pixel sums up what its windows have for it.
 */
import { type Shape, sizeOf } from '../../graph/graph.ts';
import type { Padded } from './padded.ts';
import type { Tensor, TensorMaker } from './tensors.ts';
import { forward, padsOfGradient, phasesAlong, type Sizes } from './windows.ts';

/** Channels that a vector is not filled by, and the least columns of a product that fills one. */
const fewChannels = 8;
const manyColumns = 16;

/** Whether it is worth it; every pixel must be in a window. */
export const isThin = ({ filter, strides }: Sizes): boolean => {
  const [height = 1, width = 1, channels = 1] = filter;
  return (
    channels < fewChannels && height >= strides[0] && width >= strides[1] && height * width * channels >= manyColumns
  );
};

export function thinGradient(sizes: Sizes, { whole, pads }: Padded, filter: Tensor, make: TensorMaker): Tensor {
  const { x, y } = sizes;
  const [height = 1, width = 1, channels = 1, outputs = 1] = sizes.filter;
  const [batch = 1, rows = 1, columns = 1] = y;
  const places = height * width * channels;
  const flat = make.view(filter, [places, outputs], { kind: 'reshape' });
  const turned = make.inOrder(make.view(flat, [outputs, places], { kind: 'transpose', axes: [1, 0] }));
  const point: Shape = [1, 1, outputs, places];
  const added = make.make([batch, rows, columns, places], {
    kind: 'convolution',
    a: whole,
    b: make.view(turned, point, { kind: 'reshape' }),
    windows: forward({ x: y, y: [batch, rows, columns, places], filter: point, strides: [1, 1], before: [0, 0] }, pads),
  });
  // Windows that are not there add zeros.
  const around = padsOfGradient(sizes);
  const [top, left, below, right] = around;
  const padded: Shape = [batch, top + rows + below, left + columns + right, places];
  const all = make.make(padded, { kind: 'pad', of: added, before: [0, top, left, 0], value: 0 });
  const byPlace = make.view(all, [...padded.slice(0, 3), height, width, channels], { kind: 'reshape' });
  const parts = phasesAlong(sizes, 0).flatMap((down) =>
    phasesAlong(sizes, 1).map((along) => {
      const shape: Shape = [batch, down.pixels, along.pixels, channels];
      const taps = Array.from({ length: down.places * along.places }, (_, tap) => {
        const [above, before] = [Math.floor(tap / along.places), tap % along.places];
        const starts = [
          0,
          top + down.window - above,
          left + along.window - before,
          down.place + above * sizes.strides[0],
          along.place + before * sizes.strides[1],
          0,
        ];
        const slice = make.view(byPlace, [...shape.slice(0, 3), 1, 1, channels], { kind: 'slice', starts });
        return make.view(slice, shape, { kind: 'reshape' });
      });
      return {
        tensor: taps.reduce((sum, next) => make.apply('Add', [sum, next], shape)),
        starts: [0, down.pixel, along.pixel, 0],
        steps: [1, ...sizes.strides, 1],
      };
    }),
  );
  if (parts.reduce((total, { tensor }) => total + sizeOf(tensor.shape), 0) !== sizeOf(x)) {
    throw new Error('internal: a pixel is in no phase');
  }
  return make.make(x, { kind: 'interleave', parts });
}
