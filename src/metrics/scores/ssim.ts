/** Structural similarity of pictures, one against one: what a reconstruction keeps beside its pixels. */
import { type Points, pointAt } from '../../base/points.ts';

/** σ of the Gaussian window, pixels, and its side. */
const sigma = 1.5;
const fullWindow = 11;
/** (K₁L)² and (K₂L)² for values in [−1, 1], whose range L is 2. */
const stabiliserOfMeans = (0.01 * 2) ** 2;
const stabiliserOfVariances = (0.03 * 2) ** 2;

/**
 * Mean SSIM (Wang et al. 2004) of the pictures of `a` against those of `b` at the same place, both of `shape`
 * `[height, width, channels]` in [−1, 1]: from −1 to 1, 1 for equal pictures. Gaussian window of 11 × 11, σ 1.5, moments of
 * the population, K₁ 0.01, K₂ 0.03; only places where the window fits; mean over places, channels and pictures. A picture
 * smaller than 11 is seen through the largest odd window that fits (σ stays). NaN for no pictures and where a pixel is.
 */
export function ssim(a: Points, b: Points, [height, width, channels]: readonly [number, number, number]): number {
  const { count, dim } = a;
  if (b.count !== count || b.dim !== dim || dim !== height * width * channels)
    throw new Error(
      `internal: ssim of ${height} × ${width} × ${channels} pictures got [${count}, ${dim}] and [${b.count}, ${b.dim}]`,
    );
  const taps = gaussianTaps(Math.min(height, width));
  const similarity = pictureSimilarity(height, width, channels, taps);
  let total = 0;
  for (let i = 0; i < count; i++) total += similarity(pointAt(a, i), pointAt(b, i));
  return total / count;
}

/** Weights of the window along one side, adding up to 1. */
function gaussianTaps(smallestSide: number): Float64Array {
  const side = Math.min(fullWindow, smallestSide - (smallestSide % 2 === 0 ? 1 : 0));
  const weights = Float64Array.from({ length: side }, (_, k) => Math.exp(-0.5 * ((k - (side - 1) / 2) / sigma) ** 2));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * The window falls into rows and columns. Of x and y only four means are needed: of x, y, x² + y² and x·y. Channels lie side
 * by side, so a row is filtered as one line of `width · channels` numbers with its taps `channels` apart.
 */
function pictureSimilarity(height: number, width: number, channels: number, taps: Float64Array) {
  const side = taps.length;
  const line = (width - side + 1) * channels;
  const [meanX, meanY, squares, products] = [0, 1, 2, 3].map(() => new Float64Array(height * line)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]; // as many as the list has

  function filterRows(x: Float32Array, y: Float32Array): void {
    for (let row = 0; row < height; row++)
      for (let at = 0; at < line; at++) {
        const from = row * width * channels + at;
        let sumX = 0;
        let sumY = 0;
        let sumSquares = 0;
        let sumProducts = 0;
        for (let k = 0; k < side; k++) {
          const weight = taps[k] as number;
          const valueX = x[from + k * channels] as number;
          const valueY = y[from + k * channels] as number;
          sumX += weight * valueX;
          sumY += weight * valueY;
          sumSquares += weight * (valueX * valueX + valueY * valueY);
          sumProducts += weight * valueX * valueY;
        }
        const to = row * line + at;
        meanX[to] = sumX;
        meanY[to] = sumY;
        squares[to] = sumSquares;
        products[to] = sumProducts;
      }
  }

  return (x: Float32Array, y: Float32Array): number => {
    filterRows(x, y);
    const places = (height - side + 1) * line;
    let total = 0;
    for (let from = 0; from < places; from++) {
      let muX = 0;
      let muY = 0;
      let sumSquares = 0;
      let sumProducts = 0;
      for (let k = 0; k < side; k++) {
        const weight = taps[k] as number;
        const at = from + k * line;
        muX += weight * (meanX[at] as number);
        muY += weight * (meanY[at] as number);
        sumSquares += weight * (squares[at] as number);
        sumProducts += weight * (products[at] as number);
      }
      const together = muX * muY;
      const apart = muX * muX + muY * muY;
      const alike = (2 * together + stabiliserOfMeans) * (2 * (sumProducts - together) + stabiliserOfVariances);
      total += alike / ((apart + stabiliserOfMeans) * (sumSquares - apart + stabiliserOfVariances));
    }
    return total / places;
  };
}
