/**
 * Reads and writes `manifest.json` of a prepared set: its shape, labels, source and hashes. It holds no date: the same
 * options give the same bytes.
 */
import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../../base/format-issue.ts';
import { faultOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { parseJson } from '../../disk/parse-json.ts';
import { readTextSync } from '../../disk/read-file.ts';
import { sealedJson, unsealed } from '../../disk/sealed-json.ts';
import { statsOf } from '../../disk/stats-of.ts';
import type { Labels } from '../dataset.ts';
import { againCommand } from './set-messages.ts';

/** What is known of a prepared set, beside its pictures. */
export interface SetDescription {
  readonly name: string;
  /** A short description. */
  readonly title: string;
  /** Drawn by code, not photographed. */
  readonly simulated: boolean;
  readonly source: string;
  /** Under which its pictures may be used, and whom to name; absent for what was drawn here or is the user's own. */
  readonly licence?: string;
  /** Height, width, channels. */
  readonly shape: readonly [number, number, number];
  /** Pictures 0 … train − 1. */
  readonly train: number;
  /** Pictures train … train + heldOut − 1. */
  readonly heldOut: number;
  readonly labels?: Labels;
  /** The set whose pictures each channel is one of (`mnist` for stacked-mnist). */
  readonly eachChannelIs?: string;
}

export interface Manifest extends SetDescription {
  readonly format: 1;
  /** Options that it was made with, as on the command line. */
  readonly options: Readonly<Record<string, string | number | true>>;
  /** Source files that could not be read. */
  readonly skipped: number;
  readonly sha256: { readonly images: string; readonly labels?: string };
}

/** Files of a set's folder; it holds no others. */
export const setFiles = { manifest: 'manifest.json', images: 'images.u8', labels: 'labels.u8' } as const;

const count = z.int().nonnegative();
const side = z.int().positive().max(4096);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
/** Stands unquoted in the command that makes the set again. */
const option = z.string().regex(/^[a-z]+$/, "expected an option's name");
const values = z.array(z.string()).min(1).max(256);

const schema = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1),
  title: z.string(),
  simulated: z.boolean(),
  source: z.string(),
  licence: z.string().optional(),
  shape: z.tuple([side, side, z.int().positive().max(16)]),
  train: z.int().positive(),
  heldOut: count,
  labels: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('classes'), heads: z.array(values).min(1) }),
      z.strictObject({ kind: z.literal('attributes'), names: z.array(z.string()).min(1) }),
    ])
    .optional(),
  eachChannelIs: z.string().optional(),
  options: z.record(option, z.union([z.string(), z.number(), z.literal(true)])),
  skipped: count,
  sha256: z.strictObject({ images: hash, labels: hash.optional() }),
});

/** Limit on the size of a manifest, which has a few kilobytes. */
const largest = 1 << 20;

/**
 * What lies in `folder`; `undefined` where no manifest does. Throws a UsageError of one line for one that is broken, with
 * the command that makes the set again.
 */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, setFiles.manifest);
  const stat = statsOf(path);
  if (stat === undefined) return undefined;
  if (!stat.isFile() || stat.size > largest)
    throw new UsageError(`${path}: expected a manifest, this is something else`);
  try {
    return decodeManifest(readTextSync(path));
  } catch (error) {
    // The options in a damaged manifest cannot be trusted.
    const again = againCommand(dirname(folder), { name: basename(folder), options: {} });
    throw new UsageError(`${faultOf(path, error)}; make it again with ${again}`);
  }
}

function decodeManifest(text: string): Manifest {
  const { value, damage } = unsealed(parseJson(text), text);
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new Error(issueLine(parsed.error));
  const { licence, labels, eachChannelIs, sha256, ...rest } = parsed.data;
  if ((labels === undefined) !== (sha256.labels === undefined))
    throw new Error('sha256.labels: expected one where there are labels, and only there');
  if (damage !== undefined) throw new Error(damage);
  return {
    ...rest,
    ...(licence === undefined ? {} : { licence }),
    ...(labels && { labels }),
    ...(eachChannelIs === undefined ? {} : { eachChannelIs }),
    sha256: { images: sha256.images, ...(sha256.labels === undefined ? {} : { labels: sha256.labels }) },
  };
}

/** The text of a manifest's file. */
export const manifestText = (manifest: Manifest): string => sealedJson(manifest);

/** Hash of the whole set: its pictures, its labels and their layout, but not their source. */
export function setHash({ shape, train, heldOut, labels, sha256 }: Manifest): string {
  const content = [shape, train, heldOut, labels ?? null, sha256.images, sha256.labels ?? null];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
