/** From statements over tensors to statements on places: every loop a matrix of elements, walked row by row. */
import { type Shape, sizeOf } from '../../graph/graph.ts';
import type { Body } from './body.ts';
import type { Draft } from './drafts.ts';
import type { Place, Product, Statement } from './program.ts';
import { broadcastStrides, type Layout, type Tensor } from './tensors.ts';

/** Loops over more axes than two are written out along the others. */
const mostWrittenOut = 256;

export function statementsOf(draft: Draft, layoutOf: (tensor: Tensor) => Layout): readonly Statement[] {
  const { shape, body } = draft;
  const layoutIn = (tensor: Tensor): Layout => {
    const { offset, strides } = layoutOf(tensor);
    return { offset, strides: broadcastStrides(tensor.shape, strides, shape) };
  };
  switch (draft.kind) {
    case 'product': {
      const matrix = (tensor: Tensor): Place => {
        const { offset, strides } = layoutOf(tensor);
        return placeOf(offset, strides, tensor.shape);
      };
      const element = (tensor: Tensor): Place => {
        const { offset, strides } = layoutIn(tensor);
        return placeOf(offset, strides, shape);
      };
      const [rows = 1, columns = 1] = shape;
      const [a, b] = [matrix(draft.a), matrix(draft.b)];
      const inner = draft.a.shape[1] ?? 1;
      return [flat({ kind: 'product', rows, columns, inner, a, b, body: placed(body, element) })];
    }
    case 'loop': {
      const tensors = [...loadsOf(body), ...body.stores.map(({ to }) => to)];
      const axes = joinedAxes(
        shape,
        tensors.map((tensor) => layoutIn(tensor).strides),
      );
      return writtenOut(axes, body, layoutIn);
    }
    case 'reduce': {
      const tensors = loadsOf(body);
      const strides = tensors.map((tensor) => layoutIn(tensor).strides);
      const axes =
        draft.over === 'all' ? joinedAxes(shape, strides) : shape.map((size, axis) => ({ size, axes: [axis] }));
      if (axes.length > 2) throw new Error(`internal: a reduction over [${shape}] walks more than two axes`);
      const [row, column] = matrixAxes(axes);
      const element = elementPlace(layoutIn, row, column);
      const { offset, strides: to } = layoutOf(draft.to);
      const step = to.find((_, axis) => draft.to.shape[axis] !== 1) ?? 0;
      return [
        {
          kind: 'reduce',
          rows: row?.size ?? 1,
          columns: column?.size ?? 1,
          fold: draft.fold,
          over: draft.over,
          body: placed(body, element),
          value: draft.value,
          to: draft.over === 'rows' ? { offset, row: 0, column: step } : { offset, row: step, column: 0 },
        },
      ];
    }
    default:
      return draft satisfies never;
  }
}

const loadsOf = ({ ops }: Body<Tensor>): readonly Tensor[] =>
  ops.flatMap((op) => (op.kind === 'load' ? [op.from] : []));

const placed = ({ ops, stores }: Body<Tensor>, place: (tensor: Tensor) => Place): Body<Place> => ({
  ops: ops.map((op) => (op.kind === 'load' ? { kind: 'load', from: place(op.from) } : op)),
  stores: stores.map(({ value, to }) => ({ value, to: place(to) })),
});

/** A single row or column has no step to the next. */
const placeOf = (offset: number, [row = 0, column = 0]: readonly number[], [rows = 1, columns = 1]: Shape): Place => ({
  offset,
  row: rows === 1 ? 0 : row,
  column: columns === 1 ? 1 : column,
});

/** Axes that are walked as one: their size, and the axes of the shape that they are, the innermost last. */
interface Axis {
  readonly size: number;
  readonly axes: readonly number[];
}

/** Neighbours that every tensor steps through as if they were one. */
function joinedAxes(shape: Shape, strides: readonly (readonly number[])[]): readonly Axis[] {
  const joined: Axis[] = [];
  for (const [axis, size] of shape.entries()) {
    if (size === 1) continue;
    const outer = joined.at(-1);
    const last = outer?.axes.at(-1);
    const follows = last !== undefined && strides.every((steps) => steps[last] === (steps[axis] ?? 0) * size);
    if (outer && follows) joined[joined.length - 1] = { size: outer.size * size, axes: [...outer.axes, axis] };
    else joined.push({ size, axes: [axis] });
  }
  return joined;
}

/** The last axis are the columns, the one before the rows. */
const matrixAxes = (axes: readonly Axis[]): readonly [row: Axis | undefined, column: Axis | undefined] =>
  axes.length > 1 ? [axes[0], axes[1]] : [undefined, axes[0]];

const stepAlong = (axis: Axis | undefined, strides: readonly number[]): number => strides[axis?.axes.at(-1) ?? -1] ?? 0;

const elementPlace =
  (
    layoutIn: (tensor: Tensor) => Layout,
    row: Axis | undefined,
    column: Axis | undefined,
    moved?: (strides: readonly number[]) => number,
  ) =>
  (tensor: Tensor): Place => {
    const { offset, strides } = layoutIn(tensor);
    return {
      offset: offset + (moved?.(strides) ?? 0),
      row: stepAlong(row, strides),
      column: column ? stepAlong(column, strides) : 1,
    };
  };

function writtenOut(
  axes: readonly Axis[],
  body: Body<Tensor>,
  layoutIn: (tensor: Tensor) => Layout,
): readonly Statement[] {
  const outer = axes.slice(0, -2);
  const count = sizeOf(outer.map(({ size }) => size));
  if (count > mostWrittenOut)
    throw new Error(`internal: a loop over ${axes.map(({ size }) => size)} is too long to write out`);
  let [row, column] = matrixAxes(axes.slice(-2));
  const tensors = [...loadsOf(body), ...body.stores.map(({ to }) => to)];
  const isApart = (axis: Axis | undefined) => tensors.some((tensor) => stepAlong(axis, layoutIn(tensor).strides) > 1);
  // Walked along the axis whose elements follow one another, where there is one.
  if (isApart(column) && !isApart(row)) [row, column] = [column, row];
  return Array.from({ length: count }, (_, index) => {
    const moved = (strides: readonly number[]) => {
      let [rest, total] = [index, 0];
      for (const axis of outer.toReversed()) {
        total += (rest % axis.size) * stepAlong(axis, strides);
        rest = Math.floor(rest / axis.size);
      }
      return total;
    };
    return {
      kind: 'loop',
      rows: row?.size ?? 1,
      columns: column?.size ?? 1,
      body: placed(body, elementPlace(layoutIn, row, column, moved)),
    };
  });
}

/** A product with one column is one with one row of the transposed matrices, where their columns then follow one another. */
function flat(product: Product): Product {
  const { rows, columns, a, b, body } = product;
  const stores = body.stores.map(({ to }) => to);
  const loads = body.ops.flatMap((op) => (op.kind === 'load' ? [op.from] : []));
  if (columns !== 1 || rows === 1 || a.row !== 1) return product;
  if (stores.some(({ row }) => row !== 1) || loads.some(({ row }) => row > 1)) return product;
  const turned = ({ offset, row }: Place): Place => ({ offset, row: 0, column: row });
  return {
    ...product,
    rows: 1,
    columns: rows,
    a: { offset: b.offset, row: 0, column: b.row },
    b: { offset: a.offset, row: a.column, column: 1 },
    body: {
      ops: body.ops.map((op) => (op.kind === 'load' ? { kind: 'load', from: turned(op.from) } : op)),
      stores: body.stores.map(({ value, to }) => ({ value, to: turned(to) })),
    },
  };
}
