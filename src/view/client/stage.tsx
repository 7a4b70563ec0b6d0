/** The large picture of a trial: its layers, what lies under the pointer, and the picture as a file. */
import { computed, signal, useSignal, useSignalEffect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FilmFrame, Wall, WallGroup } from '../wire.ts';
import { isShown, type LayerName, layers, turnLayer } from './layers.ts';
import { contours, gradient, manifold, reconstructions, scalesOf } from './overlays.ts';
import { nearestMode, paint } from './paint.ts';
import { film, frame } from './player.ts';
import { inks, isDark } from './scheme.ts';
import { countText } from './texts.ts';
import { floats } from './unpack.ts';

interface Props {
  readonly wall: Wall;
  readonly group: WallGroup;
}

/** The mode and the sample under the pointer; −1 for none. */
export const pointedMode = signal(-1);
const pointedSample = signal(-1);

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

export function Stage({ wall, group }: Props) {
  const picture = frame.value?.picture;
  if (picture?.kind === 'sheet')
    return <img class="stage sheet" src={picture.uri} alt={`${picture.columns * picture.rows} samples`} />;
  if (picture === undefined || picture.kind === 'none') return <div class="stage picture empty">{picture?.why}</div>;
  return <StageCanvas wall={wall} group={group} />;
}

/** Apart from the stage: it is there only while there is something to draw. */
function StageCanvas({ wall, group }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  useSignalEffect(() => {
    const scale = window.devicePixelRatio || 1;
    const shown = frame.value;
    if (!canvas.current || width.value === 0 || !shown) return;
    canvas.current.width = Math.round(width.value * scale);
    canvas.current.height = canvas.current.width;
    draw(canvas.current, shown, scale, wall, group);
  });
  const pointed = (event: PointerEvent) => {
    const [mode, sample] = under(event, wall);
    pointedMode.value = mode;
    pointedSample.value = sample;
  };
  const gone = () => {
    pointedMode.value = -1;
    pointedSample.value = -1;
  };
  return (
    <div class="stage">
      <canvas
        ref={canvas}
        aria-label={`Samples of ${group.label} at step ${frame.value?.step ?? 0}, over the data and D’s map`}
        onPointerMove={pointed}
        onPointerLeave={gone}
      />
      <p class="tip" role="status">
        {tip.value || 'Point at a mode or at a sample.'}
      </p>
    </div>
  );
}

function draw(canvas: HTMLCanvasElement, shown: FilmFrame, scale: number, wall: Wall, group: WallGroup): void {
  const { picture } = shown;
  if (picture.kind !== 'plane' && picture.kind !== 'line') return;
  const own = inks();
  const colour = group.colour[isDark.value ? 1 : 0];
  const on = Object.fromEntries(layers.map(({ name }) => [name, isShown(name)])) as Record<
    (typeof layers)[number]['name'],
    boolean
  >; // the layers' own names
  const base = { inks: own, truth: wall.truth, colour, showData: on.data, showMap: on.map, showSamples: on.samples };
  paint(canvas, picture, scale, base);
  const context = canvas.getContext('2d');
  if (context === null || picture.kind !== 'plane') return;
  if (on.contours) contours(context, picture, scale, own);
  if (on.arrows) gradient(context, picture, shown, scale, own);
  if (on.rebuilt) reconstructions(context, picture, shown, scale, own);
  if (on.manifold && picture.axes[1].name === 'x1')
    manifold(context, picture, shown, film.peek()?.latentDim ?? 2, scale, colour);
}

/** CSS pixels that a pointer may miss a sample by. */
const near = 9;

function under(
  { offsetX, offsetY, currentTarget }: PointerEvent,
  { truth }: Wall,
): readonly [mode: number, sample: number] {
  const picture = frame.peek()?.picture;
  if (picture?.kind !== 'plane' || !(currentTarget instanceof HTMLCanvasElement)) return [-1, -1];
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

const tip = computed(() => {
  const shown = frame.value;
  if (shown === undefined) return '';
  return [modeText(shown, pointedMode.value), sampleText(shown, pointedSample.value)]
    .filter((text) => text !== '')
    .join(' · ');
});

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function modeText({ modeShare, modeScore }: FilmFrame, mode: number): string {
  if (mode < 0) return '';
  const share = modeShare?.[mode];
  const score = modeScore?.[mode];
  const first = film.value?.frames.find((frame) => (frame.modeShare?.[mode] ?? 0) > 0)?.step;
  return [
    `mode ${mode + 1}`,
    ...(share === undefined || share === null ? [] : [`${percent(share)} of the samples`]),
    ...(score === undefined || score === null ? [] : [`D ${score.toFixed(2)}`]),
    ...(first === undefined ? [] : [`first reached by step ${countText(first)}`]),
  ].join(', ');
}

function sampleText({ latents }: FilmFrame, sample: number): string {
  const dim = film.value?.latentDim ?? 0;
  const z = sample < 0 ? [] : [...floats(latents).subarray(sample * dim, (sample + 1) * dim)];
  return z.length === 0
    ? ''
    : `sample of z (${z
        .slice(0, 4)
        .map((value) => value.toFixed(2))
        .join(', ')}${dim > 4 ? ', …' : ''})`;
}

export function LayerToggles() {
  const kind = frame.value?.picture.kind;
  const isDrawn = kind === 'plane' || kind === 'line';
  return (
    <fieldset class="controls" aria-label="Layers">
      {layers.map(({ name, label, says }) => (
        <label key={name} title={says} class={isThere(name) ? undefined : 'absent'}>
          <input type="checkbox" checked={isShown(name)} onChange={() => turnLayer(name)} />
          {label}
        </label>
      ))}
      <button type="button" disabled={!isDrawn} onClick={savePicture}>
        Save PNG
      </button>
    </fieldset>
  );
}

/** Whether the frame that is shown has what a layer draws. */
function isThere(name: LayerName): boolean {
  const { picture, lattice, score, reconstructions: pairs } = frame.value ?? {};
  if (name === 'manifold') return lattice !== undefined;
  if (name === 'arrows') return score !== undefined;
  if (name === 'rebuilt') return pairs !== undefined;
  if (name === 'map' || name === 'contours') return (picture && 'map' in picture) ?? false;
  return true;
}

/** What is seen, on the page's own ground. */
function savePicture(): void {
  const canvas = document.querySelector<HTMLCanvasElement>('.stage canvas');
  const shown = film.peek();
  if (canvas === null || shown === undefined) return;
  const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height });
  const context = copy.getContext('2d');
  if (context === null) return;
  context.fillStyle = inks().ground;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(canvas, 0, 0);
  copy.toBlob((blob) => {
    if (blob === null) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(blob);
    link.download = `${shown.id}-step-${frame.peek()?.step ?? 0}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  });
}
