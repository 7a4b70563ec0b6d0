/**
 * Statements over whole tensors, before memory has places. Elementwise kernels that are used once, or cost next to nothing,
 * are computed where they are used; all others, products and reductions are statements.
 */
import { type Shape, sameShape } from '../../graph/graph.ts';
import { type Body, BodyBuilder, type Operand } from './body.ts';
import { placeParts } from './concat.ts';
import type { Tensors } from './from-graph.ts';
import { functions } from './functions.ts';
import { type Fold, reduceRegisters } from './program.ts';
import { assignRegisters } from './registers.ts';
import { broadcastStrides, type Tensor, type TensorMaker } from './tensors.ts';
import { liveTensors, type Uses, usesOf } from './uses.ts';
import { isWalkable } from './walkable.ts';
import type { Windows } from './windows.ts';

interface Shaped {
  readonly shape: Shape;
  readonly body: Body<Tensor>;
}
export type Draft =
  | (Shaped & { readonly kind: 'product'; readonly a: Tensor; readonly b: Tensor })
  | (Shaped & { readonly kind: 'convolution'; readonly a: Tensor; readonly b: Tensor; readonly windows: Windows })
  | (Shaped & { readonly kind: 'loop' })
  | (Shaped & {
      readonly kind: 'reduce';
      readonly fold: Fold;
      readonly over: 'all' | 'rows' | 'columns';
      readonly split: number;
      readonly value: Operand;
      readonly to: Tensor;
    });

export interface Drafts {
  readonly drafts: readonly Draft[];
  /** Tensors whose memory is a part of another's, and that part. */
  readonly homes: ReadonlyMap<Tensor, Tensor>;
}

/** Computed again at every use rather than kept. */
const cheap = new Set(['Step', 'Neg', 'Relu', 'Square', 'Gate', 'Multiply', 'Identity', 'Cast', 'LogicalNot']);

export function draftsOf({ make, outputs }: Tensors): Drafts {
  const tensors = liveTensors(make.all, outputs.values());
  const uses = usesOf(tensors);
  const kept = new Set(outputs.values());
  const stored = storedOf(tensors, uses, kept, make);
  const { homes, copies } = placeParts(
    tensors,
    uses,
    make,
    (tensor) => !kept.has(tensor) && (stored.has(tensor) || isStatement(tensor)),
  );
  const drafts = tensors.flatMap((tensor) => draftsFor(tensor, stored, copies.get(tensor) ?? [], make));
  return { drafts, homes };
}

const isStatement = ({ definition: { kind } }: Tensor): boolean =>
  kind === 'product' || kind === 'convolution' || kind === 'reduce';

/** The tensors that a statement reads as factors. */
export const factorsOf = (draft: Draft): readonly Tensor[] =>
  draft.kind === 'product' || draft.kind === 'convolution' ? [draft.a, draft.b] : [];

export const loadsOf = ({ ops }: Body<Tensor>): readonly Tensor[] =>
  ops.flatMap((op) => (op.kind === 'load' ? [op.from] : []));

function draftsFor(
  tensor: Tensor,
  stored: ReadonlySet<Tensor>,
  copies: readonly { readonly tensor: Tensor; readonly slice: Tensor }[],
  make: TensorMaker,
): readonly Draft[] {
  const { definition, shape } = tensor;
  const build = newBody();
  switch (definition.kind) {
    case 'input':
    case 'constant':
    case 'view':
      return [];
    case 'product': {
      const value = build.add({ kind: 'accumulator' });
      const { a, b } = definition;
      return [{ kind: 'product', shape, a, b, body: { ops: build.ops, stores: [{ value, to: tensor }] } }];
    }
    case 'convolution': {
      const value = build.add({ kind: 'accumulator' });
      const { a, b, windows } = definition;
      return [{ kind: 'convolution', shape, a, b, windows, body: { ops: build.ops, stores: [{ value, to: tensor }] } }];
    }
    case 'reduce': {
      const { fold, over, split, of } = definition;
      const value = expression(of, build, stored);
      return [
        { kind: 'reduce', shape: of.shape, fold, over, split, body: { ops: build.ops, stores: [] }, value, to: tensor },
      ];
    }
    case 'apply':
      return stored.has(tensor) ? [storing(tensor, tensor, stored)] : [];
    case 'pad': {
      const { of, before, value } = definition;
      const inside = make.view(tensor, of.shape, { kind: 'slice', starts: before });
      return [...borderOf(tensor, of.shape, before, value, make), storing(of, inside, stored)];
    }
    case 'interleave':
      return definition.parts.map(({ tensor: part, starts, steps }) =>
        storing(part, make.view(tensor, part.shape, { kind: 'slice', starts, steps }), stored),
      );
    case 'concat':
      return copies.map(({ tensor: part, slice }) => storing(part, slice, stored));
    default:
      return definition satisfies never;
  }
}

