/** Where samples go: the caller's buffer if it gives one (training steps reuse theirs), else a new one. */

/** `into`, or a new array of `length` numbers; an `into` that is too small is a fault of ours. */
export function room(length: number, into?: Float32Array): Float32Array {
  if (into === undefined) return new Float32Array(length);
  if (into.length < length) throw new Error(`internal: sample needs room for ${length} numbers, got ${into.length}`);
  return into;
}
