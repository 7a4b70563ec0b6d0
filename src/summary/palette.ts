/**
 * Holds every colour of a report, for light grounds and for dark ones. A method has the same colour in all figures. Chosen by
 * search: any two stay apart under the three colour blindnesses, the fewer there are the further (tested).
 */

/** The grounds that the colours are chosen against. */
export const grounds = { light: '#ffffff', dark: '#14161a' } as const;

/** Colours for methods, on a light ground and on a dark one. The first eight are those of the methods that are built in. */
const series: readonly (readonly [onLight: string, onDark: string])[] = [
  ['#6c78a8', '#8d90ba'],
  ['#186c60', '#478d76'],
  ['#24a884', '#52ddbc'],
  ['#783cc0', '#9752d8'],
  ['#c078fc', '#d373fd'],
  ['#d55e00', '#fc7a2f'],
  ['#904800', '#ad642b'],
  ['#720624', '#fc368a'],
  ['#180078', '#b4ccfc'],
  ['#543c60', '#cc18a8'],
  ['#b430fc', '#fcd8f0'],
  ['#a87854', '#f0cc6c'],
  ['#8490c0', '#c054fc'],
  ['#3c2454', '#e490fc'],
  ['#480000', '#f0a854'],
  ['#d88448', '#ccc090'],
  ['#c03078', '#d89078'],
  ['#900000', '#c07848'],
  ['#6060a8', '#84a8d8'],
  ['#9c6cd8', '#546cb4'],
  ['#0000c0', '#90c0d8'],
  ['#780c90', '#a878d8'],
  ['#3000f0', '#b400fc'],
  ['#300c3c', '#c09ca8'],
];

/** On a light ground; there are 24. */
export const seriesColours: readonly string[] = series.map(([onLight]) => onLight);

/** Relatives are a dark and a light one of a family. */
export const methodColours = {
  gan: '#6c78a8',
  wgan: '#186c60',
  'wgan-gp': '#24a884',
  bigan: '#783cc0',
  'bigan-l2': '#c078fc',
  'bigan-pgp': '#d55e00',
  'encoder-only': '#904800',
  guided: '#720624',
} as const satisfies Readonly<Record<string, string>>;

/**
 * A colour for each method: the one that it names, else the one that it has always had, else the next that none of them has.
 * From the 25th on colours come again.
 */
export function coloursOf(
  methods: readonly string[],
  named: (method: string) => string | undefined = () => undefined,
): ReadonlyMap<string, string> {
  const always = new Map<string, string>(Object.entries(methodColours));
  const given = (method: string) => named(method) ?? always.get(method);
  const taken = new Set(methods.map(given));
  const [builtIn, others] = [seriesColours.slice(0, 8), seriesColours.slice(8)];
  const free = [...others, ...builtIn].filter((colour) => !taken.has(colour));
  let next = 0;
  return new Map(
    methods.map((method) => [method, given(method) ?? free[next++ % free.length] ?? seriesColours[0] ?? '']),
  );
}

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
  ...Object.fromEntries(series),
  [ink]: '#a9b1bc',
  [faint]: '#3a3f48',
  [truth]: '#969ca6',
  [strong]: '#e6e9ee',
  [paper]: grounds.dark,
};

/** `darkOf`, and of `colours` that it does not know (methods may name their own) lighter ones of the same hue. */
export function darkColours(colours: Iterable<string>): Readonly<Record<string, string>> {
  const own = [...new Set(colours)].filter((colour) => !(colour in darkOf));
  return { ...darkOf, ...Object.fromEntries(own.map((colour) => [colour, lightened(colour)])) };
}

/** The least light enough to stand out from the dark ground, by WCAG's contrast of 3.6. */
function lightened(colour: string): string {
  const [lightness, chroma, hue] = toOklch(colour);
  for (let lighter = lightness; lighter < 1; lighter += 0.01) {
    const candidate = lighter === lightness ? colour : fromOklch(lighter, chroma, hue);
    if (contrast(candidate, grounds.dark) >= 3.6) return candidate;
  }
  return strong;
}

/** WCAG 2: 1 to 21. */
function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [r, g, b] = linearRgb(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function linearRgb(colour: string): readonly [number, number, number] {
  const at = (place: number) => {
    const value = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [at(1), at(3), at(5)];
}

/** A colour for each of `count` places around a circle, `hue` a share of the turn and `depth` from 0 (light) to 1 (dark). */
export function wheelColour(hue: number, depth = 0.5): string {
  const lightness = 0.74 - 0.24 * depth;
  return fromOklch(lightness, 0.135, 2 * Math.PI * hue);
}

/** sRGB hex to OKLCH: lightness, chroma, hue in radians. */
function toOklch(colour: string): readonly [number, number, number] {
  const [r, g, b] = linearRgb(colour);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const lightness = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const blue = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return [lightness, Math.hypot(a, blue), Math.atan2(blue, a)];
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
