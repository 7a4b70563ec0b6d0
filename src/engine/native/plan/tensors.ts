/** The tensors of a program as planning sees them: how each comes about, and which are mere views of another's memory. */
import { type Attributes, type Numbers, type Shape, sizeOf } from '../../graph/graph.ts';
import type { Fold } from './program.ts';
import type { Windows } from './windows.ts';

/** Another way to look at a tensor's numbers. */
export type View =
  /** In row-major order under another shape. */
  | { readonly kind: 'reshape' }
  /** From `starts` on, every element along each axis, or every `steps`th. */
  | { readonly kind: 'slice'; readonly starts: readonly number[]; readonly steps?: readonly number[] }
  | { readonly kind: 'transpose'; readonly axes: readonly number[] }
  /** Repeated along axes of size 1 and new leading ones. */
  | { readonly kind: 'broadcast' };

export type Definition =
  | { readonly kind: 'input'; readonly name: string }
  | { readonly kind: 'constant'; readonly numbers: Numbers }
  /** Elementwise, operands broadcast to the tensor's shape. */
  | {
      readonly kind: 'apply';
      readonly name: string;
      readonly operands: readonly Tensor[];
      readonly attributes: Attributes;
    }
  /** [m, k] × [k, n]. */
  | { readonly kind: 'product'; readonly a: Tensor; readonly b: Tensor }
  | { readonly kind: 'convolution'; readonly a: Tensor; readonly b: Tensor; readonly windows: Windows }
  /** Over all axes, over those before `split` (rows), or over those from it on (columns). */
  | {
      readonly kind: 'reduce';
      readonly fold: Fold;
      readonly of: Tensor;
      readonly over: 'all' | 'rows' | 'columns';
      readonly split: number;
    }
  /** The same number around a tensor, so many before it along each axis; the shape says how many follow. */
  | { readonly kind: 'pad'; readonly of: Tensor; readonly before: readonly number[]; readonly value: number }
  /** Parts that together are the whole, each every `steps`th element from `starts` on. */
  | { readonly kind: 'interleave'; readonly parts: readonly Interleaved[] }
  | { readonly kind: 'concat'; readonly parts: readonly Tensor[]; readonly axis: number }
  | { readonly kind: 'view'; readonly of: Tensor; readonly view: View };

export interface Interleaved {
  readonly tensor: Tensor;
  readonly starts: readonly number[];
  readonly steps: readonly number[];
}

export interface Tensor {
  readonly id: number;
  readonly shape: Shape;
  readonly definition: Definition;
}

/** Offset of the first number, and the steps along each axis. */
export interface Layout {
  readonly offset: number;
  readonly strides: readonly number[];
}

export const rowMajor = (shape: Shape): readonly number[] => shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

