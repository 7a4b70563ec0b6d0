/** The films' one clock: a bar that plays, stops and moves all of them together, by mouse or by keys. */
import { pageElement } from './page-element.ts';

/** Milliseconds from a frame to the next at speed 1: ten a second, or as many as are drawn. The last one stands longer. */
const each = 100;
const atEnd = 900;
const speeds = [0.25, 0.5, 1, 2, 4] as const;

/**
 * Makes the bar in the section of films. `steps`: training steps of its positions; `show` draws a position and ends when it is
 * drawn. The clock starts at its end, as still pictures do.
 */
export function startClock(steps: readonly number[], show: (position: number) => Promise<unknown>): void {
  const section = pageElement('#films', HTMLElement);
  const last = steps.length - 1;
  let position = last;
  let playing = false;
  let runs = 0;

  const play = Object.assign(document.createElement('button'), { type: 'button' });
  const slider = Object.assign(document.createElement('input'), {
    type: 'range',
    max: String(last),
    value: String(last),
  });
  slider.setAttribute('aria-label', 'Training step');
  const says = document.createElement('output');
  const speed = document.createElement('select');
  for (const times of speeds) speed.add(new Option(`${times}×`, String(times), times === 1, times === 1));
  const loop = Object.assign(document.createElement('input'), { type: 'checkbox', checked: true });

  function setPlaying(value: boolean): void {
    playing = value;
    play.textContent = value ? 'Pause' : 'Play';
  }

  function moveTo(next: number): Promise<unknown> {
    position = Math.min(last, Math.max(0, next));
    slider.value = String(position);
    const text = `step ${(steps[position] ?? 0).toLocaleString('en-GB')}`;
    slider.setAttribute('aria-valuetext', text);
    says.textContent = `${text} of ${(steps[last] ?? 0).toLocaleString('en-GB')}`;
    return show(position);
  }

  /** One frame after the other, as long as this is the latest call. */
  async function run(): Promise<void> {
    runs++;
    const own = runs;
    for (let next = position === last ? 0 : position + 1; playing && own === runs; next = position + 1) {
      const began = performance.now();
      if (next > last && !loop.checked) setPlaying(false);
      else await moveTo(next > last ? 0 : next);
      const due = began + (position === last ? atEnd : each) / Number(speed.value);
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
    }
  }

  function toggle(): void {
    setPlaying(!playing);
    if (playing) run();
  }

  play.addEventListener('click', toggle);
  slider.addEventListener('input', () => {
    setPlaying(false);
    moveTo(slider.valueAsNumber);
  });
  section.addEventListener('keydown', (event) => {
    const { target, key } = event;
    const isPicture = target instanceof HTMLElement && target.classList.contains('plot');
    if (key === ' ' && (isPicture || target === slider)) toggle();
    else if (isPicture && (key === 'ArrowRight' || key === 'ArrowLeft')) {
      setPlaying(false);
      moveTo(position + (key === 'ArrowRight' ? 1 : -1));
    } else return;
    event.preventDefault();
  });

  const bar = document.createElement('div');
  bar.className = 'clock';
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Clock of all films');
  bar.append(play, slider, says, labelled('speed', speed), labelled('loop', loop));
  section.append(bar); // it stays at the window's lower edge as long as films are seen
  setPlaying(false);
  moveTo(last);
}

function labelled(text: string, control: HTMLElement): HTMLElement {
  const label = document.createElement('label');
  label.append(text, control);
  return label;
}
