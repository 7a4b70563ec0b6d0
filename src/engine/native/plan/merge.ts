/**
 * Joins statements of one shape: a loop over a product's sums becomes part of the product, loops over the same tensors become
 * one. What then is read nowhere is not stored.
 */
import { sameShape, sizeOf } from '../../graph/graph.ts';
import { argumentsOf, type Body, type Operand, withArguments } from './body.ts';
import { type Draft, factorsOf, loadsOf, newBody } from './drafts.ts';
import { loopRegisters, productRegisters } from './program.ts';
import { assignRegisters } from './registers.ts';
import { broadcastStrides, type Tensor, type TensorMaker } from './tensors.ts';

export interface Memory {
  /** The tensor whose memory a tensor is, or is a part of. */
  readonly rootOf: (tensor: Tensor) => Tensor;
  /** Whether a tensor's memory is read after the last statement, or by another's name. */
  readonly isKept: (tensor: Tensor) => boolean;
}

export function mergeDrafts(drafts: readonly Draft[], memory: Memory, make: TensorMaker): readonly Draft[] {
  const merged = [...drafts];
  const roots = new Roots(memory);
  for (let at = 0; at < merged.length; at++) {
    while (mergeAt(merged, at, roots, make)) at--;
  }
  return merged;
}

/** The memory that statements read and write, found once for each. */
class Roots {
  readonly memory: Memory;
  readonly #read = new Map<Draft, ReadonlySet<Tensor>>();
  readonly #written = new Map<Draft, ReadonlySet<Tensor>>();

  constructor(memory: Memory) {
    this.memory = memory;
  }

  read(draft: Draft): ReadonlySet<Tensor> {
    return this.#of(this.#read, draft, () => [...loadsOf(draft.body), ...factorsOf(draft)]);
  }

  written(draft: Draft): ReadonlySet<Tensor> {
    const target = draft.kind === 'reduce' ? [draft.to] : [];
    return this.#of(this.#written, draft, () => [...draft.body.stores.map(({ to }) => to), ...target]);
  }

  #of(known: Map<Draft, ReadonlySet<Tensor>>, draft: Draft, find: () => readonly Tensor[]): ReadonlySet<Tensor> {
    const roots = known.get(draft) ?? new Set(find().map(this.memory.rootOf));
    known.set(draft, roots);
    return roots;
  }
}

/** Joins the loop at a place with the nearest statement before it that it can be joined with. */
function mergeAt(drafts: Draft[], at: number, roots: Roots, make: TensorMaker): boolean {
  const later = drafts[at];
  if (later?.kind !== 'loop') return false;
  for (let before = at - 1; before >= 0; before--) {
    const earlier = drafts[before];
    if (!earlier || earlier.kind === 'reduce' || !sameShape(earlier.shape, later.shape)) continue;
    if (!isWorthIt(earlier, later) || !readsInPlace(earlier, later, roots.memory)) continue;
    const between = drafts.slice(before + 1, at);
    const written = roots.written(earlier);
    const canSink = between.every((draft) => disjoint(roots.read(draft), written));
    const read = roots.read(later);
    const canRise = between.every((draft) => disjoint(roots.written(draft), read));
    if (!canSink && !canRise) continue;
    const isRead = (tensor: Tensor) =>
      roots.memory.isKept(tensor) ||
      drafts.some((draft) => draft !== earlier && draft !== later && roots.read(draft).has(tensor));
    const joined = join(earlier, later, isRead, make);
    if (!joined) continue;
    drafts.splice(at, 1);
    drafts.splice(before, 1);
    drafts.splice(canSink ? at - 1 : before, 0, joined);
    return true;
  }
  return false;
}

const disjoint = (a: ReadonlySet<Tensor>, b: ReadonlySet<Tensor>): boolean => [...a].every((tensor) => !b.has(tensor));

