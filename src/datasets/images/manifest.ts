/** `manifest.json` of a prepared set: what its bytes are, where they come from, and their hashes. It holds no date: the same options make the same bytes. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../../experiment/issue-line.ts';
import { UsageError } from '../../spec/usage-error.ts';
import type { Labels } from '../dataset.ts';
import type { Choices, Shape } from './prepare/recipe.ts';

export interface Manifest {
  readonly format: 1;
  readonly name: string;
  readonly title: string;
  readonly simulated: boolean;
  readonly source: string;
  readonly shape: Shape;
  readonly train: number;
  readonly heldOut: number;
  readonly labels?: Labels;
  readonly eachChannelIs?: string;
  /** What was chosen when it was made, as the command line names it. */
  readonly options: Choices;
  /** Source files that could not be read. */
  readonly skipped: number;
  readonly sha256: { readonly images: string; readonly labels?: string };
}

/** Files of a set's folder; it holds no others. */
export const setFiles = { manifest: 'manifest.json', images: 'images.u8', labels: 'labels.u8' } as const;

const count = z.int().nonnegative();
const side = z.int().positive().max(4096);
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal');
const values = z.array(z.string()).min(1).max(256);

const schema = z.strictObject({
  format: z.literal(1),
  name: z.string().min(1),
  title: z.string(),
  simulated: z.boolean(),
  source: z.string(),
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
  options: z.record(z.string(), z.union([z.string(), z.number()])),
  skipped: count,
  sha256: z.strictObject({ images: hash, labels: hash.optional() }),
});

/** A manifest is a few kilobytes; what is larger is something else. */
const largest = 1 << 20;

/** What lies in `folder`; `undefined` where no manifest does. Throws a UsageError of one line for one that is broken. */
export function readManifest(folder: string): Manifest | undefined {
  const path = join(folder, setFiles.manifest);
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (!stat.isFile() || stat.size > largest)
    throw new UsageError(`${path}: expected a manifest, this is something else`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    throw new UsageError(`${path}: not JSON (cut short?)`);
  }
  const parsed = schema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw new UsageError(`${path}: ${issueLine(parsed.error)}`);
  const { labels, eachChannelIs, sha256, ...rest } = parsed.data;
  if ((labels === undefined) !== (sha256.labels === undefined))
    throw new UsageError(`${path}: sha256.labels: expected one where there are labels, and only there`);
  return {
    ...rest,
    ...(labels && { labels }),
    ...(eachChannelIs === undefined ? {} : { eachChannelIs }),
    sha256: { images: sha256.images, ...(sha256.labels === undefined ? {} : { labels: sha256.labels }) },
  };
}

/** The text of a manifest's file. */
export const manifestText = (manifest: Manifest): string => `${JSON.stringify(manifest, undefined, 2)}\n`;

/** One hash for the whole set: its pictures and labels, and how they are to be read. Where they came from changes nothing. */
export function setHash({ shape, train, heldOut, labels, sha256 }: Manifest): string {
  const content = [shape, train, heldOut, labels ?? null, sha256.images, sha256.labels ?? null];
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
