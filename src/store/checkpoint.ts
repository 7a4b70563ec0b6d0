/**
 * Encodes and decodes a checkpoint, the state of an unfinished trial in one file: magic, version, header (JSON), history
 * and arrays as raw numbers, and the SHA-256 of all that. A damaged file is refused; its trial then starts again.
 */
import { createHash } from 'node:crypto';
import { endianness } from 'node:os';
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { messageOf } from '../base/one-line.ts';
import { parseJson } from '../disk/parse-json.ts';
import { type HistoryRow, valueNames } from './history.ts';

export interface Checkpoint {
  /** Full hash of the trial's spec, and of its origin where it has one: a checkpoint of another trial is of no use. */
  readonly hash: string;
  /** That began the trial; absent in files of earlier versions, and where a file holds networks alone. */
  readonly engine?: string;
  /** Training steps done. */
  readonly step: number;
  /** Seconds that the trial has run so far. */
  readonly elapsed: number;
  readonly history: readonly HistoryRow[];
  /** Flat state by name: parameters, moments, averages. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

const magic = Buffer.from('MODEBENCH\0');
const version = 1;
const digestBytes = 32;
const fixedBytes = magic.length + 4 + 4;

const headerSchema = z.strictObject({
  hash: z.string(),
  engine: z.string().exactOptional(),
  step: z.int().nonnegative(),
  elapsed: z.number().nonnegative(),
  columns: z.array(z.string()),
  rows: z.int().nonnegative(),
  arrays: z.array(z.tuple([z.string(), z.int().nonnegative()])),
});

/** The inverse of `decodeCheckpoint`, bit by bit, except that a value missing in a history row is decoded as NaN. */
export function encodeCheckpoint(checkpoint: Checkpoint): Buffer {
  refuseBigEndian();
  const { hash, engine, step, elapsed, history, arrays } = checkpoint;
  const columns = valueNames(history);
  const sizes = { columns, rows: history.length, arrays: sizesOf(arrays) };
  const header = { hash, ...(engine !== undefined && { engine }), step, elapsed, ...sizes };
  const head = Buffer.from(JSON.stringify(header));
  const fixed = Buffer.alloc(8);
  fixed.writeUInt32LE(version, 0);
  fixed.writeUInt32LE(head.length, 4);
  const table = Float64Array.from(
    history.flatMap((row) => [row.step, ...columns.map((column) => row.values[column] ?? Number.NaN)]),
  );
  const body = [magic, fixed, head, bytesOf(table), ...Object.values(arrays).map(bytesOf)];
  const digest = createHash('sha256');
  for (const part of body) digest.update(part);
  return Buffer.concat([...body, digest.digest()]);
}

/** Throws an error of one line that names what is wrong: not a checkpoint, another version, cut short, damaged. */
export function decodeCheckpoint(buffer: Buffer): Checkpoint {
  refuseBigEndian();
  if (buffer.length < fixedBytes + digestBytes) throw new Error(`the checkpoint is cut short (${buffer.length} bytes)`);
  if (!buffer.subarray(0, magic.length).equals(magic)) throw new Error('the file is not a checkpoint');
  const found = buffer.readUInt32LE(magic.length);
  if (found !== version) throw new Error(`the checkpoint is of version ${found}, expected ${version}`);
  const end = buffer.length - digestBytes;
  const digest = createHash('sha256').update(buffer.subarray(0, end)).digest();
  if (!digest.equals(buffer.subarray(end))) throw new Error('the checkpoint is damaged: its SHA-256 does not match');

  let at = fixedBytes + buffer.readUInt32LE(magic.length + 4);
  if (at > end) throw new Error('the checkpoint is damaged: its header goes on after its end');
  const header = decodeHeader(buffer.toString('utf8', fixedBytes, at));
  // Copied, because a typed array needs aligned bytes and the caller owns the result.
  const take = (bytes: number): ArrayBuffer => {
    if (at + bytes > end) throw new Error('the checkpoint is damaged: its header promises more than there is');
    const copy = new ArrayBuffer(bytes);
    new Uint8Array(copy).set(buffer.subarray(at, at + bytes));
    at += bytes;
    return copy;
  };
  const width = header.columns.length + 1;
  const table = new Float64Array(take(header.rows * width * 8));
  const arrays = header.arrays.map(([name, length]) => [name, new Float32Array(take(length * 4))] as const);
  if (at < end) throw new Error('the checkpoint is damaged: it holds more than its header says');
  return {
    hash: header.hash,
    ...(header.engine !== undefined && { engine: header.engine }),
    step: header.step,
    elapsed: header.elapsed,
    history: Array.from({ length: header.rows }, (_, row) => rowOf(table.subarray(row * width), header.columns)),
    arrays: Object.fromEntries(arrays),
  };
}

/** The checksum proves that the bytes are as they were written, not that this version of the code wrote them. */
function decodeHeader(text: string): z.infer<typeof headerSchema> {
  try {
    const parsed = headerSchema.safeParse(parseJson(text), { reportInput: true });
    if (parsed.success) return parsed.data;
    throw new Error(issueLine(parsed.error));
  } catch (error) {
    throw new Error(`the checkpoint is damaged: its header: ${messageOf(error)}`);
  }
}

const sizesOf = (arrays: Checkpoint['arrays']): [string, number][] =>
  Object.entries(arrays).map(([name, { length }]) => [name, length]);

function rowOf(numbers: Float64Array, columns: readonly string[]): HistoryRow {
  const values = columns.map((column, index) => [column, numbers[index + 1] ?? Number.NaN] as const);
  return { step: numbers[0] ?? Number.NaN, values: Object.fromEntries(values) };
}

const bytesOf = (array: Float32Array | Float64Array): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Numbers are stored as they lie in memory; every platform that Node's engines run on is little-endian. */
function refuseBigEndian(): void {
  if (endianness() !== 'LE') throw new Error('checkpoints need a little-endian machine');
}
