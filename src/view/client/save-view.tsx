/** Saves what is seen: the panels as a PNG, and on a trial's page all kept frames of them as a GIF. */
import { signal } from '@preact/signals';
import { GifRecorder } from './gif.ts';
import { atEnd, film, moveTo, pause, position, speed, stop } from './player.ts';
import { saveFile } from './save-file.ts';
import { inks } from './scheme.ts';
import { snapshot } from './snapshot.ts';

interface Props {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly title: string;
}

const panels = () => [...document.querySelectorAll('.stage-row')];

export function SavePng({ name, title }: Props) {
  const save = async () => {
    const seen = await snapshot({ panels: panels(), title, scale: window.devicePixelRatio || 1 });
    seen?.toBlob((blob) => blob && saveFile(blob, `${name}.png`));
  };
  return (
    <button type="button" onClick={() => void save()}>
      Save PNG
    </button>
  );
}

/** Frames recorded so far; `undefined` while nothing is being recorded. */
const recorded = signal<number | undefined>(undefined);

/** @param titleOf what stands above a frame's panels. */
export function SaveGif({ name, titleOf }: { readonly name: string; readonly titleOf: (step: number) => string }) {
  const count = film.value?.frames.length ?? 0;
  const now = recorded.value;
  const press = () => {
    if (now === undefined) void record(name, titleOf);
    else recorded.value = undefined;
  };
  return (
    <button type="button" disabled={count < 2} onClick={press}>
      {now === undefined ? 'Save GIF' : `Frame ${now + 1} of ${count} · stop`}
    </button>
  );
}

/** Moves the clock over all frames, each drawn as it is seen, and back to where it stood. */
async function record(name: string, titleOf: (step: number) => string): Promise<void> {
  stop();
  const [began, id] = [position.peek(), film.peek()?.id];
  const count = film.peek()?.frames.length ?? 0;
  let gif: GifRecorder | undefined;
  const canvas = document.createElement('canvas');
  for (let at = 0; at < count; at++) {
    recorded.value = at;
    moveTo(at);
    await painted();
    const title = titleOf(film.peek()?.frames[at]?.step ?? 0);
    const seen = await snapshot({ panels: panels(), title, scale: 1 });
    // Stopped, or another trial is shown by now.
    if (seen === undefined || recorded.peek() === undefined || film.peek()?.id !== id) break;
    if (gif === undefined) {
      Object.assign(canvas, { width: seen.width, height: seen.height });
      gif = new GifRecorder(canvas.width, canvas.height);
    }
    // A caption may take more lines in another frame: all have the size of the first.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) break;
    context.fillStyle = inks().ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(seen, 0, 0);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    gif.add(data, (at === count - 1 ? atEnd : pause) / speed.peek());
  }
  const isWhole = recorded.peek() !== undefined && film.peek()?.id === id;
  recorded.value = undefined;
  if (film.peek()?.id === id) moveTo(began);
  if (isWhole && gif) saveFile(new Blob([gif.bytes()], { type: 'image/gif' }), `${name}.gif`);
}

/** After what is drawn in the next frame of the browser's. */
const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
