/** Sees data of more than two dimensions in a plane that is the same for every trial: that of its modes, or of its curve. */
import type { Truth } from '../datasets/data-kind.ts';
import { type PlaneView, planeAlong } from '../report/figures/principal-plane.ts';

const known = new WeakMap<Truth, PlaneView>();

/** `undefined` for data of up to two dimensions, which are seen as they are, and where nothing says how those of more lie. */
export function livePlane(truth: Truth): PlaneView | undefined {
  const seen = known.get(truth);
  if (seen) return seen;
  const { dim, modes, curve } = truth;
  const points = modes?.centres ?? curve?.points ?? [];
  if (dim <= 2 || points.length < 2 * dim) return undefined;
  const rows = Array.from({ length: points.length / dim }, (_, row) =>
    Array.from({ length: dim }, (__, axis) => points[row * dim + axis] ?? Number.NaN),
  );
  const view = planeAlong(truth, rows, modes ? 'the centres of their modes' : 'their curve');
  known.set(truth, view);
  return view;
}