export const isContiguous = (shape: Shape, { strides }: Layout): boolean => {
  const expected = rowMajor(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
};

/** What a tensor depends on. */
export function sourcesOf({ definition }: Tensor): readonly Tensor[] {
  switch (definition.kind) {
    case 'input':
    case 'constant':
      return [];
    case 'apply':
      return definition.operands;
    case 'product':
    case 'convolution':
      return [definition.a, definition.b];
    case 'reduce':
    case 'pad':
    case 'view':
      return [definition.of];
    case 'concat':
      return definition.parts;
    case 'interleave':
      return definition.parts.map(({ tensor }) => tensor);
    default:
      return definition satisfies never;
  }
}

/** The layout of a view, given that of what it looks at; undefined where steps along axes cannot say it. */
export function layoutOfView(view: View, shape: Shape, of: Tensor, source: Layout): Layout | undefined {
  switch (view.kind) {
    case 'reshape':
      return reshaped(shape, of.shape, source);
    case 'slice': {
      const moved = view.starts.reduce((total, start, axis) => total + start * (source.strides[axis] ?? 0), 0);
      const strides = source.strides.map((stride, axis) => stride * (view.steps?.[axis] ?? 1));
      return { offset: source.offset + moved, strides };
    }
    case 'transpose':
      return { offset: source.offset, strides: view.axes.map((axis) => source.strides[axis] ?? 0) };
    case 'broadcast':
      return { offset: source.offset, strides: broadcastStrides(of.shape, source.strides, shape) };
    default:
      return view satisfies never;
  }
}

function reshaped(shape: Shape, before: Shape, source: Layout): Layout | undefined {
  if (isContiguous(before, source)) return { offset: source.offset, strides: rowMajor(shape) };
  // Axes of size 1 come and go.
  const real = (dimensions: Shape) => dimensions.filter((size) => size !== 1);
  if (real(shape).join() !== real(before).join()) return undefined;
  const strides = source.strides.filter((_, axis) => before[axis] !== 1);
  let next = 0;
  return { offset: source.offset, strides: shape.map((size) => (size === 1 ? 0 : (strides[next++] ?? 0))) };
}

/** Steps of an operand in a loop over a larger shape: 0 along the axes that it lacks. */
export function broadcastStrides(shape: Shape, strides: readonly number[], target: Shape): readonly number[] {
  return target.map((_, axis) => {
    const own = axis - (target.length - shape.length);
    return own < 0 || shape[own] === 1 ? 0 : (strides[own] ?? 0);
  });
}

/** Fewer than a vector holds. */
const fewChannels = 8;

/** Makes tensors; equal views of one tensor are one. */
export class TensorMaker {
  readonly all: Tensor[] = [];
  readonly #views = new Map<string, Tensor>();

  make(shape: Shape, definition: Definition): Tensor {
    const tensor = { id: this.all.length, shape, definition };
    this.all.push(tensor);
    return tensor;
  }

  apply(name: string, operands: readonly Tensor[], shape: Shape, attributes: Attributes = {}): Tensor {
    const all = operands.map((operand) => this.#alongColumns(operand, shape));
    return this.make(shape, { kind: 'apply', name, operands: all, attributes });
  }

  /** Of a few channels, a number for each is repeated along the columns of a picture: loops then walk both as one. */
  #alongColumns(operand: Tensor, shape: Shape): Tensor {
    const [columns = 1, channels = 1] = shape.slice(-2);
    const isEach = operand.shape.at(-1) === channels && sizeOf(operand.shape) === channels;
    if (shape.length < 3 || channels === 1 || channels >= fewChannels || columns === 1 || !isEach) return operand;
    const row = this.view(operand, [1, channels], { kind: 'reshape' });
    return this.#copied(this.view(row, [columns, channels], { kind: 'broadcast' }));
  }

  view(of: Tensor, shape: Shape, view: View): Tensor {
    const key = `${of.id} ${shape} ${JSON.stringify(view)}`;
    const known = this.#views.get(key);
    if (known) return known;
    // A layout that steps cannot say is copied first.
    const source = this.layout(of);
    const tensor = layoutOfView(view, shape, of, source)
      ? this.make(shape, { kind: 'view', of, view })
      : this.make(shape, { kind: 'view', of: this.copy(of), view });
    this.#views.set(key, tensor);
    return tensor;
  }

  /** As if every tensor that is no view had memory of its own. */
  layout({ shape, definition }: Tensor): Layout {
    if (definition.kind !== 'view') return { offset: 0, strides: rowMajor(shape) };
    const layout = layoutOfView(definition.view, shape, definition.of, this.layout(definition.of));
    if (!layout) throw new Error('internal: a view without a layout');
    return layout;
  }

  copy(of: Tensor): Tensor {
    return this.apply('Copy', [of], of.shape);
  }

  /** The tensor, or a copy of it whose last axis is in order. */
  inOrder(tensor: Tensor): Tensor {
    const { strides } = this.layout(tensor);
    const last = tensor.shape.findLastIndex((size) => size !== 1);
    if (last < 0 || (strides[last] ?? 0) <= 1) return tensor;
    return this.#copied(tensor);
  }

  #copied(tensor: Tensor): Tensor {
    const key = `copy ${tensor.id}`;
    const known = this.#views.get(key) ?? this.copy(tensor);
    this.#views.set(key, known);
    return known;
  }
}
