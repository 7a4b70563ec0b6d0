/** The palette: methods stay apart for the colour-blind and legible on both grounds. */
import { describe, expect, it } from 'vitest';
import {
  coloursOf,
  darkColours,
  darkOf,
  grounds,
  ink,
  methodColours,
  seriesColours,
  wheelColour,
} from '../../src/summary/palette.ts';
import { methodNames } from '../support/methods.ts';

type Triple = readonly [number, number, number];
type Matrix = readonly [Triple, Triple, Triple];

/** Full protanopia, deuteranopia and tritanopia on linear sRGB: Machado, Oliveira & Fernandes 2009, table of severity 1. */
const visions: Readonly<Record<string, Matrix>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const times = (matrix: Matrix, v: Triple): Triple =>
  matrix.map((row) => row[0] * v[0] + row[1] * v[1] + row[2] * v[2]) as unknown as Triple; // three rows, three numbers

function linear(hex: string): Triple {
  const bytes = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  return bytes.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as unknown as Triple; // three in, three out
}

/** OKLab (Ottosson 2020), in which distances are about as seen; 0.02 is a just noticeable one. */
function oklab(rgb: Triple): Triple {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    rgb,
  ).map(Math.cbrt) as unknown as Triple; // three in, three out
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    lms,
  );
}

function seen(hex: string, vision: Matrix): Triple {
  return oklab(times(vision, linear(hex)).map((c) => Math.min(1, Math.max(0, c))) as unknown as Triple); // as above
}

const luminance = (hex: string): number => {
  const [r, g, b] = linear(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};

/** WCAG 2: 1 to 21. */
function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]; // two in, two out
  return (high + 0.05) / (low + 0.05);
}

const light = Object.values(methodColours);
const dark = light.map((colour) => darkOf[colour] ?? colour);

describe('method colours', () => {
  for (const [ground, colours] of Object.entries({ light, dark })) {
    for (const [name, vision] of Object.entries(visions)) {
      it(`stay apart on ${ground} ground with ${name} sight`, () => {
        for (const [index, one] of colours.entries()) {
          for (const other of colours.slice(index + 1)) {
            const distance = Math.hypot(
              ...seen(one, vision).map((v, axis) => v - (seen(other, vision)[axis] as number)),
            );
            expect(distance, `${one} and ${other}`).toBeGreaterThan(0.08);
          }
        }
      });
    }
  }

  it('stand out from their ground', () => {
    for (const colour of light) expect(contrast(colour, grounds.light), colour).toBeGreaterThan(2.8);
    for (const colour of dark) expect(contrast(colour, grounds.dark), colour).toBeGreaterThan(3.5);
  });

  it('are one a method', () => {
    expect(new Set(coloursOf(methodNames).values()).size).toBe(methodNames.length);
  });
});

/** How near the two nearest of some colours are, to whoever sees them so. */
function nearest(colours: readonly string[], vision: Matrix): number {
  const labs = colours.map((colour) => seen(colour, vision));
  const distances = labs.flatMap((one, index) =>
    labs.slice(index + 1).map((other) => Math.hypot(...one.map((v, axis) => v - (other[axis] as number)))),
  );
  return Math.min(...distances);
}

describe('colours for any number of methods up to 24', () => {
  const grounded = { light: seriesColours, dark: seriesColours.map((colour) => darkOf[colour] ?? '') };

  it.each(Object.entries(visions))('stay apart with %s sight, the fewer there are the further', (_, vision) => {
    for (const colours of Object.values(grounded)) {
      expect(new Set(colours).size).toBe(24);
      expect(nearest(colours.slice(0, 8), vision)).toBeGreaterThan(0.08);
      expect(nearest(colours.slice(0, 12), vision)).toBeGreaterThan(0.06);
      expect(nearest(colours, vision)).toBeGreaterThan(0.05); // a just noticeable difference is 0.02
    }
  });

  it('stand out from their ground', () => {
    for (const colour of grounded.light) expect(contrast(colour, grounds.light), colour).toBeGreaterThan(2.8);
    for (const colour of grounded.dark) expect(contrast(colour, grounds.dark), colour).toBeGreaterThan(3.5);
  });

  it('go to methods that have none: what a method names, what it always had, then what is free', () => {
    const colours = coloursOf(['gan', 'mine', 'yours', 'guided'], (method) =>
      method === 'yours' ? '#123456' : undefined,
    );
    expect([...colours]).toEqual([
      ['gan', methodColours.gan],
      ['mine', '#180078'],
      ['yours', '#123456'],
      ['guided', methodColours.guided],
    ]);
    const many = Array.from({ length: 24 }, (_, index) => `method-${index}`);
    expect(new Set(coloursOf(many).values()).size).toBe(24);
  });

  it('that a method names itself become light enough on a dark ground, in the same hue', () => {
    const dark = darkColours(['#123456', '#e0e0ff', methodColours.gan]);
    expect(dark[methodColours.gan]).toBe(darkOf[methodColours.gan]);
    expect(dark['#e0e0ff']).toBe('#e0e0ff');
    expect(contrast(dark['#123456'] ?? '', grounds.dark)).toBeGreaterThan(3.5);
    expect(dark['#123456']).toMatch(/^#[0-9a-f]{6}$/);
  });
});

describe('ink', () => {
  it('is legible on light ground, on dark ground once replaced, and readable on dark as it stands', () => {
    expect(contrast(ink, grounds.light)).toBeGreaterThan(4.5);
    expect(contrast(darkOf[ink] ?? ink, grounds.dark)).toBeGreaterThan(4.5);
    expect(contrast(ink, grounds.dark)).toBeGreaterThan(3);
  });
});

describe('dark mode', () => {
  it('can be made by replacing colours one after the other: none becomes one that is replaced again', () => {
    for (const colour of Object.values(darkOf)) expect(Object.keys(darkOf)).not.toContain(colour);
  });
});

describe('wheelColour', () => {
  it('gives colours of six digits all around, different ones at different places', () => {
    const colours = Array.from({ length: 24 }, (_, index) => wheelColour(index / 24, (index % 3) / 2));
    for (const colour of colours) expect(colour).toMatch(/^#[0-9a-f]{6}$/);
    expect(new Set(colours).size).toBe(24);
  });
});
