/**
 * Renders figures as pictures: Vega-Lite → Vega → SVG → PNG, the same bytes every time. Counters inside the libraries are set
 * back before each picture, so a figure does not depend on those before it; hence one at a time.
 */
import { type RenderedImage, Resvg } from '@resvg/resvg-js';
import { Error as errorLevel, parse, resetSVGDefIds, type Spec, View } from 'vega';
import { compile, resetIdCounter, type TopLevelSpec } from 'vega-lite';
import { plainText } from '../base/one-line.ts';
import { grounds } from '../summary/palette.ts';
import type { Figure } from './figure.ts';
import type { LaidOut, Size } from './page/payload-types.ts';

/** Pixels of the PNG for one of the SVG. */
const sharpness = 2;

/** The Vega spec of a Vega-Lite spec. `warn` gets what the compiler finds odd; throws for what is no Vega-Lite. */
export function compileFigure(spec: TopLevelSpec, warn: (message: string) => void = () => {}): Spec {
  resetIdCounter();
  return compile(spec, { logger: loggerTo(warn) }).spec;
}

/** The picture as it first shows: params at their initial values. */
export async function svgOf(spec: Spec): Promise<string> {
  resetSVGDefIds();
  const view = new View(parse(spec), { renderer: 'none', logLevel: errorLevel });
  try {
    return plainText(await view.toSVG()); // XML has no place for control characters
  } finally {
    view.finalize();
  }
}

/** A figure's picture, and what a page needs to draw it: the Vega spec and the room that the picture takes. */
export async function drawFigure({ spec: figureSpec, alt }: Figure): Promise<{ svg: string; layout: LaidOut<Spec> }> {
  const spec = compileFigure({ ...figureSpec, description: alt });
  const svg = await svgOf(spec);
  return { svg, layout: { spec, ...sizeOf(svg) } };
}

function sizeOf(svg: string): Size {
  const [, width, height] = /^<svg [^>]*?\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  if (width === undefined) throw new Error('internal: a picture has no size');
  return { width: Number(width), height: Number(height) };
}

/** On a light ground, for a PNG is seen in places that know no dark mode; `zoom` pixels for one of the SVG. */
export const pngOf = (svg: string, zoom = sharpness): Uint8Array => rasterised(crisp(svg), zoom).asPng();

/** The picture's pixels on a light ground; `zoom` of them for one of the SVG. */
export function rasterised(svg: string, zoom: number): RenderedImage {
  const options = {
    fitTo: { mode: 'zoom', value: zoom },
    background: grounds.light,
    font: { loadSystemFonts: true },
  } as const;
  return new Resvg(withinPicture(svg), options).render();
}

/**
 * A group that is clipped or translucent and lies outside of the picture ends resvg's process (samples of a generator that
 * diverged). Each gets a mark at its origin, in the picture, too faint to change a pixel.
 */
const withinPicture = (svg: string): string =>
  svg.replace(
    /<g\b[^>]*\s(?:clip-path|mask|opacity)="[^"]*"[^>]*[^/]>/g,
    (group) => `${group}<path d="M0,0h1v1h-1z" fill="#000" fill-opacity="0.0001"/>`,
  );

/** Vega says twice that an image should not be smoothed, the second time with a word that resvg does not know. */
const crisp = (svg: string): string => svg.replaceAll(' image-rendering: pixelated;', '');

/** Whether this machine has a font for PNGs: without one their words are missing. */
export function hasFonts(): boolean {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><text y="16">M</text></svg>';
  return new Resvg(svg, { font: { loadSystemFonts: true } }).render().pixels.some((value) => value !== 0);
}

function loggerTo(warn: (message: string) => void) {
  const logger = {
    level: () => logger,
    error: (...args: readonly unknown[]) => {
      warn(args.map(String).join(' '));
      return logger;
    },
    warn: (...args: readonly unknown[]) => {
      warn(args.map(String).join(' '));
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger;
}