export const newBody = (): BodyBuilder<Tensor> => new BodyBuilder(({ id }) => String(id));

/** Loops that fill what lies around a tensor: before and after it along each axis, between those of the axes before. */
function borderOf(
  whole: Tensor,
  inside: Shape,
  before: readonly number[],
  value: number,
  make: TensorMaker,
): readonly Draft[] {
  return whole.shape.flatMap((size, axis) => {
    const [first = 0, length = size] = [before[axis], inside[axis]];
    const border = (start: number, count: number): readonly Draft[] => {
      if (count === 0) return [];
      const shape = whole.shape.map((all, at) => (at < axis ? (inside[at] ?? all) : at === axis ? count : all));
      const starts = whole.shape.map((_, at) => (at < axis ? (before[at] ?? 0) : at === axis ? start : 0));
      const build = newBody();
      const to = make.view(whole, shape, { kind: 'slice', starts });
      return [{ kind: 'loop', shape, body: { ops: build.ops, stores: [{ value: build.constant(value), to }] } }];
    };
    return [...border(0, first), ...border(first + length, size - first - length)];
  });
}

/** A loop that computes a tensor, or copies it. */
function storing(tensor: Tensor, to: Tensor, stored: ReadonlySet<Tensor>): Draft {
  const build = newBody();
  const value = expression(tensor, build, stored, tensor === to);
  return { kind: 'loop', shape: tensor.shape, body: { ops: build.ops, stores: [{ value, to }] } };
}

/** The elementwise tensors that are kept in memory. */
function storedOf(
  tensors: readonly Tensor[],
  uses: Uses,
  outputs: ReadonlySet<Tensor>,
  make: TensorMaker,
): ReadonlySet<Tensor> {
  const stored = new Set<Tensor>();
  const isInMemory = ({ definition }: Tensor): boolean =>
    definition.kind === 'view'
      ? isInMemory(definition.of)
      : ['input', 'constant', 'concat', 'pad', 'interleave'].includes(definition.kind);
  for (const tensor of tensors) {
    const { definition } = tensor;
    if (definition.kind !== 'apply') continue;
    const users = uses.get(tensor) ?? [];
    // Element by element in a loop of its shape.
    const isInlined = users.every(
      (user) =>
        user.definition.kind === 'pad' ||
        user.definition.kind === 'interleave' ||
        (user.definition.kind === 'reduce' && canReduce(user.definition, tensor, stored, make)) ||
        (user.definition.kind === 'apply' && sameShape(user.shape, tensor.shape)),
    );
    const isCheap =
      cheap.has(definition.name) && definition.operands.every((operand) => stored.has(operand) || isInMemory(operand));
    const isOnce = new Set(users).size === 1;
    // A copy is one because its memory is wanted.
    if (outputs.has(tensor) || !isInlined || definition.name === 'Copy' || !(isOnce || isCheap)) stored.add(tensor);
  }
  return stored;
}

/** Whether a reduction can compute the tensor from what is in memory, as it walks. */
function canReduce(
  { over, split }: Extract<Tensor['definition'], { readonly kind: 'reduce' }>,
  tensor: Tensor,
  stored: ReadonlySet<Tensor>,
  make: TensorMaker,
): boolean {
  const build = newBody();
  const value = expression(tensor, build, stored);
  const body = { ops: build.ops, stores: [] };
  const strides = loadsOf(body).map((from) => broadcastStrides(from.shape, make.layout(from).strides, tensor.shape));
  return isWalkable(tensor.shape, over, split, strides) && assignRegisters(body, reduceRegisters, value) !== undefined;
}

/** The operations that compute a tensor's element from what is in memory. */
function expression(tensor: Tensor, build: BodyBuilder<Tensor>, stored: ReadonlySet<Tensor>, isRoot = false): Operand {
  const { definition } = tensor;
  const fill = fillOf(tensor);
  if (fill !== undefined) return build.constant(fill);
  if (definition.kind !== 'apply' || (stored.has(tensor) && !isRoot)) return build.load(tensor);
  const rule = functions[definition.name];
  if (!rule) throw new Error(`internal: no function ${definition.name}`);
  const operands = definition.operands.map((operand) => expression(operand, build, stored));
  return rule(build, operands, definition.attributes);
}

/** The number that fills a constant, or a view of one. */
function fillOf({ definition }: Tensor): number | undefined {
  if (definition.kind === 'view') return fillOf(definition.of);
  if (definition.kind !== 'constant') return undefined;
  const { numbers } = definition;
  return typeof numbers === 'number' ? numbers : numbers.length === 1 ? numbers[0] : undefined;
}
