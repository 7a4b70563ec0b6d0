/** Turns a film figure into an animated GIF: its slider moves from frame to frame, every state a picture. The same bytes every time. */
import { Error as errorLevel, parse, resetSVGDefIds, View } from 'vega';
import { animatedGif, type GifFrame } from '../../pictures/gif.ts';
import type { Asset, FigureMaker, Layout } from '../figure.ts';
import { compileFigure, rasterised } from '../render.ts';
import type { ReportData } from '../report-data.ts';
import { filmMakers } from './catalogue.ts';

/** Room for one panel of some 320 pixels with its axes, or for two smaller ones beside each other. */
const layout: Layout = { width: 520 };

/** Fewer than the slider has: each is a picture to draw. */
const mostPictures = 24;

/** Milliseconds that a frame stands; the last one stays longer, to be looked at. */
const delay = { each: 160, last: 1_800 };

/** Every film of a report, one GIF a view. Takes seconds: a picture for each frame. */
export async function filmAssets(data: ReportData): Promise<Asset[]> {
  const assets: Asset[] = [];
  for (const make of filmMakers) {
    const asset = await filmAsset(make, data);
    if (asset) assets.push(asset);
  }
  return assets;
}

async function filmAsset(make: FigureMaker, data: ReportData): Promise<Asset | undefined> {
  const figure = make(data, layout);
  const frames = figure && frameCount(figure.spec.params ?? []);
  if (figure === undefined || frames === undefined) return undefined;
  const view = new View(parse(compileFigure(figure.spec)), { renderer: 'none', logLevel: errorLevel });
  const pictures: GifFrame[] = [];
  try {
    for (const frame of evenly(frames, mostPictures)) {
      resetSVGDefIds();
      await view.signal('frame', frame).runAsync();
      pictures.push(pictureOf(await view.toSVG()));
    }
  } finally {
    view.finalize();
  }
  return {
    name: `${figure.name}.gif`,
    title: figure.title,
    alt: figure.alt,
    bytes: await animatedGif(pictures, { channels: 4, delay, dither: 0, colours: 96 }),
  };
}

/** At most `most` of 0 … count − 1, first and last among them. */
function evenly(count: number, most: number): number[] {
  const shown = Math.min(count, most);
  return Array.from({ length: shown }, (_, index) => Math.round((index * (count - 1)) / Math.max(1, shown - 1)));
}

/** How many states the figure's slider has. */
function frameCount(params: readonly { readonly name: string; readonly value?: unknown }[]): number | undefined {
  const last = params.find(({ name }) => name === 'frame')?.value;
  return typeof last === 'number' && last > 0 ? last + 1 : undefined;
}

function pictureOf(svg: string): GifFrame {
  const { width, height, pixels } = rasterised(svg, 1);
  return { width, height, data: pixels };
}
