/** Files of the layouts that picture sets are published in, made small: IDX, CIFAR's records, tar, zip; and folders that go with a test. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** A folder that goes with the test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-images-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Writes a file into a folder and returns its path. */
export function put(folder: string, name: string, content: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Bytes as a stream, in chunks of the given lengths (the last one as often as needed). */
export async function* chunked(bytes: Uint8Array, lengths: readonly number[] = [bytes.length || 1]) {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const length = Math.max(1, lengths[Math.min(turn, lengths.length - 1)] ?? 1);
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** An IDX file of unsigned bytes; `says` replaces the lengths of its header. */
export function idx(dims: readonly number[], content: Uint8Array, says: readonly number[] = dims): Buffer {
  const header = Buffer.alloc(4 + 4 * dims.length);
  header.writeUInt32BE(0x0800 + dims.length, 0);
  says.forEach((length, i) => void header.writeUInt32BE(length, 4 + 4 * i));
  return Buffer.concat([header, content]);
}

/** `count` bytes that differ from their neighbours: (7 i + start) mod 251. */
export const pattern = (count: number, start = 0): Uint8Array =>
  Uint8Array.from({ length: count }, (_, i) => (7 * i + start) % 251);

/** One record of CIFAR-10: its pixel i (row by row) has red 3i, green 3i + 1, blue 3i + 2, mod 256, and `shift` added. */
export function cifarRecord(label: number, shift = 0): Buffer {
  const planes = [0, 1, 2].map((c) => Buffer.from(Array.from({ length: 1024 }, (_, i) => (3 * i + c + shift) % 256)));
  return Buffer.concat([Buffer.of(label), ...planes]);
}

/** Two zero blocks: how a tar archive ends. */
export const tarEnd = Buffer.alloc(1024);

/** One entry of a ustar archive; `size` is what its header says. */
export function tarEntry(name: string, content: Uint8Array, type = '0', size = content.length): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

interface ZipMember {
  readonly name: string;
  readonly content: Uint8Array;
  /** Uncompressed bytes that the archive declares, where it lies. */
  readonly says?: number;
  readonly crc?: number;
}

/** A zip archive with deflated members. */
export function zip(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, says = content.length, crc = crc32(content) } of members) {
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc, 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, central, Buffer.from('PK\x05\x06', 'latin1'), end]);
}
