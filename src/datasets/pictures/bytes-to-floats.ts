/** Converts bytes of pictures to the numbers in [−1, 1] that networks see. */

const levels = Float32Array.from({ length: 256 }, (_, byte) => byte / 127.5 - 1);

/** Writes byte / 127.5 − 1 of `length` bytes from `from` into `into` from `at`. Allocates nothing: it runs in every training step. */
export function toFloats(bytes: Uint8Array, from: number, length: number, into: Float32Array, at: number): void {
  for (let i = 0; i < length; i++) into[at + i] = levels[bytes[from + i] as number] as number;
}

/** RGB bytes in three channels, or in one as their luminance (ITU-R BT.601), until `into` is full. */
export function rgbToFloats(rgb: Uint8Array, channels: number, into: Float32Array): void {
  if (channels !== 1) {
    toFloats(rgb, 0, into.length, into, 0);
    return;
  }
  for (let at = 0; at < into.length; at++) {
    const [red, green, blue] = [rgb[3 * at] as number, rgb[3 * at + 1] as number, rgb[3 * at + 2] as number];
    into[at] = (0.299 * red + 0.587 * green + 0.114 * blue) / 127.5 - 1;
  }
}
