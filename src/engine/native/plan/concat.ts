/** Concatenations in place: what they join is written to its part of the whole at once, where it has no other memory. */
import { sizeOf } from '../../graph/graph.ts';
import type { Tensor, TensorMaker } from './tensors.ts';
import type { Uses } from './uses.ts';

export interface Part {
  readonly tensor: Tensor;
  /** Its part of the whole. */
  readonly slice: Tensor;
}

export interface Placement {
  /** Tensors whose memory is a part of another's, and that part. */
  readonly homes: ReadonlyMap<Tensor, Tensor>;
  /** Of each concatenation, the parts that must be copied. */
  readonly copies: ReadonlyMap<Tensor, readonly Part[]>;
}

export function placeParts(
  tensors: readonly Tensor[],
  uses: Uses,
  make: TensorMaker,
  canBePlaced: (tensor: Tensor) => boolean,
): Placement {
  const homes = new Map<Tensor, Tensor>();
  const copies = new Map<Tensor, Part[]>();
  for (const whole of tensors) {
    if (whole.definition.kind !== 'concat') continue;
    const { parts, axis } = whole.definition;
    const copied: Part[] = [];
    let first = 0;
    for (const tensor of parts) {
      const starts = whole.shape.map((_, at) => (at === axis ? first : 0));
      const slice = make.view(whole, tensor.shape, { kind: 'slice', starts });
      first += tensor.shape[axis] ?? 0;
      const inRows = sizeOf(whole.shape.slice(0, axis)) === 1;
      const owner = inRows ? ownerOf(tensor) : tensor;
      if (canBePlaced(owner) && !homes.has(owner) && (inRows || usedByElements(owner, uses))) {
        homes.set(owner, owner === tensor ? slice : make.view(slice, owner.shape, { kind: 'reshape' }));
      } else copied.push({ tensor, slice });
    }
    copies.set(whole, copied);
  }
  return { homes, copies };
}

/** What a tensor is a reshape of. */
const ownerOf = (tensor: Tensor): Tensor =>
  tensor.definition.kind === 'view' && tensor.definition.view.kind === 'reshape'
    ? ownerOf(tensor.definition.of)
    : tensor;

/** Whether every user can read rows that do not follow one another: no view, and no right side of a product. */
const usedByElements = (tensor: Tensor, uses: Uses): boolean =>
  tensor.definition.kind !== 'reduce' &&
  tensor.shape.length <= 2 &&
  (uses.get(tensor) ?? []).every(
    ({ definition }) =>
      definition.kind === 'apply' ||
      definition.kind === 'concat' ||
      (definition.kind === 'product' && definition.b !== tensor),
  );
