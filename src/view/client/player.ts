/** The clock of a trial's frames: one position for all that is shown, moved by hand, by keys, or by itself. */
import { computed, signal } from '@preact/signals';
import type { TrialFilm } from '../wire.ts';
import { option, setOption } from './address.ts';

/** Milliseconds that a frame stands at speed 1, and the last one. */
export const pause = 130;
export const atEnd = 900;
export const speeds = [0.25, 0.5, 1, 2, 4] as const;

export const film = signal<TrialFilm | undefined>(undefined);
export const isPlaying = signal(false);
export const speed = signal(1);
export const isLooped = signal(true);

const last = computed(() => (film.value?.frames.length ?? 1) - 1);

/** The frame of the step that the address names, the last one where it names none: a film that grows is followed. */
export const position = computed(() => {
  const frames = film.value?.frames ?? [];
  const step = option('step', '');
  if (step === '') return last.value;
  const found = frames.findIndex((frame) => frame.step >= Number(step));
  return found < 0 ? last.value : found;
});

export const frame = computed(() => film.value?.frames[position.value]);

export function moveTo(next: number): void {
  const to = Math.min(last.value, Math.max(0, next));
  setOption('step', to === last.value ? '' : String(film.value?.frames[to]?.step ?? ''), '');
}

/** To the frame that is nearest to a step. */
export function moveToStep(step: number): void {
  const frames = film.value?.frames ?? [];
  const distance = (at: number) => Math.abs((frames[at]?.step ?? 0) - step);
  moveTo(frames.reduce((best, _, at) => (distance(at) < distance(best) ? at : best), 0));
}

export function stop(): void {
  isPlaying.value = false;
}

let runs = 0;

export async function toggle(): Promise<void> {
  isPlaying.value = !isPlaying.value;
  const own = ++runs;
  if (isPlaying.value && position.value === last.value) moveTo(0);
  while (isPlaying.value && own === runs) {
    const wait = position.value === last.value ? atEnd : pause;
    await new Promise((resolve) => setTimeout(resolve, wait / speed.value));
    if (!isPlaying.value || own !== runs) return;
    if (position.value < last.value) moveTo(position.value + 1);
    else if (isLooped.value) moveTo(0);
    else stop();
  }
}

/** ← and → step, the space bar plays; a control that has the focus keeps its own keys. */
export function onKey(event: KeyboardEvent): void {
  const { target, key } = event;
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLButtonElement)
    return;
  if (key === ' ') void toggle();
  else if (key === 'ArrowLeft' || key === 'ArrowRight') {
    stop();
    moveTo(position.value + (key === 'ArrowRight' ? 1 : -1));
  } else return;
  event.preventDefault();
}
