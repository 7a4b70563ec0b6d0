/** The large picture of a trial: its layers, and what lies under the pointer. */
import { signal, useSignal, useSignalEffect } from '@preact/signals';
import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FilmFrame, WallGroup, WallTruth } from '../wire.ts';
import { isShown, type LayerName, layers, turnLayer } from './layers.ts';
import { contours, gradient, manifold, reconstructions, scalesOf } from './overlays.ts';
import { nearestMode, paint } from './paint.ts';
import { inks, isDark } from './scheme.ts';
import { countText } from './texts.ts';
import { floats } from './unpack.ts';

interface StageProps {
  readonly shown: FilmFrame;
  readonly truth: WallTruth | undefined;
  readonly group: WallGroup;
  readonly latentDim: number;
  /** The step by which a mode was first reached. */
  readonly firstReached?: (mode: number) => number | undefined;
}

/** The mode under the pointer, of whichever picture; −1 for none. */
export const pointedMode = signal(-1);

/** The width of a canvas on the page, in CSS pixels. */
export function useWidth(canvas: RefObject<HTMLCanvasElement | null>) {
  const width = useSignal(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      width.value = Math.round(entry?.contentRect.width ?? 0);
    });
    if (canvas.current) observer.observe(canvas.current);
    return () => observer.disconnect();
  }, []);
  return width;
}

export function Stage(props: StageProps) {
  const { picture } = props.shown;
  if (picture.kind === 'sheet')
    return <img class="stage sheet" src={picture.uri} alt={`${picture.columns * picture.rows} samples`} />;
  if (picture.kind === 'none') return <div class="stage picture empty">{picture.why}</div>;
  return <StageCanvas {...props} />;
}

/** Apart from the stage: it is there only while there is something to draw. */
function StageCanvas(props: StageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const sample = useSignal(-1);
  const latest = useSignal(props);
  latest.value = props;
  useSignalEffect(() => {
    const scale = window.devicePixelRatio || 1;
    const now = latest.value;
    if (!canvas.current || width.value === 0) return;
    canvas.current.width = Math.round(width.value * scale);
    canvas.current.height = canvas.current.width;
    draw(canvas.current, scale, now);
  });
  const pointed = (event: PointerEvent) => {
    [pointedMode.value, sample.value] = under(event, props);
  };
  const gone = () => {
    [pointedMode.value, sample.value] = [-1, -1];
  };
  const said = [modeText(props, pointedMode.value), sampleText(props, sample.value)].filter((text) => text !== '');
  return (
    <div class="stage">
      <canvas
        ref={canvas}
        aria-label={`Samples of ${props.group.label} at step ${props.shown.step}, over the data and D’s map`}
        onPointerMove={pointed}
        onPointerLeave={gone}
      />
      <p class="tip" role="status">
        {said.join(' · ') || 'Point at a mode or at a sample.'}
      </p>
    </div>
  );
}

function draw(
  canvas: HTMLCanvasElement,
  scale: number,
  { shown, truth, group, latentDim }: Omit<StageProps, 'firstReached'>,
): void {
  const { picture } = shown;
  if (picture.kind !== 'plane' && picture.kind !== 'line') return;
  const own = inks();
  const colour = group.colour[isDark.value ? 1 : 0];
  const on = Object.fromEntries(layers.map(({ name }) => [name, isShown(name)])) as Record<
    (typeof layers)[number]['name'],
    boolean
  >; // the layers' own names
  const base = { inks: own, truth, colour, showData: on.data, showMap: on.map, showSamples: on.samples };
  paint(canvas, picture, scale, base);
  const context = canvas.getContext('2d');
  if (context === null || picture.kind !== 'plane') return;
  if (on.contours) contours(context, picture, scale, own);
  if (on.arrows) gradient(context, picture, shown, scale, own);
  if (on.rebuilt) reconstructions(context, picture, shown, scale, own);
  if (on.manifold && picture.axes[1].name === 'x1') manifold(context, picture, shown, latentDim, scale, colour);
}

/** CSS pixels that a pointer may miss a sample by. */
const near = 9;

function under(
  { offsetX, offsetY, currentTarget }: PointerEvent,
  { truth, shown: { picture } }: StageProps,
): readonly [mode: number, sample: number] {
  if (picture.kind !== 'plane' || !(currentTarget instanceof HTMLCanvasElement)) return [-1, -1];
  const { clientWidth, clientHeight } = currentTarget;
  const { x, y } = scalesOf(picture, clientWidth, clientHeight);
  const points = floats(picture.generated);
  let [best, least] = [-1, near];
  for (let at = 0; at * 2 + 1 < points.length; at++) {
    const distance = Math.hypot(x(points[2 * at] ?? 0) - offsetX, y(points[2 * at + 1] ?? 0) - offsetY);
    if (distance < least) [best, least] = [at, distance];
  }
  if (truth?.dim !== 2 || picture.axes[1].name !== 'x1') return [-1, best];
  const [across, up] = picture.axes;
  const wide = { ...truth, radius: Math.max(truth.radius, ((across.high - across.low) * 2 * near) / clientWidth) };
  const mode = nearestMode(
    wide,
    across.low + (offsetX / clientWidth) * (across.high - across.low),
    up.high - (offsetY / clientHeight) * (up.high - up.low),
  );
  return [mode, best];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function modeText({ shown: { modeShare, modeScore }, firstReached }: StageProps, mode: number): string {
  if (mode < 0) return '';
  const share = modeShare?.[mode];
  const score = modeScore?.[mode];
  const first = firstReached?.(mode);
  return [
    `mode ${mode + 1}`,
    ...(share === undefined || share === null ? [] : [`${percent(share)} of the samples`]),
    ...(score === undefined || score === null ? [] : [`D ${score.toFixed(2)}`]),
    ...(first === undefined ? [] : [`first reached by step ${countText(first)}`]),
  ].join(', ');
}

function sampleText({ shown: { latents }, latentDim: dim }: StageProps, sample: number): string {
  const z = sample < 0 ? [] : [...floats(latents).subarray(sample * dim, (sample + 1) * dim)];
  return z.length === 0
    ? ''
    : `sample of z (${z
        .slice(0, 4)
        .map((value) => value.toFixed(2))
        .join(', ')}${dim > 4 ? ', …' : ''})`;
}

interface ToggleProps {
  readonly shown: FilmFrame;
  /** What else stands beside the toggles. */
  readonly children: ComponentChildren;
}

export function LayerToggles({ shown, children }: ToggleProps) {
  const { kind } = shown.picture;
  const drawn = kind === 'plane' || kind === 'line' ? layers : [];
  return (
    <fieldset class="controls" aria-label="Layers">
      {drawn.map(({ name, label, says }) => (
        <label key={name} title={says} class={isThere(shown, name) ? undefined : 'absent'}>
          <input type="checkbox" checked={isShown(name)} onChange={() => turnLayer(name)} />
          {label}
        </label>
      ))}
      {children}
    </fieldset>
  );
}

/** Whether the frame that is shown has what a layer draws. */
function isThere({ picture, lattice, score, reconstructions: pairs }: FilmFrame, name: LayerName): boolean {
  if (name === 'manifold') return lattice !== undefined;
  if (name === 'arrows') return score !== undefined;
  if (name === 'rebuilt') return pairs !== undefined;
  if (name === 'map' || name === 'contours') return 'map' in picture;
  return true;
}
