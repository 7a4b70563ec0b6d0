/** From statements over tensors to statements on places: every loop a matrix of elements, walked row by row. */
import type { Shape } from '../../graph/graph.ts';
import type { Body } from './body.ts';
import { convolutionsOf } from './convolution-places.ts';
import { type Draft, loadsOf } from './drafts.ts';
import { placed } from './placed.ts';
import type { Place, Product, Statement } from './program.ts';
import { broadcastStrides, type Layout, type Tensor } from './tensors.ts';
import { type JoinedAxis, joinedAxes } from './walkable.ts';

export function statementsOf(draft: Draft, layoutOf: (tensor: Tensor) => Layout): readonly Statement[] {
  const { shape, body } = draft;
  const layoutIn = (tensor: Tensor): Layout => {
    const { offset, strides } = layoutOf(tensor);
    return { offset, strides: broadcastStrides(tensor.shape, strides, shape) };
  };
  const stridesOf = (tensors: readonly Tensor[]) => tensors.map((tensor) => layoutIn(tensor).strides);
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
    case 'convolution':
      return convolutionsOf(draft, layoutOf, layoutIn);
    case 'loop': {
      const strides = stridesOf(touchedBy(body));
      const axes = joinedAxes(shape, strides);
      return [
        { kind: 'loop', ...sizesOf(walk(axes, strides)), body: placed(body, placeIn(layoutIn, walk(axes, strides))) },
      ];
    }
    case 'reduce': {
      const { fold, over, split, value } = draft;
      const strides = stridesOf(loadsOf(body));
      const walked: Walk =
        over === 'all'
          ? walk(joinedAxes(shape, strides), [])
          : walk([...joinedAxes(shape, strides, 0, split), ...columnAxis(joinedAxes(shape, strides, split))], []);
      const { offset, strides: to } = layoutOf(draft.to);
      const step = to.find((_, axis) => draft.to.shape[axis] !== 1) ?? 0;
      const sizes = sizesOf(walked);
      const [row, ...outer] = rowSteps(sizes, step);
      return [
        {
          kind: 'reduce',
          ...sizes,
          fold,
          over,
          body: placed(body, placeIn(layoutIn, walked)),
          value,
          to:
            over === 'columns'
              ? {
                  offset,
                  ...(outer.length > 0 && { outer: outer.reverse() }),
                  row: sizes.rows === 1 ? 0 : (row ?? 0),
                  column: 0,
                }
              : { offset, row: 0, column: over === 'rows' ? step : 0 },
        },
      ];
    }
    default:
      return draft satisfies never;
  }
}

/** Steps between results that lie `step` apart, one a row: along rows, then along outer axes from the innermost. */
function rowSteps({ outer = [], rows }: { readonly outer?: readonly number[]; readonly rows: number }, step: number) {
  const steps = [step];
  for (const size of [rows, ...outer.toReversed()].slice(0, outer.length)) steps.push(size * (steps.at(-1) ?? 0));
  return steps;
}

/** The one axis that a reduction's columns are. */
function columnAxis(axes: readonly JoinedAxis[]): readonly JoinedAxis[] {
  if (axes.length > 1) throw new Error('internal: the columns of a reduction are several axes');
  return axes.length === 1 ? axes : [{ size: 1, axes: [] }];
}

const touchedBy = (body: Body<Tensor>): readonly Tensor[] => [...loadsOf(body), ...body.stores.map(({ to }) => to)];

/** A single row or column has no step to the next. */
const placeOf = (offset: number, [row = 0, column = 0]: readonly number[], [rows = 1, columns = 1]: Shape): Place => ({
  offset,
  row: rows === 1 ? 0 : row,
  column: columns === 1 ? 1 : column,
});

/** The axes of a statement: columns, the rows before them, and those around both. */
interface Walk {
  readonly outer: readonly JoinedAxis[];
  readonly row: JoinedAxis | undefined;
  readonly column: JoinedAxis | undefined;
}

/** @param strides where rows and columns may change places, those of all tensors: numbers of a column then follow one another. */
function walk(axes: readonly JoinedAxis[], strides: readonly (readonly number[])[]): Walk {
  const [column, row] = axes.toReversed();
  const outer = axes.slice(0, -2);
  const isApart = (axis: JoinedAxis | undefined) => strides.some((steps) => stepAlong(axis, steps) > 1);
  return isApart(column) && row && !isApart(row) ? { outer, row: column, column: row } : { outer, row, column };
}

const sizesOf = ({ outer, row, column }: Walk) => ({
  ...(outer.length > 0 && { outer: outer.map(({ size }) => size) }),
  rows: row?.size ?? 1,
  columns: column?.size ?? 1,
});

const stepAlong = (axis: JoinedAxis | undefined, strides: readonly number[]): number =>
  strides[axis?.axes.at(-1) ?? -1] ?? 0;

const placeIn =
  (layoutIn: (tensor: Tensor) => Layout, { outer, row, column }: Walk) =>
  (tensor: Tensor): Place => {
    const { offset, strides } = layoutIn(tensor);
    return {
      offset,
      ...(outer.length > 0 && { outer: outer.map((axis) => stepAlong(axis, strides)) }),
      row: stepAlong(row, strides),
      column: column && column.axes.length > 0 ? stepAlong(column, strides) : 1,
    };
  };

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
