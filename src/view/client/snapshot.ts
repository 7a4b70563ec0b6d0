/** Draws what is seen of a page's panels on one canvas: their canvases, pictures, charts and words, each where it stands. */
import { inks } from './scheme.ts';

/** Pixels above the panels for their title, and around all. */
const head = 40;
const margin = 16;

export interface Snapshot {
  readonly panels: readonly Element[];
  readonly title: string;
  /** Pixels of the snapshot to one of the page. */
  readonly scale: number;
}

/** `undefined` where there is nothing to be seen. */
export async function snapshot({ panels, title, scale }: Snapshot): Promise<HTMLCanvasElement | undefined> {
  // A row of panels may be wider than what stands in it.
  const frames = panels.flatMap((panel) => [...panel.children].map((child) => child.getBoundingClientRect()));
  const [left, top] = [Math.min(...frames.map((one) => one.left)), Math.min(...frames.map((one) => one.top))];
  const width = Math.max(...frames.map((one) => one.right)) - left;
  const height = Math.max(...frames.map((one) => one.bottom)) - top;
  if (!(width > 0 && height > 0)) return undefined;
  const canvas = Object.assign(document.createElement('canvas'), {
    width: Math.round((width + 2 * margin) * scale),
    height: Math.round((height + head + margin) * scale),
  });
  const context = canvas.getContext('2d');
  if (context === null) return undefined;
  const { ground, ink } = inks();
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = ink;
  context.font = `600 16px ${getComputedStyle(document.body).fontFamily}`;
  context.fillText(title, margin, 26);
  context.translate(margin - left, head - top);
  for (const panel of panels) {
    for (const part of panel.querySelectorAll('canvas, img, svg, figcaption, h2')) await draw(context, part);
  }
  return canvas;
}

async function draw(context: CanvasRenderingContext2D, part: Element): Promise<void> {
  const { left, top, width, height } = part.getBoundingClientRect();
  if (width === 0 || height === 0) return;
  if (part instanceof SVGSVGElement) context.drawImage(await pictureOf(part, width, height), left, top, width, height);
  else if (part instanceof HTMLCanvasElement || part instanceof HTMLImageElement) {
    context.imageSmoothingEnabled = getComputedStyle(part).imageRendering !== 'pixelated';
    context.drawImage(part, left, top, width, height);
  } else write(context, part);
}

/** Its words where the browser broke their lines. */
function write(context: CanvasRenderingContext2D, part: Element): void {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { color, fontWeight, fontSize, fontFamily } = getComputedStyle(node.parentElement ?? part);
    context.fillStyle = color;
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    context.textBaseline = 'middle';
    for (const { index, 0: word } of (node.nodeValue ?? '').matchAll(/\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const [line] = range.getClientRects();
      if (line) context.fillText(word, line.left, line.top + line.height / 2);
    }
    context.textBaseline = 'alphabetic';
  }
}

const styled = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity'] as const;

/** A chart with its style in itself: a picture has no style sheet. */
async function pictureOf(chart: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  // A deep copy of an element is one of its kind.
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const own = [...copy.querySelectorAll('*')];
  for (const [at, element] of [...chart.querySelectorAll('*')].entries()) {
    const style = getComputedStyle(element);
    for (const name of styled) own[at]?.setAttribute(name, style.getPropertyValue(name));
  }
  for (const [name, value] of Object.entries({ xmlns: 'http://www.w3.org/2000/svg', width, height }))
    copy.setAttribute(name, String(value));
  const picture = new Image();
  picture.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  return picture;
}
