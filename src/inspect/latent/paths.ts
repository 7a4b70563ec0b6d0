/** Computes paths between latents: linear or spherical. */
import { type Points, pointAt } from '../../base/points.ts';
import { priorCard } from '../../priors/prior.ts';
import type { Prior } from '../../priors/prior-kind.ts';

export const pathNames = ['linear', 'spherical'] as const;
export type PathName = (typeof pathNames)[number];

/**
 * Spherical for a normal prior, linear for the others.
 *
 * Normal draws of many dimensions lie close to a sphere of radius σ√d; half-way on a straight line between two of them the
 * radius is smaller by √2, where G was hardly trained (White 2016). A uniform prior fills a cube: straight lines
 * stay inside it, arcs may leave it. Between two blocks of a split prior both leave the prior's support.
 */
export const usualPath = (prior: Prior): PathName => priorCard(prior).path;

/** The latent at `t` in [0, 1] on the path from `a` to `b`, of equal length; the ends are exact. */
export function between(path: PathName, a: Float32Array, b: Float32Array, t: number): Float32Array {
  if (t === 0) return a.slice();
  if (t === 1) return b.slice();
  switch (path) {
    case 'linear':
      return mixed(a, 1 - t, b, t);
    case 'spherical':
      return slerp(a, b, t);
    default:
      return path satisfies never;
  }
}

/** Below this sine two directions count as one line. */
const parallel = 1e-6;

/**
 * sin((1 − t)Ω)/sin Ω · a + sin(tΩ)/sin Ω · b with Ω the angle between them (Shoemake 1985). Where a and b point the same
 * way, opposite ways or nowhere, and so always for 1-D latents, there is no arc of their own: a straight line.
 */
function slerp(a: Float32Array, b: Float32Array, t: number): Float32Array {
  let product = 0;
  let [squareA, squareB] = [0, 0];
  for (const [i, value] of a.entries()) {
    const other = b[i] as number;
    product += value * other;
    squareA += value * value;
    squareB += other * other;
  }
  const cosine = product / Math.sqrt(squareA * squareB);
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  if (!(sine > parallel)) return mixed(a, 1 - t, b, t);
  return mixed(a, Math.sin((1 - t) * angle) / sine, b, Math.sin(t * angle) / sine);
}

const mixed = (a: Float32Array, shareA: number, b: Float32Array, shareB: number): Float32Array =>
  a.map((value, i) => shareA * value + shareB * (b[i] as number));

/** Two ends have one leg; more have as many as there are ends, the last leg back to the first. */
export const legCount = (ends: number): number => (ends === 2 ? 1 : ends);

/** Leg after leg, `steps` latents each with both of its ends: `[legs · steps, dim]`. */
export function legsBetween(points: Points, steps: number, path: PathName): Points {
  const { count, dim } = points;
  const legs = legCount(count);
  const all = new Float32Array(legs * steps * dim);
  const end = (index: number) => pointAt(points, index % count);
  for (let leg = 0; leg < legs; leg++) {
    for (let step = 0; step < steps; step++) {
      all.set(between(path, end(leg), end(leg + 1), step / (steps - 1)), (leg * steps + step) * dim);
    }
  }
  return { values: all, count: legs * steps, dim };
}

/**
 * Order of the rows of `legsBetween` in an animation that loops: every joint once, and a single leg forth and back.
 */
export function filmOrder(legs: number, steps: number): number[] {
  const rows = Array.from({ length: legs }, (_, leg) => Array.from({ length: steps - 1 }, (_, s) => leg * steps + s));
  if (legs > 1) return rows.flat();
  return [...rows.flat(), ...Array.from({ length: steps - 1 }, (_, s) => steps - 1 - s)];
}
