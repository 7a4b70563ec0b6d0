/** Points along an Archimedean spiral with Gaussian noise: data on a curve instead of in modes. */

import { outputBuffer } from '../../base/output-buffer.ts';
import { UsageError } from '../../base/usage-error.ts';
import { nonNegative, positive, scale } from '../../schema/fields.ts';
import { pointsKind } from '../data-kind.ts';
import type { Curve } from '../dataset.ts';

/** Points of the stored curve are at most this share of σ apart, so that a distance to it is right to 0.1 % at 3σ. */
const spacingPerStd = 0.25;
const fewestPoints = 1_000;
const mostPoints = 200_000;

/**
 * Radius inner + (outer − inner)·t at angle 2π·turns·t, t ~ U(0, 1): uniform in the angle, as scikit-learn's
 * `make_swiss_roll` is, so the inner turns are denser; then N(0, std²) in both dimensions.
 *
 * @throws UsageError where the spiral does not grow, or is too long against `std` for its points to be stored.
 */
export const swissRoll = pointsKind({
  kind: 'swiss-roll',
  description: 'an Archimedean spiral of turns turns from radius inner to outer, with Gaussian noise about it',
  settings: { turns: positive, inner: nonNegative, outer: positive, std: positive, scale },
  has: ['curve'],
  check({ inner, outer }) {
    if (inner >= outer) throw new UsageError(`data.inner: expected less than data.outer (${outer}), got ${inner}`);
  },
  make({ turns, inner, outer, std, scale }) {
    if (outer <= inner) throw new UsageError(`data.outer: expected more than data.inner (${inner}), got ${outer}`);
    const growth = outer - inner;
    const sweep = 2 * Math.PI * turns;
    return {
      shape: [2],
      dim: 2,
      scale,
      curve: spiral(inner, growth, sweep, std),
      sample(random, count, into) {
        const points = outputBuffer(count * 2, into);
        for (let i = 0; i < count; i++) {
          const t = random.uniform();
          const radius = inner + growth * t;
          const angle = sweep * t;
          points[2 * i] = radius * Math.cos(angle) + std * random.normal();
          points[2 * i + 1] = radius * Math.sin(angle) + std * random.normal();
        }
        return points;
      },
    };
  },
});

function spiral(inner: number, growth: number, sweep: number, std: number): Curve {
  const fastest = Math.hypot(growth, sweep * (inner + growth)); // |d(x, y)/dt| at t = 1, the most there is
  const count = 1 + Math.max(fewestPoints, Math.ceil(fastest / (spacingPerStd * std)));
  if (count > mostPoints) {
    const least = (1.05 * fastest) / (spacingPerStd * mostPoints); // 5 % so that two digits never round below what goes
    throw new UsageError(`data.std: expected at least ${least.toPrecision(2)} for a roll of this size, got ${std}`);
  }
  const points = new Float64Array(count * 2);
  for (let i = 0; i < count; i++) {
    const t = i / (count - 1);
    points[2 * i] = (inner + growth * t) * Math.cos(sweep * t);
    points[2 * i + 1] = (inner + growth * t) * Math.sin(sweep * t);
  }
  return { points, count, dim: 2, std };
}
