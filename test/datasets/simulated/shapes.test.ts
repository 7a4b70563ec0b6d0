/** Simulated faces: reproducible, attributes as frequent as declared, each of them to be seen at 32 pixels. */
import { describe, expect, test } from 'vitest';
import { stream } from '../../../src/base/random.ts';
import { labelWidth } from '../../../src/datasets/dataset.ts';
import { type Attribute, attributes, traits } from '../../../src/datasets/simulated/faces/attributes.ts';
import { drawFace } from '../../../src/datasets/simulated/faces/face.ts';
import { sitter } from '../../../src/datasets/simulated/faces/sitter.ts';
import { makeCanvas } from '../../../src/datasets/simulated/raster.ts';
import { shapesFaces, shapesLabels, shapesShares } from '../../../src/datasets/simulated/shapes.ts';

const kept = (asked: Parameters<typeof shapesFaces>[0]) =>
  Array.from(shapesFaces(asked), ({ pixels, labels }) => ({ pixels: pixels.slice(), labels: labels.slice() }));

describe('reproducible', () => {
  test('the same seed gives the same bytes, however many faces are asked for; another seed gives others', () => {
    const asked = { size: 33, count: 20, seed: 4 };
    const faces = kept(asked);
    expect(kept({ ...asked, count: 7 })).toEqual(faces.slice(0, 7));
    const others = kept({ ...asked, seed: 5 });
    others.forEach(({ pixels }, f) => {
      expect(pixels).not.toEqual(faces[f]?.pixels);
    });
  });

  test.each([16, 33, 64])(
    '%i pixels: a byte a channel, a label an attribute, the labels those of any other size',
    (size) => {
      const faces = kept({ size, count: 10, seed: 4 });
      for (const { pixels, labels } of faces) {
        expect(pixels).toHaveLength(size * size * 3);
        expect(labels).toHaveLength(labelWidth(shapesLabels));
        expect(new Set(pixels).size).toBeGreaterThan(80);
      }
      expect(faces.map(({ labels }) => labels)).toEqual(
        kept({ size: 20, count: 10, seed: 4 }).map(({ labels }) => labels),
      );
    },
  );

  test('one face at two sizes is one drawing: the larger one, averaged, is the smaller one', () => {
    const [small] = kept({ size: 32, count: 1, seed: 8 });
    const [large] = kept({ size: 128, count: 1, seed: 8 });
    const averaged = Array.from({ length: 32 * 32 * 3 }, (_, at) => {
      const [x, y, c] = [Math.floor(at / 3) % 32, Math.floor(at / 96), at % 3];
      let sum = 0;
      for (let k = 0; k < 16; k++) sum += Number(large?.pixels[((4 * y + (k >> 2)) * 128 + 4 * x + (k & 3)) * 3 + c]);
      return sum / 16;
    });
    const off = averaged.map((value, at) => Math.abs(value - Number(small?.pixels[at])));
    expect(off.reduce((a, b) => a + b, 0) / off.length).toBeLessThan(1.5);
  });

  test('a size that cannot be drawn is refused in one line', () => {
    expect(() => kept({ size: 300, count: 1, seed: 0 })).toThrow(
      'size: expected a whole number of pixels from 16 to 256, got 300',
    );
  });
});

describe('attributes', () => {
  test('60,000 draws have the declared shares', () => {
    const count = 60_000;
    const random = stream(1, 'preparation');
    const seen = attributes.map(() => 0);
    for (let i = 0; i < count; i++) {
      const { has } = traits(random);
      attributes.forEach((name, a) => {
        if (has[name]) seen[a] = Number(seen[a]) + 1;
      });
    }
    shapesShares.forEach((share, a) => {
      expect(Math.abs(Number(seen[a]) / count - share)).toBeLessThan(4.5 * Math.sqrt((share * (1 - share)) / count));
    });
  });

  test('the labels of 800 faces have them too', () => {
    const count = 800;
    const seen = attributes.map(() => 0);
    for (const { labels } of shapesFaces({ size: 16, count, seed: 2 }))
      labels.forEach((label, a) => {
        seen[a] = Number(seen[a]) + label;
      });
    shapesShares.forEach((share, a) => {
      expect(Math.abs(Number(seen[a]) / count - share)).toBeLessThan(4 * Math.sqrt((share * (1 - share)) / count));
    });
  });

  test('what would hide one another is never drawn together', () => {
    const random = stream(3, 'preparation');
    const clashing = Array.from({ length: 20_000 }, () => traits(random).has).filter(
      (has) =>
        (has.bald && (has.hat || has['black hair'] || has['blond hair'] || has['long hair'])) ||
        (has['black hair'] && has['blond hair']),
    );
    expect(clashing).toEqual([]);
  });

  test.each(attributes)('%s can be seen at 32 pixels: the same face without it differs', (name) => {
    for (let face = 0; face < 60; face++) {
      const [without, having] = [portrait(face), portrait(face, name)];
      let clear = 0;
      for (let p = 0; p < 32 * 32; p++) {
        const off = [0, 1, 2].map((c) => Math.abs(Number(having[3 * p + c]) - Number(without[3 * p + c])));
        if (Math.max(...off) > 20 / 255) clear++;
      }
      expect(clear).toBeGreaterThanOrEqual(6);
    }
  });

  test('colours are what the labels say: black hair is dark, blond hair is light and yellow, above the forehead', () => {
    const crown = (face: number, name: Attribute): readonly number[] => {
      const picture = portrait(face, name);
      const at = (8 * 32 + 16) * 3; // 0.26 of the way down, in the middle: above the hairline, below the head's top
      return [0, 1, 2].map((c) => Number(picture[at + c]));
    };
    for (let face = 0; face < 60; face++) {
      expect(Math.max(...crown(face, 'black hair'))).toBeLessThan(0.3);
      const [red, green, blue] = crown(face, 'blond hair') as [number, number, number]; // the three channels
      expect(Math.min(red, green)).toBeGreaterThan(0.5);
      expect(red - blue).toBeGreaterThan(0.2);
    }
  });

  /** One face, with one attribute or none; all else is the same. */
  function portrait(face: number, attribute?: Attribute): Float32Array {
    const canvas = makeCanvas(32);
    const none = Object.fromEntries(attributes.map((name) => [name, name === attribute]));
    // every attribute is a key
    const has = none as Record<Attribute, boolean>;
    drawFace(canvas, sitter({ has, masculine: face % 2 === 0 }, stream(3, 'preparation', face)));
    return canvas.colours;
  }
});
