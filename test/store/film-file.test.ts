/** film.json: what goes in comes out, on any machine, and a damaged one is refused by name of the damage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFilm, encodeFilm, type Film, gridSize, placeOn } from '../../src/store/film-file.ts';

const film: Film = {
  kind: '2d',
  dim: 2,
  latentDim: 1,
  axes: [
    { name: 'x0', low: -1, high: 1, count: 3 },
    { name: 'x1', low: 0, high: 2, count: 2 },
  ],
  real: Float32Array.of(0, 1, 2, 3),
  latents: Float32Array.of(-0.5, 0.5),
  lattice: Float32Array.of(-1, 0, 1),
  frames: [0, 8].map((step) => ({
    step,
    generated: Float32Array.of(step, 1, Number.NaN, Number.POSITIVE_INFINITY),
    score: Float32Array.of(1, 2, 3, 4, 5, 6),
    lattice: Float32Array.of(1, 1, 2, 2, 3, 3),
    encoded: Float32Array.of(0.25, 0.75),
    metrics: { modesCaptured: 2, highQuality: Number.NaN },
    modeScore: [0.5, Number.NaN],
    modeShare: [1, 0],
  })),
};

describe('film.json', () => {
  it('gives back the film that it was made of', () => {
    expect(decodeFilm(encodeFilm(film), 'film.json')).toEqual(film);
  });

  it('gives back every float32, bit for bit', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: false }), { minLength: 6, maxLength: 6 }), (numbers) => {
        const frame = { step: 0, generated: new Float32Array(), score: Float32Array.from(numbers), metrics: {} };
        const back = decodeFilm(encodeFilm({ ...film, frames: [frame] }), 'film.json');
        expect(back.frames[0]?.score).toEqual(frame.score);
      }),
    );
  });

  it('is little-endian base64: 1 is 00 00 80 3f', () => {
    const { real } = JSON.parse(encodeFilm({ ...film, real: Float32Array.of(1), frames: [] }));
    expect(real).toBe(Buffer.from([0, 0, 0x80, 0x3f]).toString('base64'));
  });

  it.each([
    ['', 'film.json: empty'],
    [encodeFilm(film).slice(0, 300), 'film.json: not JSON (cut short?)'],
    [encodeFilm(film).replace('"version":1', '"version":2'), 'film.json: version: expected 1, got 2'],
    [encodeFilm(film).replace('"kind":"2d"', '"kind":"4d"'), "film.json: kind: expected 1d, 2d, 1d-xz or z, got '4d'"],
    [encodeFilm({ ...film, real: Float32Array.of(1, 2) }), 'film.json: frames.0.encoded: expected 1 numbers, got 2'],
    [encodeFilm({ ...film, axes: film.axes.slice(1) }), 'film.json: frames.0.score: expected 2 numbers, got 6'],
    [
      encodeFilm(film).replace(/"real":"[^"]*"/, '"real":"AAA="'),
      'film.json: real: expected whole float32 numbers, got 2 bytes',
    ],
  ])('refuses a damaged one in one line (%#)', (text, message) => {
    expect(() => decodeFilm(text, 'film.json')).toThrow(new Error(message));
  });

  it('says where a grid lies', () => {
    expect(gridSize(film.axes)).toBe(6);
    const [axis] = film.axes;
    expect(axis && [0, 1, 2].map((index) => placeOn(axis, index))).toEqual([-1, 0, 1]);
  });
});
