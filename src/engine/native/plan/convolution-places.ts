/** From a convolution over tensors to statements on places: one for each of its parts. */
import type { Draft } from './drafts.ts';
import { loadsOf } from './drafts.ts';
import { placed } from './placed.ts';
import type { Convolution, Factor, Place } from './program.ts';
import type { Layout, Tensor } from './tensors.ts';
import type { Move, Part } from './windows.ts';

/** An axis of rows or of the inner index: its size, and the steps of every place along it. */
interface Axis {
  readonly size: number;
  readonly steps: readonly number[];
}

/** @param layoutOf of a factor. @param layoutIn of what the body reads and writes, broadcast to the result's shape. */
export function convolutionsOf(
  draft: Extract<Draft, { readonly kind: 'convolution' }>,
  layoutOf: (tensor: Tensor) => Layout,
  layoutIn: (tensor: Tensor) => Layout,
): readonly Convolution[] {
  const { a, b, windows, body } = draft;
  const [layoutA, layoutB] = [layoutOf(a), layoutOf(b)];
  const touched = [...loadsOf(body), ...body.stores.map(({ to }) => to)];
  const step = ({ strides }: Layout, { axis, by }: Move) => (strides[axis] ?? 0) * by;
  return windows.parts.map((part) => {
    const elements = touched.map((tensor) => partOf(layoutIn(tensor), part));
    const rows = joined(
      windows.rows.map((move, axis) => ({
        size: part.sizes[axis] ?? 1,
        steps: [step(layoutA, move), ...elements.map(({ strides }) => strides[axis] ?? 0)],
      })),
    );
    const inner = joined(
      windows.inner.map((moves, axis) => ({
        size: part.inner[axis] ?? 1,
        steps: [step(layoutA, moves.a), step(layoutB, moves.b)],
      })),
    );
    const [row, ...outer] = rows.toReversed();
    const outerSteps = (which: number) =>
      outer.length > 0 ? { outer: outer.map(({ steps }) => steps[which] ?? 0).reverse() } : {};
    const columns = part.sizes.at(-1) ?? 1;
    const placeOf = (tensor: Tensor): Place => {
      const at = touched.indexOf(tensor);
      const { offset, strides } = elements[at] ?? { offset: 0, strides: [] };
      return {
        offset,
        ...outerSteps(at + 1),
        row: row?.steps[at + 1] ?? 0,
        column: columns === 1 ? 1 : (strides.at(-1) ?? 0),
      };
    };
    const factor = (layout: Layout, from: readonly number[], which: number, place: Omit<Place, 'offset'>): Factor => ({
      offset: from.reduce((total, index, axis) => total + index * (layout.strides[axis] ?? 0), layout.offset),
      ...place,
      inner: inner.map(({ steps }) => steps[which] ?? 0),
    });
    return {
      kind: 'convolution',
      ...(outer.length > 0 && { outer: outer.map(({ size }) => size).reverse() }),
      rows: row?.size ?? 1,
      columns,
      inner: inner.map(({ size }) => size),
      a: factor(layoutA, part.a, 0, { ...outerSteps(0), row: row?.steps[0] ?? 0, column: 0 }),
      b: factor(layoutB, part.b, 1, { row: 0, column: 1 }),
      body: placed(body, placeOf),
    };
  });
}

/** Of the elements of a part. */
const partOf = ({ offset, strides }: Layout, { starts, steps }: Part): Layout => ({
  offset: starts.reduce((total, start, axis) => total + start * (strides[axis] ?? 0), offset),
  strides: strides.map((stride, axis) => stride * (steps[axis] ?? 1)),
});

/** Neighbours that every place steps through as if they were one; at least one axis. */
function joined(axes: readonly Axis[]): readonly Axis[] {
  const result: Axis[] = [];
  for (const axis of axes) {
    if (axis.size === 1) continue;
    const outer = result.at(-1);
    const follows = outer?.steps.every((step, at) => step === (axis.steps[at] ?? 0) * axis.size);
    if (outer && follows) result[result.length - 1] = { size: outer.size * axis.size, steps: axis.steps };
    else result.push(axis);
  }
  return result.length > 0 ? result : [{ size: 1, steps: [] }];
}
