/** Animated GIFs: every frame as it was given, in the time that it was given. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { animatedGif, type GifFrame } from '../../src/pictures/gif.ts';

const plain = (width: number, height: number, colour: readonly number[]): GifFrame => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * colour.length }, (_, at) => colour[at % colour.length] as number),
});

const options = { delay: { each: 100, last: 900 }, colours: 16, dither: 0 } as const;

it('shows the frames one after another, for ever, the last for longer', async () => {
  const colours = [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
  ];
  const gif = await animatedGif(
    colours.map((colour) => plain(4, 3, colour)),
    { ...options, channels: 3 },
  );
  const { pages, delay, loop, width, pageHeight } = await sharp(gif, { animated: true }).metadata();
  expect({ pages, delay, loop, width, pageHeight }).toEqual({
    pages: 3,
    delay: [100, 100, 900],
    loop: 0,
    width: 4,
    pageHeight: 3,
  });
  const pixels = await sharp(gif, { animated: true }).removeAlpha().raw().toBuffer();
  expect([...pixels]).toEqual(colours.flatMap((colour) => [...plain(4, 3, colour).data]));
});

it('fills smaller frames up with white', async () => {
  const gif = await animatedGif([plain(2, 1, [0, 0, 0, 255]), plain(1, 2, [0, 0, 0, 255])], {
    ...options,
    channels: 4,
  });
  const pixels = await sharp(gif, { animated: true }).removeAlpha().greyscale().raw().toBuffer();
  expect([...pixels]).toEqual([0, 0, 255, 255, 0, 255, 0, 255]);
});
