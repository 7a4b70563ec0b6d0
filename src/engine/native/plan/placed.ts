/** A body over tensors as one over places. */
import type { Body } from './body.ts';
import type { Place } from './program.ts';
import type { Tensor } from './tensors.ts';

export const placed = ({ ops, stores }: Body<Tensor>, place: (tensor: Tensor) => Place): Body<Place> => ({
  ops: ops.map((op) => (op.kind === 'load' ? { kind: 'load', from: place(op.from) } : op)),
  stores: stores.map(({ value, to }) => ({ value, to: place(to) })),
});
