/**
 * Provides the array that samples are written to: the caller's where there is one (training steps reuse theirs), else a
 * new one.
 */

/** `into`, or a new array of `length` numbers; an `into` that is too small is a fault of ours. */
export function outputBuffer(length: number, into?: Float32Array): Float32Array {
  if (into === undefined) return new Float32Array(length);
  if (into.length < length)
    throw new Error(`internal: samples need a buffer of ${length} numbers, got one of ${into.length}`);
  return into;
}
