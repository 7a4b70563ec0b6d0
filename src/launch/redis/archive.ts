/**
 * Packs what comes back of a trial into one archive: its record and the files of its folder. Unpacking trusts nothing: names
 * have no paths, sizes add up, the record decodes. Why not tar: links, paths, sparse files and long names would have to be
 * refused one by one, and the same checks be made.
 */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../../base/format-issue.ts';
import { parseJson } from '../../disk/parse-json.ts';
import { readBytes } from '../../disk/read-file.ts';
import { decodeRecord, encodeRecord, type TrialRecord } from '../../store/record.ts';

export interface ArchivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type Archive =
  | {
      readonly kind: 'record';
      readonly record: TrialRecord;
      readonly files: readonly ArchivedFile[];
      /** The largest resident memory of the process that ran it. */
      readonly maxRssBytes: number;
    }
  /** The trial's own spec turned out to be wrong: one line for the user, wherever the run was started. */
  | { readonly kind: 'usage'; readonly message: string };

const magic = Buffer.from('MODEBENCH-BUNDLE\0');
const mostFiles = 200;
/** Bytes of a header: a record has some thousands, and JSON takes many times its size in memory. */
const mostHeader = 8 * 2 ** 20;

const headerSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('record'),
    record: z.string(),
    maxRssBytes: z.number().nonnegative(),
    files: z.array(z.strictObject({ name: z.string(), size: z.int().nonnegative() })).max(mostFiles),
  }),
  z.strictObject({ kind: z.literal('usage'), message: z.string().max(4000) }),
]);

export function packArchive(archive: Archive): Buffer {
  const files = archive.kind === 'record' ? archive.files : [];
  const header: z.infer<typeof headerSchema> =
    archive.kind === 'record'
      ? {
          kind: 'record',
          record: encodeRecord(archive.record),
          maxRssBytes: archive.maxRssBytes,
          files: files.map(({ name, bytes }) => ({ name, size: bytes.length })),
        }
      : { kind: 'usage', message: archive.message.slice(0, 4000) };
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([magic, length, head, ...files.map(({ bytes }) => bytes)]);
}

/** Throws an Error of one line that says what is wrong. The files are views of `bytes`. */
export function unpackArchive(bytes: Buffer): Archive {
  const start = magic.length + 4;
  if (bytes.length < start || !bytes.subarray(0, magic.length).equals(magic)) throw new Error('it is no archive');
  const head = bytes.readUInt32LE(magic.length);
  if (head > mostHeader) throw new Error(`its header has more than ${mostHeader / 2 ** 20} MB`);
  let at = start + head;
  if (at > bytes.length) throw new Error('it is cut short');
  const parsed = headerSchema.safeParse(parseJson(bytes.toString('utf8', start, at)), { reportInput: true });
  if (!parsed.success) throw new Error(`its header: ${issueLine(parsed.error)}`);
  const header = parsed.data;
  if (header.kind === 'usage') return header;
  const files = header.files.map(({ name, size }) => {
    if (!isFileName(name)) throw new Error(`it names a file '${name.slice(0, 40)}'`);
    at += size;
    return { name, bytes: bytes.subarray(at - size, at) };
  });
  if (at !== bytes.length) throw new Error(at > bytes.length ? 'it is cut short' : 'it holds more than it says');
  if (new Set(files.map(({ name }) => name.toLowerCase())).size < files.length)
    throw new Error('it names a file twice');
  return { kind: 'record', record: recordOf(header.record), files, maxRssBytes: header.maxRssBytes };
}

/** The files that a trial left in its folder. Its checkpoint only on demand: a finished trial has no use for it. */
export async function filesOf(folder: string, withCheckpoint: boolean): Promise<ArchivedFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && isFileName(entry.name) && (withCheckpoint || entry.name !== 'checkpoint'))
    .map(({ name }) => name)
    .sort();
  return Promise.all(names.map(async (name) => ({ name, bytes: await readBytes(join(folder, name)) })));
}

/** A plain name, none of the store's own, none that a file system could take for something else. */
const isFileName = (name: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/.test(name) && !/^trial\.json$/i.test(name) && !name.endsWith('.');

/** Its keys in the order of the text, so that its file gets the bytes that it would have had where it was made. */
function recordOf(text: string): TrialRecord {
  const record = decodeRecord(text);
  const order = Object.keys(JSON.parse(text) as object); // decoded a line above
  const rank = (key: string): number => order.indexOf(key);
  const entries = Object.entries(record).sort(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(entries) as unknown as TrialRecord; // the same entries
}
