/** Pictures with zeros around them, as windows read them. */
import type { Shape } from '../../graph/graph.ts';
import type { Tensor, TensorMaker } from './tensors.ts';
import type { Pads } from './windows.ts';

/** A picture, and what is around it. */
export interface Padded {
  readonly whole: Tensor;
  readonly pads: Pads;
}

/** @returns the whole, and the picture in it. */
export function padded(of: Tensor, pads: Pads, make: TensorMaker): Padded & { readonly inside: Tensor } {
  const [batch = 1, height = 1, width = 1, channels = 1] = of.shape;
  const [top, left, below, right] = pads;
  const shape: Shape = [batch, top + height + below, left + width + right, channels];
  const before = [0, top, left, 0];
  const whole = make.make(shape, { kind: 'pad', of, before, value: 0 });
  return { whole, pads, inside: make.view(whole, of.shape, { kind: 'slice', starts: before }) };
}
