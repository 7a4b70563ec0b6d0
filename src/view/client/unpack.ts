/** Unpacks what the server packed: numbers in base64. */
import type { Packed } from '../wire.ts';

export function floats(packed: Packed | undefined): Float32Array {
  const bytes = bytesOf(packed);
  return new Float32Array(bytes.buffer, 0, bytes.length >> 2);
}

export function bytesOf(packed: Packed = ''): Uint8Array<ArrayBuffer> {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
