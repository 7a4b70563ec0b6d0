/** Downscales pictures by whole factors: each new pixel is the mean of the block that it covers. Bytes in, bytes out. */

/**
 * A function that averages one picture `[side, side, channels]` down to `[size, size, channels]`, rounding to the nearest
 * byte (halves up). `size` must divide `side`. It keeps its sums to itself and allocates nothing when called.
 */
export function averager(side: number, size: number, channels: number): (from: Uint8Array, into: Uint8Array) => void {
  const block = side / size;
  if (!Number.isInteger(block)) throw new Error(`internal: cannot average ${side} px down to ${size}`);
  const area = block * block;
  const sums = new Uint32Array(size * channels);
  return (from, into) => {
    let at = 0;
    for (let row = 0; row < size; row++) {
      sums.fill(area >> 1);
      for (let y = 0; y < block; y++) {
        for (let x = 0; x < side; x++) {
          const cell = Math.floor(x / block) * channels;
          for (let c = 0; c < channels; c++) sums[cell + c] = (sums[cell + c] as number) + (from[at++] as number);
        }
      }
      const start = row * size * channels;
      for (let i = 0; i < sums.length; i++) into[start + i] = Math.floor((sums[i] as number) / area);
    }
  };
}
