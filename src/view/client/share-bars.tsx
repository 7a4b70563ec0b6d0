/** Which classes the samples are of: a bar a class, the data's behind it. Small on the wall, with names beside a large picture. */
import type { ModeShare, Picture } from '../wire.ts';
import { countText } from './texts.ts';

interface Props {
  readonly picture: Picture | undefined;
  readonly isSmall?: boolean;
}

/** Beyond so many classes their names overlap. */
const mostNames = 24;

export function ShareBars({ picture, isSmall = false }: Props) {
  const shares = picture?.kind === 'sheet' ? (picture.shares ?? []) : [];
  if (shares.length === 0) return null;
  const most = Math.max(...shares.flatMap(({ real, generated }) => [real, generated]), 1e-9);
  const reached = shares.filter(({ generated }) => generated > 0).length;
  const says = `Share of samples of each class, beside the data’s: ${countText(reached)} of ${countText(shares.length)} reached`;
  return (
    <figure class={`bars ${isSmall ? 'small' : ''}`}>
      {!isSmall && <figcaption>{says}</figcaption>}
      <svg viewBox={`0 0 ${shares.length} 40`} preserveAspectRatio="none" role="img" aria-label={says}>
        {shares.map((one, at) => (
          <Bar key={one.mode} share={one} at={at} scale={38 / most} />
        ))}
      </svg>
      {!isSmall && shares.length <= mostNames && (
        <ol class="names" style={{ gridTemplateColumns: `repeat(${shares.length}, 1fr)` }}>
          {shares.map(({ mode }) => (
            <li key={mode}>{mode}</li>
          ))}
        </ol>
      )}
    </figure>
  );
}

interface BarProps {
  readonly share: ModeShare;
  readonly at: number;
  readonly scale: number;
}

function Bar({ share: { mode, real, generated }, at, scale }: BarProps) {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const [p, q] = [real * scale, generated * scale];
  return (
    <g>
      <title>{`${mode}: ${percent(generated)} of samples, ${percent(real)} of the data`}</title>
      <rect class="whole" x={at} y={0} width={1} height={40} />
      <rect class="weight" x={at + 0.1} y={40 - p} width={0.8} height={p} />
      <rect class="own" x={at + 0.25} y={40 - q} width={0.5} height={q} />
    </g>
  );
}
