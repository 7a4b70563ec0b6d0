/** The first place in ascending values that is not below `bound`; the end where none is. */
export function lowerBound(ascending: Float64Array | Int32Array, bound: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
