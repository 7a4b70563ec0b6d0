/** D along the lines from x̂ = G(E(x)) to x: its slope, of which the pair-wise penalty asks that it be 1. */
import type { FilmFrame } from '../wire.ts';
import { floats } from './unpack.ts';

const width = 240;
const height = 120;
/** Places on a line, as they are sent. */
const places = 11;
/** The scale holds this share of all slopes. */
const shown = 0.95;

export function LinesView({ frame: { slopes } }: { readonly frame: FilmFrame }) {
  const all = floats(slopes);
  const finite = [...all]
    .filter(Number.isFinite)
    .map(Math.abs)
    .sort((a, b) => a - b);
  if (finite.length === 0) return null;
  const most = Math.max(1.5, finite[Math.floor(shown * (finite.length - 1))] ?? 1.5);
  const x = (place: number) => (place / (places - 1)) * width;
  const y = (slope: number) => height / 2 - (Math.max(-most, Math.min(most, slope)) / most) * (height / 2 - 3);
  const lines = Array.from({ length: Math.floor(all.length / places) }, (_, line) =>
    all.subarray(line * places, (line + 1) * places),
  ).filter((line) => line.every(Number.isFinite));
  const mean = Array.from(
    { length: places },
    (_, place) => lines.reduce((sum, line) => sum + (line[place] ?? 0), 0) / Math.max(1, lines.length),
  );
  const path = (line: ArrayLike<number>) =>
    Array.from(line, (slope, place) => `${x(place).toFixed(1)},${y(slope).toFixed(1)}`).join(' ');
  const middle = mean[(places - 1) / 2] ?? 0;
  return (
    <figure class="lines">
      <figcaption>
        Slope of D from x̂ (left) to x (right), mean in the middle <b>{middle.toFixed(2)}</b>; dashed: 1, which the
        pair-wise penalty asks for
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`Slope of D along ${lines.length} lines from x̂ to x, from −${most.toFixed(1)} to ${most.toFixed(1)}, mean in the middle ${middle.toFixed(2)}`}
      >
        <line class="none" x1={0} x2={width} y1={y(0)} y2={y(0)} vector-effect="non-scaling-stroke" />
        {lines.map((line, at) => (
          <polyline key={`${at}`} points={path(line)} vector-effect="non-scaling-stroke" />
        ))}
        <line class="asked" x1={0} x2={width} y1={y(1)} y2={y(1)} vector-effect="non-scaling-stroke" />
        <polyline class="mean" points={path(mean)} vector-effect="non-scaling-stroke" />
      </svg>
    </figure>
  );
}
