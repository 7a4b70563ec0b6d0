/** From bytes of pictures to the numbers that networks see. */

const levels = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/** Writes byte / 127.5 − 1 of `length` bytes from `from` into `into` from `at`. Allocates nothing: it runs in every training step. */
export function toFloats(bytes: Uint8Array, from: number, length: number, into: Float32Array, at: number): void {
  for (let i = 0; i < length; i++) into[at + i] = levels[bytes[from + i] as number] as number;
}
