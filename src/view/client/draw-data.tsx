/** Draws data by hand: modes by clicks, or points by a brush or pasted, which are gathered into modes. */
import { useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { clusters, type Point, pointsIn } from '../play/cluster.ts';
import { type DrawnMode, modesText, parseModes } from '../play/course.ts';
import { option, setOption } from './address.ts';
import { inks, isDark } from './scheme.ts';
import { useWidth } from './stage.tsx';

/** Data units from the middle to a side, at least. */
const reach = 3;

export function DrawData() {
  const modes = useSignal<readonly DrawnMode[]>(parseModes(option('modes', '')) ?? []);
  const points = useSignal<readonly Point[]>([]);
  const tool = useSignal<'modes' | 'points'>('modes');
  const std = useSignal(0.1);
  const count = useSignal(5);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useWidth(canvas);
  const sideOf = () =>
    Math.max(
      reach,
      ...points.value.flat().map((value) => 1.2 * Math.abs(value)),
      ...modes.value.flatMap(({ x, y }) => [1.2 * Math.abs(x), 1.2 * Math.abs(y)]),
    );
  useSignalEffect(() => {
    isDark.value;
    if (canvas.current && width.value > 0) draw(canvas.current, width.value, sideOf(), modes.value, points.value);
  });
  const placeOf = ({ offsetX, offsetY }: PointerEvent): Point => {
    const at = (pixel: number) => (pixel / width.value - 0.5) * 2 * sideOf();
    return [at(offsetX), -at(offsetY)];
  };
  const pressed = (event: PointerEvent) => {
    const [x, y] = placeOf(event);
    if (tool.value === 'modes') modes.value = [...modes.value, { x, y, std: std.value, weight: 1 }];
    else points.value = [...points.value, [x, y]];
  };
  const moved = (event: PointerEvent) => {
    if (tool.value === 'points' && event.buttons === 1) points.value = [...points.value, placeOf(event)];
  };
  return (
    <details class="draw" open={option('modes', '') !== ''}>
      <summary>Draw or paste data</summary>
      <div class="stage-row">
        <canvas ref={canvas} aria-label="A plane to draw data in" onPointerDown={pressed} onPointerMove={moved} />
        <fieldset class="settings" aria-label="Data">
          <label>
            <span>a click makes</span>
            <select
              value={tool.value}
              onChange={({ currentTarget }) => {
                tool.value = currentTarget.value === 'points' ? 'points' : 'modes';
              }}
            >
              <option value="modes">a mode</option>
              <option value="points">points (press and move)</option>
            </select>
          </label>
          <label>
            <span>σ of a mode</span>
            <input
              type="number"
              step={0.05}
              min={0.01}
              value={std.value}
              onChange={({ currentTarget }) => {
                std.value = Math.max(0.001, currentTarget.valueAsNumber || std.value);
              }}
            />
          </label>
          <label>
            <span>paste points, x y a line</span>
            <textarea
              rows={3}
              onChange={({ currentTarget }) => {
                points.value = pointsIn(currentTarget.value);
              }}
            />
          </label>
          <label>
            <span>modes among {points.value.length} points</span>
            <input
              type="number"
              min={1}
              max={50}
              value={count.value}
              onChange={({ currentTarget }) => {
                count.value = Math.max(1, Math.min(50, Math.round(currentTarget.valueAsNumber) || 1));
              }}
            />
          </label>
          <p class="keep">
            <button
              type="button"
              disabled={points.value.length === 0}
              onClick={() => {
                modes.value = clusters(points.value, count.value);
              }}
            >
              Gather into modes
            </button>
            <button
              type="button"
              onClick={() => {
                modes.value = [];
                points.value = [];
              }}
            >
              Clear
            </button>
            <button
              type="button"
              disabled={modes.value.length === 0}
              onClick={() => setOption('modes', modesText(modes.value), '')}
            >
              Train on it
            </button>
            {option('modes', '') !== '' && (
              <button type="button" onClick={() => setOption('modes', '', '')}>
                The experiment’s own data
              </button>
            )}
          </p>
          <p class="soft">Data are Gaussians with the mean, the σ and the share of each mode’s points.</p>
        </fieldset>
      </div>
    </details>
  );
}

function draw(
  canvas: HTMLCanvasElement,
  width: number,
  side: number,
  modes: readonly DrawnMode[],
  points: readonly Point[],
): void {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = canvas.width;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const { ink, soft, line } = inks();
  const at = (value: number) => (value / side / 2 + 0.5) * canvas.width;
  context.strokeStyle = line;
  context.beginPath();
  context.moveTo(at(0), 0);
  context.lineTo(at(0), canvas.height);
  context.moveTo(0, at(0));
  context.lineTo(canvas.width, at(0));
  context.stroke();
  context.fillStyle = soft;
  for (const [x, y] of points) context.fillRect(at(x) - scale, at(-y) - scale, 2 * scale, 2 * scale);
  context.strokeStyle = ink;
  for (const { x, y, std } of modes)
    for (const sigmas of [1, 3]) {
      context.beginPath();
      context.arc(at(x), at(-y), (sigmas * std * canvas.width) / side / 2, 0, 2 * Math.PI);
      context.stroke();
    }
}
