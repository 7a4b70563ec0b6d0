/**
 * Radix sort of 32-bit floats, for metrics that sort at every projection: at some thousand values several times as fast
 * as the engine's own sort. Three passes of 11 bits over keys whose unsigned order is the order of the floats.
 */

const buckets = 2048;
const mask = buckets - 1;

/**
 * A sorter with scratch space for up to `capacity` values: it sorts all of `values` in place, ascending, and returns them.
 * NaN goes to one end or the other.
 */
export function floatSorter(capacity: number): (values: Float32Array) => Float32Array {
  const a = new Int32Array(capacity);
  const b = new Int32Array(capacity);
  const low = new Int32Array(buckets);
  const middle = new Int32Array(buckets);
  const high = new Int32Array(buckets);
  return (values) => {
    const count = values.length;
    if (count > capacity) throw new Error(`internal: a sorter of ${capacity} values got ${count}`);
    const bits = new Int32Array(values.buffer, values.byteOffset, count);
    for (const histogram of [low, middle, high]) histogram.fill(0);
    for (let i = 0; i < count; i++) {
      const pattern = bits[i] as number;
      const key = pattern ^ ((pattern >> 31) | -0x80000000); // negative: turn every bit; else: the sign alone
      a[i] = key;
      (low[key & mask] as number)++;
      (middle[(key >>> 11) & mask] as number)++;
      (high[key >>> 22] as number)++;
    }
    scatter(a, b, count, 0, low);
    scatter(b, a, count, 11, middle);
    scatter(a, b, count, 22, high);
    for (let i = 0; i < count; i++) {
      const key = b[i] as number;
      bits[i] = key ^ (~(key >> 31) | -0x80000000);
    }
    return values;
  };
}

/** Moves the keys into the order of one digit, keeping the order of equals; `histogram` becomes the places. */
function scatter(from: Int32Array, to: Int32Array, count: number, shift: number, histogram: Int32Array): void {
  let place = 0;
  for (let digit = 0; digit < buckets; digit++) {
    const size = histogram[digit] as number;
    histogram[digit] = place;
    place += size;
  }
  for (let i = 0; i < count; i++) {
    const key = from[i] as number;
    to[(histogram[(key >>> shift) & mask] as number)++] = key;
  }
}