/** Whether they share memory to read, or one reads what the other writes; small things are worth joining anyway. */
function isWorthIt(earlier: Draft, later: Draft): boolean {
  const loads = new Set(loadsOf(later.body));
  if (earlier.body.stores.some(({ to }) => loads.has(to))) return true;
  if (hasSums(earlier)) return false;
  return sizeOf(later.shape) === 1 || loadsOf(earlier.body).some((tensor) => loads.has(tensor));
}

/** Whether the later one reads of what the earlier one writes the very elements at hand. */
function readsInPlace(earlier: Draft, later: Draft, { rootOf }: Memory): boolean {
  const stored = new Set(earlier.body.stores.map(({ to }) => to));
  const roots = new Set([...stored].map(rootOf));
  return loadsOf(later.body).every((tensor) => stored.has(tensor) || !roots.has(rootOf(tensor)));
}

function join(
  earlier: Exclude<Draft, { readonly kind: 'reduce' }>,
  later: Draft,
  isRead: (tensor: Tensor) => boolean,
  make: TensorMaker,
): Draft | undefined {
  const build = newBody();
  const values = new Map<Tensor, Operand>();
  const add = ({ ops }: Body<Tensor>): readonly Operand[] => {
    const places: Operand[] = [];
    for (const op of ops) {
      const known = op.kind === 'load' ? values.get(op.from) : undefined;
      places.push(known ?? build.add(withArguments(op, (operand) => places[operand] ?? 0)));
    }
    return places;
  };
  const first = add(earlier.body);
  for (const { value, to } of earlier.body.stores) values.set(to, first[value] ?? 0);
  const second = add(later.body);
  const stores = [
    ...earlier.body.stores.filter(({ to }) => isRead(to)).map(({ value, to }) => ({ value: first[value] ?? 0, to })),
    ...later.body.stores.map(({ value, to }) => ({ value: second[value] ?? 0, to })),
  ];
  const body = withoutDead({ ops: build.ops, stores });
  if (hasSums(earlier) && !readsByColumns(earlier, body, make)) return undefined;
  if (waysOf(earlier, body, make) > mostWays) return undefined;
  const registers = hasSums(earlier) ? productRegisters : loopRegisters;
  return assignRegisters(body, registers) ? { ...earlier, body } : undefined;
}

const hasSums = ({ kind }: Draft): boolean => kind === 'product' || kind === 'convolution';

/** Ways to move from row to row that a statement's places may have: each takes a register. */
const mostWays = 6;

function waysOf({ shape }: Draft, { ops, stores }: Body<Tensor>, make: TensorMaker): number {
  const tensors = [...loadsOf({ ops, stores }), ...stores.map(({ to }) => to)];
  const strides = tensors.map((tensor) => broadcastStrides(tensor.shape, make.layout(tensor).strides, shape));
  return new Set(strides.map((steps) => steps.slice(0, -1).join())).size;
}

/** Whether the columns of all that a product's body touches follow one another, or are one. */
function readsByColumns({ shape }: Draft, { ops, stores }: Body<Tensor>, make: TensorMaker): boolean {
  const tensors = [...loadsOf({ ops, stores }), ...stores.map(({ to }) => to)];
  return tensors.every((tensor) => {
    const strides = broadcastStrides(tensor.shape, make.layout(tensor).strides, shape);
    return shape.at(-1) === 1 || (strides.at(-1) ?? 0) <= 1;
  });
}

/** Without operations whose values are used nowhere. */
export function withoutDead({ ops, stores }: Body<Tensor>): Body<Tensor> {
  const used = new Set(stores.map(({ value }) => value));
  for (let at = ops.length - 1; at >= 0; at--) {
    const op = ops[at];
    if (op && used.has(at)) for (const operand of argumentsOf(op)) used.add(operand);
  }
  const build = newBody();
  const places = new Map<Operand, Operand>();
  const place = (operand: Operand) => places.get(operand) ?? 0;
  ops.forEach((op, at) => {
    if (used.has(at)) places.set(at, build.add(withArguments(op, place)));
  });
  return { ops: build.ops, stores: stores.map(({ value, to }) => ({ value: place(value), to })) };
}
