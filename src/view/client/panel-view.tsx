/** One trial on the wall: its picture, drawn when it comes near the window and again when it changed, and its figures. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Panel, TrialRow, Wall, WallGroup } from '../wire.ts';
import { linkTo, option } from './address.ts';
import { paint } from './paint.ts';
import { keyOf, panels, want } from './panels.ts';
import { inks, isDark } from './scheme.ts';
import { ShareBars } from './share-bars.tsx';
import { countText, secondsLeft, secondsText, valueOfMost, valueText } from './texts.ts';

interface Props {
  readonly wall: Wall;
  readonly group: WallGroup;
  readonly trial: TrialRow;
}

export function PanelView({ wall, group, trial }: Props) {
  const place = useRef<HTMLElement>(null);
  const isNear = useSignal(false);
  const panel = panels.value.get(keyOf(wall.experiment, trial.id));
  useEffect(() => {
    const observer = new IntersectionObserver(
      ([entry]) => {
        isNear.value = entry?.isIntersecting ?? false;
      },
      { rootMargin: '400px 0px' },
    );
    if (place.current) observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  const near = isNear.value;
  useEffect(() => {
    if (near && trial.state !== 'waiting') void want(wall.experiment, trial.id, trial.version);
  }, [near, trial.version]);
  return (
    <article class={`panel ${trial.state}`} ref={place} aria-label={labelOf(wall, group, trial)}>
      <a class="open" href={linkTo(wall.experiment, trial.id)} aria-label={`Open ${group.label}, seed ${trial.seed}`}>
        <PictureView wall={wall} group={group} panel={panel} />
      </a>
      <ShareBars picture={panel?.picture} isSmall />
      <Figures wall={wall} trial={trial} />
      {panel?.findings.map(({ name, because }) => (
        <p class="finding" key={name} title={`${name}: ${wall.rules[name] ?? ''}`}>
          <b>{name}</b> {because}
        </p>
      ))}
    </article>
  );
}

function labelOf({ columns }: Wall, { label }: WallGroup, { seed, state, values }: TrialRow): string {
  const known = columns.flatMap((column, at) => {
    const value = values[at];
    return value === null || value === undefined ? [] : [`${column.title} ${valueOfMost(value, column)}`];
  });
  return [`${label}, seed ${seed}, ${state}`, ...known].join(', ');
}

function PictureView({ wall, group, panel }: Pick<Props, 'wall' | 'group'> & { readonly panel: Panel | undefined }) {
  const picture = panel?.picture;
  if (picture === undefined) return <div class="picture empty" />;
  switch (picture.kind) {
    case 'none':
      return <div class="picture empty">{picture.why}</div>;
    case 'sheet':
      return <img class="picture sheet" src={picture.uri} alt={`${picture.columns * picture.rows} samples`} />;
    default:
      return <Drawn wall={wall} group={group} picture={picture} />;
  }
}

type Points = Extract<Panel['picture'], { kind: 'plane' | 'line' }>;

function Drawn({ wall, group, picture }: Pick<Props, 'wall' | 'group'> & { readonly picture: Points }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSignal(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      size.value = Math.round(entry?.contentRect.width ?? 0);
    });
    if (canvas.current) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  const latest = useSignal({ wall, group, picture });
  latest.value = { wall, group, picture };
  useSignalEffect(() => {
    const { wall, group, picture } = latest.value;
    const scale = window.devicePixelRatio || 1;
    const pixels = Math.round(size.value * scale);
    const dark = isDark.value;
    if (!canvas.current || pixels === 0) return;
    canvas.current.width = pixels;
    canvas.current.height = pixels;
    paint(canvas.current, picture, scale, {
      ...{ inks: inks(), truth: wall.truth, colour: group.colour[dark ? 1 : 0] },
      ...{ showData: option('data', 'on') === 'on', showMap: option('map', 'on') === 'on' },
    });
  });
  return <canvas class="picture" ref={canvas} />;
}

function Figures({ wall: { columns }, trial }: Pick<Props, 'wall' | 'trial'>) {
  const [lead, ...others] = columns;
  const left = secondsLeft(trial);
  const { state, step, steps, stepsPerSecond, seed, values } = trial;
  const isAtWork = state === 'running' || state === 'waiting';
  return (
    <div class="figures">
      <p class="lead">
        <span class="seed">seed {seed}</span>
        {(state === 'failed' || state === 'diverged') && <b class="lost">{state}</b>}
      </p>
      {lead && state !== 'failed' && (
        <dl>
          <div class="lead">
            <dt>{lead.title}</dt>
            <dd>{valueOfMost(values[0], lead)}</dd>
          </div>
          {others.map((column, at) => (
            <div key={column.name}>
              <dt>{column.title}</dt>
              <dd>{valueText(values[at + 1], column)}</dd>
            </div>
          ))}
        </dl>
      )}
      {isAtWork && (
        <>
          <progress max={steps ?? 1} value={steps === undefined ? 0 : step} aria-label="steps done" />
          <p class="soft">
            {state === 'waiting'
              ? 'waits'
              : `step ${countText(step)}${stepsPerSecond ? ` · ${countText(stepsPerSecond)}/s` : ''}${left === undefined ? '' : ` · ${secondsText(left)}`}`}
          </p>
        </>
      )}
    </div>
  );
}
