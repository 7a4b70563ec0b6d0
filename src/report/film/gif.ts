/** A film figure as an animated GIF: its slider moved from frame to frame, every state a picture. The same bytes every time. */
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { Error as errorLevel, parse, resetSVGDefIds, View } from 'vega';
import type { Asset, FigureMaker, Layout } from '../figure.ts';
import type { ReportData } from '../load.ts';
import { grounds } from '../palette.ts';
import { compileFigure } from '../render.ts';
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
  const pictures: Picture[] = [];
  try {
    for (const frame of evenly(frames, mostPictures)) {
      resetSVGDefIds();
      await view.signal('frame', frame).runAsync();
      pictures.push(pictureOf(await view.toSVG()));
    }
  } finally {
    view.finalize();
  }
  return { name: `${figure.name}.gif`, title: figure.title, alt: figure.alt, bytes: await animate(pictures) };
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

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha, row by row. */
  readonly pixels: Uint8Array;
}

/** On a light ground: a GIF cannot tell where it is seen. */
function pictureOf(svg: string): Picture {
  const { width, height, pixels } = new Resvg(svg, {
    background: grounds.light,
    font: { loadSystemFonts: true },
  }).render();
  return { width, height, pixels };
}

/** Pictures whose labels make them a pixel larger or smaller all get the size of the largest. */
async function animate(pictures: readonly Picture[]): Promise<Uint8Array> {
  const width = Math.max(...pictures.map((picture) => picture.width));
  const height = Math.max(...pictures.map((picture) => picture.height));
  const strip = new Uint8Array(width * height * 4 * pictures.length).fill(255);
  pictures.forEach((picture, index) => {
    for (let row = 0; row < picture.height; row++) {
      const line = picture.pixels.subarray(row * picture.width * 4, (row + 1) * picture.width * 4);
      strip.set(line, (index * height + row) * width * 4);
    }
  });
  const delays = pictures.map((_, index) => (index === pictures.length - 1 ? delay.last : delay.each));
  const raw = { width, height: height * pictures.length, channels: 4, pageHeight: height } as const;
  return sharp(strip, { raw }).gif({ loop: 0, delay: delays, dither: 0, effort: 1, colours: 96 }).toBuffer();
}
