/** Curves of all that is compared, laid over each other: a line a trial, in the colour of its method, dashed where two have one colour. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Curve, TrialRow } from '../wire.ts';
import { pieces } from './curves-view.tsx';
import { keyOf } from './panels.ts';
import { isDark } from './scheme.ts';
import { answer } from './server-link.ts';
import { countText, valueText } from './texts.ts';

export interface Line {
  readonly experiment: string;
  readonly trial: TrialRow;
  /** Of what it belongs to: on a light ground and on a dark one, and as it is called. */
  readonly colour: readonly [light: string, dark: string];
  readonly title: string;
}

interface Read {
  readonly version: string;
  readonly curves: readonly Curve[];
}

/** By `keyOf`. */
const known = signal<ReadonlyMap<string, Read>>(new Map());

const [width, height] = [320, 110];
const dashes = ['', '7 4', '2 3', '9 3 2 3'] as const;

/** Measures that stand open, the others behind a press. */
const mostOpen = 6;

export function OverlaidCurves({ lines }: { readonly lines: readonly Line[] }) {
  const keys = lines.map(({ experiment, trial }) => `${keyOf(experiment, trial.id)} ${trial.version}`).join();
  useEffect(() => {
    for (const { experiment, trial } of lines) void read(experiment, trial);
  }, [keys]);
  const all = lines.flatMap((line) => {
    const curves = known.value.get(keyOf(line.experiment, line.trial.id))?.curves;
    return curves ? [{ ...line, curves }] : [];
  });
  const names = [...new Set(all.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  if (names.length === 0) return null;
  const titles = [...new Set(lines.map(({ title }) => title))];
  const styleOf = styles(lines);
  const last = Math.max(1, ...all.flatMap(({ curves }) => curves.flatMap(({ steps }) => steps.at(-1) ?? 0)));
  const view = (name: string) => (
    <Overlaid
      key={name}
      last={last}
      drawn={all.flatMap(({ curves, title }) => {
        const curve = curves.find((one) => one.name === name);
        return curve ? [{ curve, style: styleOf(title) }] : [];
      })}
    />
  );
  return (
    <section class="overlaid" aria-label="Curves">
      <p class="keys">
        {titles.map((title) => (
          <span key={title}>
            <svg viewBox="0 0 28 8" aria-hidden="true">
              <line x1={0} x2={28} y1={4} y2={4} style={styleOf(title)} />
            </svg>
            {title}
          </span>
        ))}
      </p>
      <div class="curve-grid">{names.slice(0, mostOpen).map(view)}</div>
      {names.length > mostOpen && (
        <details>
          <summary>All measures</summary>
          <div class="curve-grid">{names.slice(mostOpen).map(view)}</div>
        </details>
      )}
    </section>
  );
}

// An interface would not do: the elements' own type has an index.
type Style = Readonly<Record<'stroke' | 'strokeDasharray', string>>;

/** What of one colour came before says which dashes a line has. */
function styles(lines: readonly Line[]): (title: string) => Style {
  const of = new Map<string, Style>();
  for (const { title, colour } of lines) {
    const stroke = colour[isDark.value ? 1 : 0];
    const before = [...of.values()].filter((style) => style.stroke === stroke).length;
    if (!of.has(title)) of.set(title, { stroke, strokeDasharray: dashes[before % dashes.length] ?? '' });
  }
  return (title) => of.get(title) ?? { stroke: 'currentColor', strokeDasharray: '' };
}

interface OverlaidProps {
  readonly drawn: readonly { readonly curve: Curve; readonly style: Style }[];
  /** Step at the right edge. */
  readonly last: number;
}

function Overlaid({ drawn, last }: OverlaidProps) {
  const [first] = drawn;
  const values = drawn.flatMap(({ curve }) => curve.values.flatMap((value) => value ?? []));
  if (first === undefined || values.length === 0) return null;
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const y = (value: number) => height - 4 - ((value - low) / (high - low || 1)) * (height - 8);
  const text = (value: number) => valueText(value, first.curve);
  return (
    <figure class="curve">
      <figcaption>
        {first.curve.title}
        <span>
          {text(low)} to {text(high)}
        </span>
      </figcaption>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${first.curve.title} of ${drawn.length} trials to step ${countText(last)}, from ${text(low)} to ${text(high)}`}
      >
        {drawn.flatMap(({ curve, style }, at) =>
          pieces(curve.steps, curve.values).map((piece, part) => (
            <polyline
              key={`${at} ${part}`}
              style={style}
              points={piece
                .map(([step, value]) => `${((step / last) * width).toFixed(1)},${y(value).toFixed(1)}`)
                .join(' ')}
              vector-effect="non-scaling-stroke"
            />
          )),
        )}
      </svg>
    </figure>
  );
}

async function read(experiment: string, { id, version }: TrialRow): Promise<void> {
  const key = keyOf(experiment, id);
  if (known.peek().get(key)?.version === version) return;
  try {
    const curves = await answer<readonly Curve[]>(`curves/${encodeURIComponent(experiment)}/${encodeURIComponent(id)}`);
    known.value = new Map(known.peek()).set(key, { version, curves });
  } catch {
    // The table says what there is.
  }
}
