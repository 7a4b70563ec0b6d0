/**
 * What the light does to a frame, told from what is in it. A cloud or an automatic exposure changes a channel everywhere as
 * `gain · background + offset`; a vehicle changes some pixels. The fit is robust: right while the foreground is the minority.
 */

/** The line that leads from the background to a frame, data units: one of each a channel. */
export interface Light {
  readonly gain: Float64Array;
  readonly offset: Float64Array;
}

/** Light between a half and twice the usual; beyond, it is another picture. */
const [dimmest, brightest] = [1 / 2, 2];
/** Black moves by up to a quarter of the range, up in haze and down in contrast; beyond, it is another picture. */
const haze = 0.5;

/** A line of two numbers needs no more pixels than about this many, spread over the frame. */
const fittedPixels = 1_000;
/** Rounds at most; most frames need four or five. */
const rounds = 20;
/** Rounds at least: the first is still of the first guess. */
const fewestRounds = 3;
/** The gain and the offset have settled when they change by less. */
const settled = 1e-3;
/** Variance that speaks for a gain of 1: an even background says nothing about it. */
const evenness = 1e-3;
/** Pixels within this many median distances from the line are fitted: 2.5 σ of Gaussian noise. */
const reach = 3.7;
/** … and within this share of the limit in any case, so that a frame without noise keeps its pixels. */
const narrowest = 1 / 4;

/** Bins of the histogram of differences from −2 to 2, and of that of distances from 0 to the limit. */
const differenceBins = 512;
const distanceBins = 64;

/**
 * A function that fits the light of one frame; what it returns is used again by the next call.
 *
 * Each channel starts from a gain of 1 and the median of its differences from the background. Then the pixels near the line are
 * fitted by least squares, and again until it settles: those that the light alone had moved come back in, those of vehicles
 * stay out. Near is 3.7 times the median distance, between a quarter of `limit` (data units) and all of it: less of it would
 * lose its hold in noise, more would let a vehicle of the street's own brightness bend the line. Pixels that are not finite
 * are in no fit.
 *
 * `background` `[pixels · channels]`, interleaved; the frame lies in `values` from `start` in the same order. Of a large frame
 * some 1,000 pixels are looked at, always the same.
 */
export function lightMeter(
  background: Float32Array,
  channels: number,
  limit: number,
): (values: Float32Array, start: number) => Light {
  const light = { gain: new Float64Array(channels), offset: new Float64Array(channels) };
  const step = stepThrough(background.length / channels) * channels;
  const differences = new Int32Array(differenceBins);
  const distances = new Int32Array(distanceBins);

  function medianDifference(values: Float32Array, start: number, channel: number): number {
    differences.fill(0);
    for (let i = channel; i < background.length; i += step) {
      const difference = (values[start + i] as number) - (background[i] as number);
      if (!Number.isFinite(difference)) continue;
      const bin = Math.floor((difference + 2) * (differenceBins / 4));
      (differences[Math.min(differenceBins - 1, Math.max(0, bin))] as number)++;
    }
    const bin = medianBin(differences);
    return bin < 0 ? 0 : (bin + 0.5) * (4 / differenceBins) - 2;
  }

  return (values, start) => {
    for (let channel = 0; channel < channels; channel++) {
      let gain = 1;
      let offset = medianDifference(values, start, channel);
      let within = limit;
      for (let round = 1; round <= rounds; round++) {
        distances.fill(0);
        let kept = 0;
        let sumB = 0;
        let sumF = 0;
        let sumBB = 0;
        let sumBF = 0;
        for (let i = channel; i < background.length; i += step) {
          const b = background[i] as number;
          const f = values[start + i] as number;
          const distance = Math.abs(f - gain * b - offset);
          if (!Number.isFinite(distance)) continue;
          (distances[Math.min(distanceBins - 1, Math.floor((distance / limit) * distanceBins))] as number)++;
          if (distance > within) continue;
          kept++;
          sumB += b;
          sumF += f;
          sumBB += b * b;
          sumBF += b * f;
        }
        if (kept === 0) break;
        const meanB = sumB / kept;
        const meanF = sumF / kept;
        const slope = (sumBF / kept - meanB * meanF + evenness) / (sumBB / kept - meanB * meanB + evenness);
        const nextGain = clamp(slope, dimmest, brightest);
        // black is −1, so the line lifts it to offset − gain
        const nextOffset = clamp(meanF - nextGain * meanB - nextGain + 1, -haze, haze) + nextGain - 1;
        const still = Math.abs(nextGain - gain) < settled && Math.abs(nextOffset - offset) < settled;
        gain = nextGain;
        offset = nextOffset;
        if (still && round >= fewestRounds) break;
        const median = ((medianBin(distances) + 1) / distanceBins) * limit;
        within = clamp(reach * median, narrowest * limit, limit);
      }
      light.gain[channel] = gain;
      light.offset[channel] = offset;
    }
    return light;
  };
}

/** An odd step, so that it does not stay in the same columns of a frame whose width is a power of two. */
const stepThrough = (pixels: number): number => 2 * Math.floor(pixels / fittedPixels / 2) + 1;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The bin that holds the median of a histogram; −1 for an empty one. */
function medianBin(histogram: Int32Array): number {
  let total = 0;
  for (let bin = 0; bin < histogram.length; bin++) total += histogram[bin] as number;
  let bin = -1;
  for (let below = 0; 2 * below < total; ) below += histogram[++bin] as number;
  return bin;
}
