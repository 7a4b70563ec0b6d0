/** The latents of a trial: each z in the colour of the mode that G sends it to, and E(x) in that of the mode of x. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { FilmFrame, WallTruth } from '../wire.ts';
import { nearestMode } from './paint.ts';
import { type Inks, inks, isDark } from './scheme.ts';
import { useWidth } from './stage.tsx';
import { floats } from './unpack.ts';

interface LatentProps {
  readonly shown: FilmFrame;
  readonly truth: WallTruth | undefined;
  readonly latentDim: number;
}

export function LatentView(props: LatentProps) {
  const latest = useSignal(props);
  latest.value = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  useSignalEffect(() => {
    const scale = window.devicePixelRatio || 1;
    const { shown, truth } = latest.value;
    isDark.value;
    if (!canvas.current || width.value === 0) return;
    canvas.current.width = Math.round(width.value * scale);
    canvas.current.height = canvas.current.width;
    draw(canvas.current, shown, scale, truth, inks());
  });
  const { picture } = props.shown;
  // A method without a generator is looked at among the latents anyway.
  const isData = picture.kind === 'plane' && picture.axes[1].name === 'x1';
  if (props.latentDim !== 2 || props.truth?.dim !== 2 || !isData) return null;
  return (
    <figure class="latent">
      <canvas ref={canvas} aria-label="Latents in the colours of the modes that G sends them to" />
      <figcaption>
        Latents: dots, z in the colour of the mode that G(z) is nearest to; squares, E(x) in that of x. Faint: near
        none.
      </figcaption>
    </figure>
  );
}

function draw(
  canvas: HTMLCanvasElement,
  shown: FilmFrame,
  scale: number,
  truth: WallTruth | undefined,
  { ink, line }: Inks,
): void {
  const context = canvas.getContext('2d');
  const { picture } = shown;
  if (context === null || truth === undefined || picture.kind !== 'plane') return;
  const latents = floats(shown.latents);
  const codes = floats(shown.codes);
  const reach = 1.15 * Math.max(1e-6, ...latents.map(Math.abs), 0);
  const place = (value: number) => ((value + reach) / (2 * reach)) * canvas.width;
  const wide = { ...truth, radius: truth.reach };
  const colourAt = (points: Float32Array, at: number) => {
    const mode = nearestMode(wide, points[2 * at] ?? Number.NaN, points[2 * at + 1] ?? Number.NaN);
    return mode < 0 ? undefined : truth.colours[mode];
  };
  const mark = (points: Float32Array, of: Float32Array, size: number, isRound: boolean) => {
    for (let at = 0; at * 2 + 1 < points.length; at++) {
      const colour = colourAt(of, at);
      context.fillStyle = colour ?? ink;
      context.globalAlpha = colour ? 0.9 : 0.3;
      const [px, py] = [place(points[2 * at] ?? Number.NaN), canvas.height - place(points[2 * at + 1] ?? Number.NaN)];
      if (!isRound) {
        context.strokeStyle = colour ?? ink;
        context.lineWidth = scale;
        context.strokeRect(px - size, py - size, 2 * size, 2 * size);
        continue;
      }
      context.beginPath();
      context.arc(px, py, size, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
  };
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.strokeStyle = line;
  context.lineWidth = scale;
  context.beginPath();
  context.moveTo(place(0), 0);
  context.lineTo(place(0), canvas.height);
  context.moveTo(0, place(0));
  context.lineTo(canvas.width, place(0));
  context.stroke();
  mark(latents, floats(picture.generated), 2.4 * scale, true);
  mark(codes, floats(picture.real), 2.2 * scale, false);
}
