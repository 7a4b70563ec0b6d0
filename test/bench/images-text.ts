/** The report of `bench -- images`. Pure. */
import type { ImagesResult } from './images.ts';
import { nameOf } from './sizes.ts';
import { sizeText } from './step-text.ts';

export function imagesText({ results, limits, prepared, memory }: ImagesResult): string {
  return [
    'One BiGAN+PGP training step on pictures, one thread: D with its penalty, G and E, batch norm, Adam, moving average.',
    'Medians over rounds [lowest–highest]. "times" is against the first row, round by round: above 1 is slower than it.',
    ...results.map(sizeText),
    [
      ...limits.map(
        ({ size, work, peak }) =>
          `${nameOf(size)}: ${work.toFixed(1)} GFLOP a step; this processor does ${peak.toFixed(0)} GFLOP/s at most, which takes ${((1e3 * work) / peak).toFixed(0)} ms.`,
      ),
      ...prepared.map(
        ({ size, engine, capture, compile }) =>
          `${nameOf(size)}, ${engine}: captured in ${capture.toFixed(2)} s, compiled in ${compile.toFixed(2)} s.`,
      ),
      ...(memory ? [`${nameOf(memory.size)}: ${memory.after.map(told).join(', ')}.`] : []),
    ].join('\n'),
  ].join('\n\n');
}

const told = ({ steps, rss }: { readonly steps: number; readonly rss: number }): string =>
  `${Math.round(rss / 1e6)} MB after ${steps} steps`;
