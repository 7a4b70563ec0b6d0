/**
 * Every colour of a report, for light grounds and for dark ones. A method has the same colour in all figures; relatives are
 * a dark and a light one of a family. Chosen by search: any two stay apart under the three colour blindnesses (tested).
 */
import type { MethodName } from '../schema/spec.ts';

/** The grounds that the colours are chosen against. */
export const grounds = { light: '#ffffff', dark: '#14161a' } as const;

export const methodColours: Readonly<Record<MethodName, string>> = {
  gan: '#6c78a8',
  wgan: '#186c60',
  'wgan-gp': '#24a884',
  bigan: '#783cc0',
  'bigan-l2': '#c078fc',
  'bigan-pgp': '#d55e00',
  'encoder-only': '#904800',
  guided: '#720624',
};

/** Axes' words, titles, legends: legible on both grounds as it stands, for files that are seen on either. */
export const ink = '#6b727c';
/** Grid lines and outlines that should not be looked at. */
export const faint = '#c3c8d0';
/** The data itself: real points, true weights, ceilings. */
export const truth = '#7d838c';
/** Bounds and marks that must be found at once. */
export const strong = '#2b2f36';

/** The ground itself, where it has to be drawn: between the pictures of a sheet. */
export const paper = '#fefefe';

/** Low to high, for D's values: the same on both grounds, for a heat map covers its ground. */
export const heatRamp: readonly string[] = ['#1d2150', '#2b5c8f', '#4b9aa3', '#a3cfa2', '#f4f0b8'];
/** On the ramp's dark and on its light half. */
export const onHeat = { dark: '#ffffff', light: '#14161a' } as const;

/** What each colour becomes on a dark ground; those that are not here stay. */
export const darkOf: Readonly<Record<string, string>> = {
  '#6c78a8': '#8d90ba',
  '#186c60': '#478d76',
  '#24a884': '#52ddbc',
  '#783cc0': '#9752d8',
  '#c078fc': '#d373fd',
  '#d55e00': '#fc7a2f',
  '#904800': '#ad642b',
  '#720624': '#fc368a',
  [ink]: '#a9b1bc',
  [faint]: '#3a3f48',
  [truth]: '#969ca6',
  [strong]: '#e6e9ee',
  [paper]: grounds.dark,
};

/** A colour for each of `count` places around a circle, `hue` a share of the turn and `depth` from 0 (light) to 1 (dark). */
export function wheelColour(hue: number, depth = 0.5): string {
  const lightness = 0.74 - 0.24 * depth;
  return fromOklch(lightness, 0.135, 2 * Math.PI * hue);
}

/** OKLCH to sRGB hex (Björn Ottosson's OKLab); what the screen cannot show is cut off at its edges. */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return `#${linear.map((value) => hexByte(encodeSrgb(value))).join('')}`;
}

const encodeSrgb = (value: number): number => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055);

const hexByte = (value: number): string =>
  Math.round(255 * Math.min(1, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0');
