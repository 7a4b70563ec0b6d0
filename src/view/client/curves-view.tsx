/** The curves of a trial, each with the clock's step; a press on one moves the clock there. And the modes' shares at that step. */
import type { Curve, FilmFrame, Wall, WallTruth } from '../wire.ts';
import { film, frame, moveToStep, stop } from './player.ts';
import { pointedMode } from './stage.tsx';
import { countText, valueText } from './texts.ts';

const width = 240;
const height = 64;

export function CurvesView({ wall }: { readonly wall: Wall }) {
  const all = film.value?.curves ?? [];
  const lead = wall.columns.map(({ name }) => name);
  const isLead = ({ name }: Curve) => lead.includes(name) || /^(loss|score|gradient)/.test(name);
  const others = all.filter((curve) => !isLead(curve));
  const clock = {
    total: film.value?.steps ?? 1,
    step: frame.value?.step ?? 0,
    onMove(step: number) {
      stop();
      moveToStep(step);
    },
  };
  return (
    <section class="curves" aria-label="Curves">
      <div class="curve-grid">
        {all.filter(isLead).map((curve) => (
          <CurveView key={curve.name} curve={curve} {...clock} />
        ))}
      </div>
      {others.length > 0 && (
        <details>
          <summary>All measures</summary>
          <div class="curve-grid">
            {others.map((curve) => (
              <CurveView key={curve.name} curve={curve} {...clock} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

interface CurveProps {
  readonly curve: Curve;
  /** Of the whole width, and where the clock stands. */
  readonly total: number;
  readonly step: number;
  readonly onMove?: (step: number) => void;
}

export function CurveView({ curve, total, step, onMove }: CurveProps) {
  const { title, steps, values } = curve;
  const known = values.flatMap((value) => value ?? []);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (at: number) => (at / total) * width;
  const y = (value: number) => height - 3 - ((value - low) / (high - low || 1)) * (height - 6);
  const lines = pieces(steps, values).map((piece) =>
    piece.map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' '),
  );
  const now = values[steps.findLastIndex((at) => at <= step)];
  const move = (event: MouseEvent & { readonly currentTarget: SVGSVGElement }) => {
    const { left, width: wide } = event.currentTarget.getBoundingClientRect();
    onMove?.(((event.clientX - left) / wide) * total);
  };
  return (
    <figure class="curve">
      <figcaption>
        {title} <b>{valueText(now, curve)}</b>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${title} over training, from ${valueText(low, curve)} to ${valueText(high, curve)}`}
        onPointerDown={move}
      >
        {lines.map((points) => (
          <polyline key={points} points={points} vector-effect="non-scaling-stroke" />
        ))}
        <line x1={x(step)} x2={x(step)} y1={0} y2={height} vector-effect="non-scaling-stroke" />
      </svg>
    </figure>
  );
}

/** Runs of values that are defined. */
export function pieces(steps: readonly number[], values: readonly (number | null)[]): (readonly [number, number])[][] {
  const all: (readonly [number, number])[][] = [[]];
  steps.forEach((step, at) => {
    const value = values[at];
    if (value === null || value === undefined) all.push([]);
    else all.at(-1)?.push([step, value]);
  });
  return all.filter(({ length }) => length > 0);
}

/** Beyond so many modes bars say nothing. */
const mostModes = 64;

interface BarsProps {
  readonly truth: WallTruth | undefined;
  readonly shares: FilmFrame['modeShare'];
}

export function ModeBars({ truth, shares }: BarsProps) {
  if (truth === undefined || shares === undefined || shares.length > mostModes) return null;
  const most = Math.max(...truth.weights, ...shares.map((share) => share ?? 0), 1e-9);
  const wide = 100 / shares.length;
  const reached = shares.filter((share) => share !== null && share > 0).length;
  return (
    <figure class="bars">
      <figcaption>
        Share of samples at each mode, beside the data’s: {countText(reached)} of {countText(shares.length)} reached
      </figcaption>
      <svg viewBox="0 0 100 40" preserveAspectRatio="none" role="img" aria-label="Share of samples at each mode">
        {shares.map((share, mode) => {
          const [p, q] = [((truth.weights[mode] ?? 0) / most) * 38, ((share ?? 0) / most) * 38];
          return (
            <g key={mode} class={mode === pointedMode.value ? 'pointed' : undefined}>
              <title>{`mode ${mode + 1}: ${((share ?? 0) * 100).toFixed(1)} % of samples, ${((truth.weights[mode] ?? 0) * 100).toFixed(1)} % of the data`}</title>
              <rect class="whole" x={mode * wide} y={0} width={wide} height={40} />
              <rect class="weight" x={(mode + 0.1) * wide} y={40 - p} width={0.8 * wide} height={p} />
              <rect
                x={(mode + 0.25) * wide}
                y={40 - q}
                width={0.5 * wide}
                height={q}
                fill={truth.colours[mode] ?? 'currentColor'}
              />
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
