/** What a fixed camera sees when nothing is in front of it: the temporal median of its frames. */
import type { Points } from '../../base/points.ts';

/** A median of more frames is no better, and slower. */
const mostFrames = 501;
const levels = 256;
/** Numbers whose histograms are kept at once: they fit into the processor's cache. */
const block = 32;

/**
 * The median over time of every pixel and channel, in the data's units, at a byte's precision: `[dim]`. Of more than 501
 * frames it takes 501 at equal distances; of an even number of values the lower of the two in the middle. Values that are not
 * finite are left out, and the median is NaN where nothing else is. Right where each pixel is free in more than half the frames.
 */
export function temporalMedian({ values, count, dim }: Points): Float32Array {
  const frames = Math.min(count, mostFrames);
  const median = new Float32Array(dim).fill(Number.NaN);
  const histograms = new Uint16Array(block * levels);
  const totals = new Uint16Array(block);
  for (let first = 0; first < dim; first += block) {
    const width = Math.min(block, dim - first);
    histograms.fill(0);
    totals.fill(0);
    for (let f = 0; f < frames; f++) {
      const start = Math.floor((f * count) / frames) * dim + first;
      for (let d = 0; d < width; d++) {
        const value = values[start + d] as number;
        if (!Number.isFinite(value)) continue;
        (histograms[d * levels + levelOf(value)] as number)++;
        (totals[d] as number)++;
      }
    }
    for (let d = 0; d < width; d++) {
      const total = totals[d] as number;
      if (total === 0) continue;
      let level = 0;
      for (let below = histograms[d * levels] as number; 2 * below < total; )
        below += histograms[d * levels + ++level] as number;
      median[first + d] = level / 127.5 - 1;
    }
  }
  return median;
}

/** The nearest byte to a value in [−1, 1]; those outside go to the ends. */
function levelOf(value: number): number {
  const level = Math.floor((value + 1) * 127.5 + 0.5);
  return Math.min(255, Math.max(0, level));
}
