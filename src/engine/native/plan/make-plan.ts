/** A program as a plan: tensors, statements, their joining, then memory. State is written over where no one reads it any more. */
import { sizeOf } from '../../graph/graph.ts';
import type { KernelGraph } from '../../kernels/registry.ts';
import { allocate, type Lifetime, line } from './allocate.ts';
import { maskSize, poolOf } from './arena.ts';
import { type Draft, draftsOf, factorsOf, loadsOf, newBody } from './drafts.ts';
import { tensorsOf } from './from-graph.ts';
import { type Memory, mergeDrafts } from './merge.ts';
import { statementsOf } from './places.ts';
import { lanes, type Plan } from './program.ts';
import { type Layout, layoutOfView, rowMajor, type Tensor } from './tensors.ts';

/**
 * @param graph optimised.
 * @param state names that are inputs and outputs both.
 * @throws NotCovered that names the kernel that planning has no rule for.
 */
export function makePlan(graph: KernelGraph, state: readonly string[]): Plan {
  const { make, inputs, outputs } = tensorsOf(graph);
  const first = draftsOf({ make, inputs, outputs });
  const homes = new Map(first.homes);
  const rootOf = (tensor: Tensor): Tensor => {
    const home = homes.get(tensor);
    if (home) return rootOf(home);
    return tensor.definition.kind === 'view' ? rootOf(tensor.definition.of) : tensor;
  };
  const kept = new Set(outputs.values());
  const memory: Memory = { rootOf, isKept: (tensor) => kept.has(tensor) || rootOf(tensor) !== tensor };
  const merged = mergeDrafts(first.drafts, memory, make);
  const drafts = [...merged];
  for (const name of state) {
    const [before, after] = [inputs.get(name), outputs.get(name)];
    if (!before || !after) throw new Error(`internal: the state ${name} is no input and output`);
    if (before === after) continue;
    if (!homes.has(after) && canReplace(before, after, merged, rootOf)) homes.set(after, before);
    else drafts.push(copying(after, before));
  }
  return place(drafts, { rootOf, homes, inputs, outputs });
}

function copying(from: Tensor, to: Tensor): Draft {
  const build = newBody();
  const value = build.load(from);
  return { kind: 'loop', shape: to.shape, body: { ops: build.ops, stores: [{ value, to }] } };
}

/** Whether no one reads the old value after the new one is written, or at another element while it is. */
function canReplace(
  before: Tensor,
  after: Tensor,
  drafts: readonly Draft[],
  rootOf: (tensor: Tensor) => Tensor,
): boolean {
  const written = drafts.findIndex(
    (draft) => draft.body.stores.some(({ to }) => to === after) || (draft.kind === 'reduce' && draft.to === after),
  );
  return drafts.every((draft, at) => {
    if (at < written) return true;
    const reads = [...loadsOf(draft.body), ...factorsOf(draft)].filter((tensor) => rootOf(tensor) === before);
    if (at > written) return reads.length === 0;
    return draft.kind === 'loop' && reads.every((tensor) => tensor === before);
  });
}

interface Parts {
  readonly rootOf: (tensor: Tensor) => Tensor;
  readonly homes: ReadonlyMap<Tensor, Tensor>;
  readonly inputs: ReadonlyMap<string, Tensor>;
  readonly outputs: ReadonlyMap<string, Tensor>;
}

function place(drafts: readonly Draft[], { rootOf, homes, inputs, outputs }: Parts): Plan {
  const lifetimes = lifetimesOf(drafts, rootOf, [...inputs.values(), ...outputs.values()]);
  const roots = [...lifetimes.keys()];
  const { offsets, size } = allocate([...lifetimes.values()]);
  const offsetOf = new Map(roots.map((root, at) => [root, offsets[at] ?? 0]));
  const layouts = new Map<Tensor, Layout>();
  const find = (tensor: Tensor): Layout => {
    const home = homes.get(tensor);
    if (home) return layoutOf(home);
    const { definition, shape } = tensor;
    if (definition.kind !== 'view') return { offset: offsetOf.get(tensor) ?? 0, strides: rowMajor(shape) };
    const layout = layoutOfView(definition.view, shape, definition.of, layoutOf(definition.of));
    if (!layout) throw new Error('internal: a view of memory that steps cannot say');
    return layout;
  };
  const layoutOf = (tensor: Tensor): Layout => {
    const layout = layouts.get(tensor) ?? find(tensor);
    layouts.set(tensor, layout);
    return layout;
  };
  const lists = drafts.map((draft) => statementsOf(draft, layoutOf));
  const statements = lists.flat();
  let count = 0;
  const starts = lists.map(({ length }) => {
    count += length;
    return count - length;
  });
  const bits = poolOf(statements);
  const slots = (named: ReadonlyMap<string, Tensor>) =>
    [...named].map(([name, tensor]) => ({ name, shape: tensor.shape, offset: layoutOf(tensor).offset }));
  const masks = size;
  const pool = { offset: masks + maskSize, bits };
  return {
    size: Math.ceil((pool.offset + bits.length * lanes) / line) * line,
    inputs: slots(inputs),
    outputs: slots(outputs),
    constants: roots.flatMap(({ shape, definition }, at) => {
      if (definition.kind !== 'constant') return [];
      const { numbers } = definition;
      const values = typeof numbers === 'number' ? numbers : Float32Array.from(numbers);
      return [{ offset: offsets[at] ?? 0, size: sizeOf(shape), numbers: values }];
    }),
    masks,
    pool,
    statements,
    buffers: [...lifetimes.values()].map(({ first, last, size: numbers }, at) => ({
      offset: offsets[at] ?? 0,
      size: numbers,
      first: first < 0 ? first : (starts[first] ?? 0),
      last: last >= drafts.length ? statements.length : (starts[last] ?? 0) + (lists[last]?.length ?? 1) - 1,
    })),
  };
}

/** Of every tensor with memory: from the statement that writes it first to the last that reads it. */
function lifetimesOf(
  drafts: readonly Draft[],
  rootOf: (tensor: Tensor) => Tensor,
  everlasting: readonly Tensor[],
): ReadonlyMap<Tensor, Lifetime> {
  const lifetimes = new Map<Tensor, Lifetime>();
  const touch = (tensor: Tensor, from: number, to: number) => {
    const root = rootOf(tensor);
    const known = lifetimes.get(root);
    lifetimes.set(root, {
      size: sizeOf(root.shape),
      first: Math.min(known?.first ?? from, from),
      last: Math.max(known?.last ?? to, to),
    });
  };
  drafts.forEach((draft, at) => {
    const { stores } = draft.body;
    const others = draft.kind === 'reduce' ? [draft.to] : factorsOf(draft);
    for (const tensor of [...loadsOf(draft.body), ...others, ...stores.map(({ to }) => to)]) {
      // Constants are there before the first step, and still after it.
      if (rootOf(tensor).definition.kind === 'constant') touch(tensor, -1, drafts.length);
      else touch(tensor, at, at);
    }
  });
  for (const tensor of everlasting) {
    if (rootOf(tensor).definition.kind === 'input') touch(tensor, -1, drafts.length);
    else touch(tensor, drafts.length, drafts.length);
  }
  return lifetimes;
}
