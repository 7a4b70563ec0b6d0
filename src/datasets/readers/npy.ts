/** Reads an array that NumPy wrote (.npy, format 1 to 3): numbers of any size, order of bytes and of axes; never a pickle. */
import { brief } from '../../base/format-issue.ts';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';

export interface NumpyArray {
  readonly shape: readonly number[];
  /** NumPy's word: `<f4`, `|u1`. */
  readonly dtype: string;
  /** In C order, the last axis fastest. Bytes stay bytes; other numbers are rounded to 32 bits. */
  readonly values: Float32Array | Uint8Array;
}

export interface DoubleArray extends Omit<NumpyArray, 'values'> {
  readonly values: Float64Array;
}

const magic = '\x93NUMPY';
/** Letters that a header may have: NumPy's own have 118. */
const longestHeader = 65_536;
const mostAxes = 32;

type Read = (view: DataView, at: number, little: boolean) => number;

/** By kind and size in bytes. */
const readers: Readonly<Record<string, Read>> = {
  f2: (view, at, little) => halfFloat(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
  i1: (view, at) => view.getInt8(at),
  i2: (view, at, little) => view.getInt16(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  u1: (view, at) => view.getUint8(at),
  b1: (view, at) => view.getUint8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
};

/**
 * @param source what to call it in errors: a path, or an archive with the array's name.
 * @throws UsageError of one line where the bytes are no such file, cut short, or hold what is no number.
 */
export function decodeNpy(bytes: Uint8Array, source: string): NumpyArray {
  return filled(bytes, source, (kind, count) =>
    kind === 'u1' || kind === 'b1' ? new Uint8Array(count) : new Float32Array(count),
  );
}

/** The same, with all 64 bits of its numbers. */
export const decodeDoubles = (bytes: Uint8Array, source: string): DoubleArray =>
  filled(bytes, source, (_, count) => new Float64Array(count));

function filled<Values extends Float32Array | Float64Array | Uint8Array>(
  bytes: Uint8Array,
  source: string,
  empty: (kind: string, count: number) => Values,
): Omit<NumpyArray, 'values'> & { readonly values: Values } {
  const { dtype, isFortran, shape, start } = headerOf(bytes, source);
  const [, order = '', kind = ''] = /^([<>|=])(\w+)$/.exec(dtype) ?? [];
  const read = readers[kind];
  if (read === undefined) throw new UsageError(`${source}: ${refusalOf(dtype)}`);
  const size = Number(kind.slice(1));
  const count = shape.reduce((product, side) => product * side, 1);
  const has = bytes.length - start;
  if (has !== count * size)
    throw new UsageError(
      `${source}: expected ${countText(count * size)} bytes for the shape (${shape.join(', ')}) of ${dtype}, got ${countText(has)}${has < count * size ? ' (cut short?)' : ''}`,
    );
  const values = empty(kind, count);
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, has);
  const place = isFortran ? fortranPlaces(shape) : (index: number) => index;
  for (let at = 0; at < count; at++) values[place(at)] = read(view, at * size, order !== '>');
  return { shape, dtype, values };
}

interface Header {
  readonly dtype: string;
  readonly isFortran: boolean;
  readonly shape: readonly number[];
  /** Where the numbers begin. */
  readonly start: number;
}

/** Its text is a dictionary as Python prints it: `{'descr': '<f4', 'fortran_order': False, 'shape': (2500, 2), }`. */
function headerOf(bytes: Uint8Array, source: string): Header {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, longestHeader + 12));
  if (head.toString('latin1', 0, magic.length) !== magic)
    throw new UsageError(`${source}: expected an array of NumPy (np.save), got ${contentOf(head)}`);
  const isOld = head[6] === 1;
  const start = isOld ? 10 : 12;
  const length = head.length < start ? Number.NaN : isOld ? head.readUInt16LE(8) : head.readUInt32LE(8);
  if (!(start + length <= head.length)) throw new UsageError(`${source}: cut short in its header, or not by np.save`);
  const text = head.toString('latin1', start, start + length);
  const dtype = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)?.[1]?.match(/\d+/g)?.map(Number) ?? [];
  if (/'descr':\s*\[/.test(text))
    throw new UsageError(
      `${source}: expected numbers, got records (a structured dtype): save its columns as one array`,
    );
  if (dtype === undefined || order === undefined || shape.length > mostAxes || !shape.every(Number.isSafeInteger))
    throw new UsageError(`${source}: expected NumPy's header, got ${brief(text)}`);
  return { dtype, isFortran: order === 'True', shape, start: start + length };
}

function refusalOf(dtype: string): string {
  const cast = "save numbers: np.save('samples.npy', samples.astype(np.float32))";
  if (/O/.test(dtype)) return `holds Python objects (a pickle), which are not opened: they may run code; ${cast}`;
  if (/V2$/.test(dtype)) return `dtype '${dtype}' (bfloat16?) is none of NumPy's own; ${cast}`;
  return `expected numbers, got dtype ${brief(dtype)}; ${cast}`;
}

function contentOf(head: Buffer): string {
  if (head.length === 0) return 'an empty file';
  if (head[0] === 0x80) return 'a pickle, which is not opened: it may run code';
  if (head.toString('latin1', 0, 2) === 'PK') return 'a zip archive (.npz, or a model of PyTorch)';
  return 'something else';
}

/** The place in C order of a number by its place in Fortran order, where the first axis is fastest. */
function fortranPlaces(shape: readonly number[]): (index: number) => number {
  const steps = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  return (index) => {
    let [left, place] = [index, 0];
    for (const [axis, side] of shape.entries()) {
      place += (left % side) * (steps[axis] as number);
      left = Math.floor(left / side);
    }
    return place;
  };
}

/** IEEE 754 binary16. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1_024) * 2 ** (exponent - 15);
}
