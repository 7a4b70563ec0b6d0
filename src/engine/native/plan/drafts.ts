/**
 * Statements over whole tensors, before memory has places. Elementwise kernels that are used once, or cost next to nothing,
 * are computed where they are used; all others, products and reductions are statements.
 */
import { type Shape, sameShape } from '../../graph/graph.ts';
import { type Body, BodyBuilder, type Operand } from './body.ts';
import { placeParts } from './concat.ts';
import type { Tensors } from './from-graph.ts';
import { functions } from './functions.ts';
import type { Fold } from './program.ts';
import type { Tensor } from './tensors.ts';
import { liveTensors, type Uses, usesOf } from './uses.ts';

interface Shaped {
  readonly shape: Shape;
  readonly body: Body<Tensor>;
}
export type Draft =
  | (Shaped & { readonly kind: 'product'; readonly a: Tensor; readonly b: Tensor })
  | (Shaped & { readonly kind: 'loop' })
  | (Shaped & {
      readonly kind: 'reduce';
      readonly fold: Fold;
      readonly over: 'all' | 'rows' | 'columns';
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
  const stored = storedOf(tensors, uses, kept);
  const { homes, copies } = placeParts(
    tensors,
    uses,
    make,
    (tensor) => !kept.has(tensor) && (stored.has(tensor) || ['product', 'reduce'].includes(tensor.definition.kind)),
  );
  const drafts = tensors.flatMap((tensor) => draftsFor(tensor, stored, copies.get(tensor) ?? []));
  return { drafts, homes };
}

function draftsFor(
  tensor: Tensor,
  stored: ReadonlySet<Tensor>,
  copies: readonly { readonly tensor: Tensor; readonly slice: Tensor }[],
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
    case 'reduce': {
      const { fold, over, of } = definition;
      const value = expression(of, build, stored);
      return [{ kind: 'reduce', shape: of.shape, fold, over, body: { ops: build.ops, stores: [] }, value, to: tensor }];
    }
    case 'apply':
      return stored.has(tensor) ? [storing(tensor, tensor, stored)] : [];
    case 'concat':
      return copies.map(({ tensor: part, slice }) => storing(part, slice, stored));
    default:
      return definition satisfies never;
  }
}

export const newBody = (): BodyBuilder<Tensor> => new BodyBuilder(({ id }) => String(id));

/** A loop that computes a tensor, or copies it. */
function storing(tensor: Tensor, to: Tensor, stored: ReadonlySet<Tensor>): Draft {
  const build = newBody();
  const value = expression(tensor, build, stored, tensor === to);
  return { kind: 'loop', shape: tensor.shape, body: { ops: build.ops, stores: [{ value, to }] } };
}

/** The elementwise tensors that are kept in memory. */
function storedOf(tensors: readonly Tensor[], uses: Uses, outputs: ReadonlySet<Tensor>): ReadonlySet<Tensor> {
  const stored = new Set<Tensor>();
  const isInMemory = ({ definition }: Tensor): boolean =>
    definition.kind === 'view'
      ? isInMemory(definition.of)
      : definition.kind === 'input' || definition.kind === 'constant' || definition.kind === 'concat';
  for (const tensor of tensors) {
    const { definition } = tensor;
    if (definition.kind !== 'apply') continue;
    const users = uses.get(tensor) ?? [];
    // Element by element in a loop of its shape.
    const isInlined = users.every(
      (user) =>
        user.definition.kind === 'reduce' || (user.definition.kind === 'apply' && sameShape(user.shape, tensor.shape)),
    );
    const isCheap =
      cheap.has(definition.name) && definition.operands.every((operand) => stored.has(operand) || isInMemory(operand));
    const isOnce = new Set(users).size === 1;
    // A copy is one because its memory is wanted.
    if (outputs.has(tensor) || !isInlined || definition.name === 'Copy' || !(isOnce || isCheap)) stored.add(tensor);
  }
  return stored;
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
