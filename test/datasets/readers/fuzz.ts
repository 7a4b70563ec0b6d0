/** What readers of foreign files are tried with: bytes of any kind, and whole files with some bytes changed, cut or added. */
import fc from 'fast-check';
import { expect } from 'vitest';

/** `file` as it is, cut short, or with up to eight of its bytes replaced. */
export function damaged(file: Uint8Array): fc.Arbitrary<Uint8Array> {
  const changes = fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { maxLength: 8 });
  return fc.tuple(changes, fc.nat(file.length)).map(([edits, cut]) => {
    const copy = Uint8Array.from(file);
    for (const [at, byte] of edits) copy[at] = byte;
    return copy.subarray(0, file.length - cut);
  });
}

/** Bytes of any kind, or a damaged file. */
export const anyBytes = (file: Uint8Array): fc.Arbitrary<Uint8Array> =>
  fc.oneof(fc.uint8Array({ maxLength: 2000 }), damaged(file));

/** Runs a reader to its end: it may succeed, or fail with words of one line that are not the fault of this project. */
export async function endsWell(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error; // just checked
    expect(message).toMatch(/\S/);
    expect(message).not.toMatch(/^internal:|\n/);
    expect(error).not.toBeInstanceOf(TypeError);
    expect(error).not.toBeInstanceOf(RangeError);
  }
}

/** Bytes of memory outside the heap that a piece of work leaves in use at its end, before anything is collected. */
export async function memoryTaken(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  await work();
  return process.memoryUsage().arrayBuffers - before;
}
