/**
 * Writes and checks SHA256SUMS of a finished trial's folder: one line a file, as `sha256sum -c` reads it. A flipped bit in a
 * CSV, a film or a picture shows nowhere else. The record has a checksum of its own; what changes later (scores) is left out.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { UsageError } from '../base/usage-error.ts';
import { isMissing, writeWhole } from './files.ts';
import { byteStream, readBytes, readTextSync } from './read-file.ts';

const checksumsFile = 'SHA256SUMS';
/** Files written after the checksums, removed before, or left by a failed attempt. */
const others: readonly string[] = [checksumsFile, 'trial.json', 'checkpoint', 'error.txt'];

/** Writes the checksums of the files in `folder`; nothing where it is empty. */
export async function writeChecksums(folder: string): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  const lines: string[] = [];
  for (const name of names.filter((one) => !one.startsWith('.') && !others.includes(one)).sort()) {
    const hash = createHash('sha256');
    await pipeline(byteStream(join(folder, name)), hash);
    lines.push(`${hash.digest('hex')}  ${name}\n`);
  }
  if (lines.length > 0) await writeWhole(join(folder, checksumsFile), lines.join(''));
}

/** The bytes of a file that the trial in `folder` left. Throws as `readBytes` and `verifyChecksum` do. */
export async function readArtefact(folder: string, name: string): Promise<Buffer> {
  const bytes = await readBytes(join(folder, name));
  verifyChecksum(folder, name, bytes);
  return bytes;
}

/** Throws UsageError of one line where `bytes` are not those that the trial in `folder` wrote as `name`. */
export function verifyChecksum(folder: string, name: string, bytes: Uint8Array): void {
  const expected = checksumsIn(folder).get(name);
  if (expected === undefined || createHash('sha256').update(bytes).digest('hex') === expected) return;
  const advice = `remove ${folder} and run exp again to have it trained again`;
  throw new UsageError(
    `${join(folder, name)}: its bytes are not those that the trial left (SHA-256 differs); ${advice}`,
  );
}

/** Trials of earlier versions have no checksums. */
function checksumsIn(folder: string): ReadonlyMap<string, string> {
  try {
    const lines = readTextSync(join(folder, checksumsFile)).split('\n');
    return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
  } catch (error) {
    if (isMissing(error)) return new Map();
    throw error;
  }
}
