/** Packs numbers for the page: base64 of their bytes, little-endian on every platform that the engines run on. */
import type { Packed } from './wire.ts';

export const packFloats = (values: ArrayLike<number>): Packed => packed(Float32Array.from(values));

export const packBytes = (values: Uint8Array): Packed => packed(values);

const packed = ({ buffer, byteOffset, byteLength }: Uint8Array | Float32Array): Packed =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
