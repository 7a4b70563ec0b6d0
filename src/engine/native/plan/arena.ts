/** What an arena holds before the first step: constants, the masks of vectors that are not full, and the pool of bodies' constants. */
import { bitsOf } from './body.ts';
import { lanes, neutral, type Plan, type Statement } from './program.ts';

/** Numbers that the masks take. */
export const maskSize = 2 * lanes;

/** Bits that statements read from the pool, each once. */
export function poolOf(statements: readonly Statement[]): readonly number[] {
  const bits = statements.flatMap((statement) => [
    ...(statement.kind === 'reduce' ? [bitsOf(neutral[statement.fold])] : []),
    ...statement.body.ops.flatMap((op) => (op.kind === 'constant' ? [op.bits] : [])),
  ]);
  return [...new Set(bits)];
}

/** @param numbers the arena. */
export function fillArena({ constants, masks, pool }: Plan, numbers: Float32Array): void {
  for (const { offset, size, numbers: values } of constants) {
    if (typeof values === 'number') numbers.fill(values, offset, offset + size);
    else numbers.set(values, offset);
  }
  const words = new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  words.fill(-1, masks, masks + lanes);
  words.fill(0, masks + lanes, masks + maskSize);
  for (const [index, bits] of pool.bits.entries()) {
    words.fill(bits, pool.offset + index * lanes, pool.offset + (index + 1) * lanes);
  }
}
