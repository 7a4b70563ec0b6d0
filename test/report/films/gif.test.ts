/** GIFs of films, read back picture by picture. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { filmAssets } from '../../../src/report/films/gif.ts';
import { reportOn, trialOf } from '../figures/example-data.ts';
import { filmedTrial } from './example-film.ts';

it('a GIF has a picture a frame, all different, and holds the last', async () => {
  const [arrows, density, surface] = await filmAssets(reportOn([filmedTrial({ method: 'gan' })]));
  expect([arrows, density, surface].map((asset) => asset?.name)).toEqual([
    'film-arrows.gif',
    'film-density.gif',
    'film-surface.gif',
  ]);
  const bytes = density?.bytes ?? new Uint8Array();
  const { pages, delay, width = 0, pageHeight = 0, loop } = await sharp(bytes, { pages: -1 }).metadata();
  expect([pages, delay, loop]).toEqual([3, [160, 160, 1_800], 0]);
  expect(width).toBeGreaterThan(200);
  expect(pageHeight).toBeGreaterThan(200);
  const pictures = await Promise.all([0, 1, 2].map((page) => sharp(bytes, { page }).raw().toBuffer()));
  expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(3);
});

it('the same films give the same bytes', async () => {
  const data = reportOn([filmedTrial({ method: 'bigan' })]);
  expect(await filmAssets(data)).toEqual(await filmAssets(data));
});

it('a report without films has no GIF', async () => {
  expect(await filmAssets(reportOn([trialOf({ method: 'gan' })]))).toEqual([]);
});
