/** Writes arrays as NumPy does: .npz, an uncompressed zip of .npy files. */
import { crc32 } from 'node:zlib';

export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
  /** In C order; texts are written as Unicode of equal width. */
  readonly values: Float32Array | Float64Array | Uint8Array | readonly string[];
}

/** The bytes of a .npy, version 1. */
export function encodeNpy({ shape, values }: NamedArray): Buffer {
  const { descr, bytes } = bytesOf(values);
  const sides = shape.map((side) => `${side},`).join(' ');
  const dictionary = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape.length > 1 ? sides.slice(0, -1) : sides}), }`;
  const length = Math.ceil((10 + dictionary.length + 1) / 64) * 64 - 10;
  const head = Buffer.alloc(10);
  head.write('\x93NUMPY\x01\x00', 'latin1');
  head.writeUInt16LE(length, 8);
  return Buffer.concat([head, Buffer.from(`${dictionary.padEnd(length - 1)}\n`, 'latin1'), bytes]);
}

function bytesOf(values: NamedArray['values']): { readonly descr: string; readonly bytes: Uint8Array } {
  if (Array.isArray(values)) return textBytes(values);
  const array = values as Float32Array | Float64Array | Uint8Array; // what else it may be
  const descr = array instanceof Float64Array ? '<f8' : array instanceof Uint8Array ? '|u1' : '<f4';
  return { descr, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) };
}

/** Each in as many letters of 32 bits as the longest has. */
function textBytes(texts: readonly string[]): { readonly descr: string; readonly bytes: Uint8Array } {
  const letters = texts.map((text) => Array.from(text, (letter) => letter.codePointAt(0) as number));
  const width = Math.max(1, ...letters.map(({ length }) => length));
  const codes = new Uint32Array(texts.length * width);
  letters.forEach((text, at) => {
    codes.set(text, at * width);
  });
  return { descr: `<U${width}`, bytes: new Uint8Array(codes.buffer) };
}

/** The bytes of a .npz. The same arrays give the same bytes. */
export function encodeNpz(arrays: readonly NamedArray[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const array of arrays) {
    const [name, content] = [Buffer.from(`${array.name}.npy`), encodeNpy(array)];
    // Version 2.0, stored, names in UTF-8, 1 January 1980.
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800, 2);
    common.writeUInt16LE(0x21, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(content.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(14);
    entry.writeUInt32LE(offset, 10);
    parts.push(Buffer.from('PK\x03\x04', 'latin1'), common, name, content);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, entry, name);
    offset += 30 + name.length + content.length;
  }
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(arrays.length, 8);
  end.writeUInt16LE(arrays.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}
