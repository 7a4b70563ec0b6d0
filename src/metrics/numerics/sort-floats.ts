/**
 * Radix sort of 32-bit floats, for metrics that sort at every projection: at some thousand values several times as fast
 * as the engine's own sort. Two passes of 11 bits over the upper 22 of keys whose unsigned order is the order of the floats;
 * neighbours that the other bits put into order then change places.
 */

const buckets = 2048;
const mask = buckets - 1;
/** Bits of a key that no pass looks at. */
const rest = 10;
/** Places that values may move after the passes, for each value: beyond, too many of them share their upper bits. */
const mostMoves = 8;

/** What sorting up to so many values takes beside them. */
export interface SortScratch {
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
}

export const sortScratch = (capacity: number): SortScratch => ({
  a: new Int32Array(capacity),
  b: new Int32Array(capacity),
  low: new Int32Array(buckets),
  high: new Int32Array(buckets),
});

/** Sorts all of `values` in place, ascending, and returns them. NaN goes to one end or the other. */
export function sortFloats(values: Float32Array, { a, b, low, high }: SortScratch): Float32Array {
  const count = values.length;
  if (count > a.length) throw new Error(`internal: scratch for ${a.length} values got ${count}`);
  const bits = new Int32Array(values.buffer, values.byteOffset, count);
  low.fill(0);
  high.fill(0);
  for (let i = 0; i < count; i++) {
    const pattern = bits[i] as number;
    const key = pattern ^ ((pattern >> 31) | -0x80000000); // negative: turn every bit; else: the sign alone
    a[i] = key;
    (low[(key >>> rest) & mask] as number)++;
    (high[key >>> (rest + 11)] as number)++;
  }
  toPlaces(low);
  toPlaces(high);
  for (let i = 0; i < count; i++) {
    const key = a[i] as number;
    b[(low[(key >>> rest) & mask] as number)++] = key;
  }
  for (let i = 0; i < count; i++) {
    const key = b[i] as number;
    bits[(high[key >>> (rest + 11)] as number)++] = key ^ (~(key >> 31) | -0x80000000);
  }
  return insert(values) ? values : values.sort();
}

/** A histogram becomes the place of each bucket's first key. */
function toPlaces(histogram: Int32Array): void {
  let place = 0;
  for (let digit = 0; digit < buckets; digit++) {
    const size = histogram[digit] as number;
    histogram[digit] = place;
    place += size;
  }
}

/** Moves each value down to its place; false where that takes too long. */
function insert(values: Float32Array): boolean {
  let moves = mostMoves * values.length;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    let at = i;
    for (; at > 0 && (values[at - 1] as number) > value; at--) values[at] = values[at - 1] as number;
    if (at === i) continue;
    values[at] = value;
    moves -= i - at;
    if (moves < 0) return false;
  }
  return true;
}
