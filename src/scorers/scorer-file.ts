/**
 * Reads a scorer's files and gives them one hash: an ONNX file, and a JSON beside it that says what goes in and what comes out.
 * Nothing is run here, so that a plan can ask which scorer it would be judged by.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { inLine, messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { errorCode } from '../disk/files.ts';
import { parseJson } from '../disk/parse-json.ts';
import { readBytes } from '../disk/read-file.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import { outputCount } from './label-outputs.ts';
import { hashesOf, type OnnxParts, readOnnx } from './onnx-parts.ts';

/** Numbers in an example, at most: 50 of these at once are 800 MB. */
const largestInput = 2 ** 22;
const labelsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('classes'), heads: z.array(z.array(z.string()).min(1)).min(1) }),
  z.strictObject({ kind: z.literal('attributes'), names: z.array(z.string()).min(1) }),
]);

/** What stands in the JSON. */
export const scorerSchema = z.strictObject({
  /** Printed with every score. */
  name: z.string().min(1),
  /** Whose features they are, to name distances in them by. */
  of: z.string().min(1).optional(),
  input: z.strictObject({
    /** For pictures; a vector has `[numbers]`. */
    shape: z
      .array(z.int().positive())
      .min(1)
      .max(3)
      .refine((shape) => sizeOf(shape) <= largestInput, `expected at most ${largestInput} numbers in all`),
    layout: z.enum(['nhwc', 'nchw']).default('nhwc'),
    /** A pixel p in [0, 1] goes in as (p − mean) / std, channel by channel; one number stands for all channels. */
    mean: z.array(z.number()).min(1),
    std: z.array(z.number().positive()).min(1),
  }),
  output: z.strictObject({
    /** Name of the output with features, `[batch, …]`. */
    features: z.string().min(1),
    /** Name of the output with logits (or with probabilities), where there is one. */
    logits: z.string().min(1).optional(),
    probabilities: z.string().min(1).optional(),
  }),
  labels: labelsSchema.optional(),
  /** The scorer looks at every channel as a picture of its own. */
  eachChannel: z.boolean().default(false),
  /** It was trained to see no attribute in pictures that are not of the data. */
  refuses: z.literal(true).exactOptional(),
});
export type ScorerCard = z.infer<typeof scorerSchema>;

export interface ScorerFile {
  readonly model: OnnxParts['model'];
  readonly card: ScorerCard;
  readonly cardPath: string;
  /** SHA-256 (hex) of weights and card: scores of different scorers do not compare. */
  readonly hash: string;
}

/** @throws UsageError of one line where the file or its JSON is not there or not what it should be. */
export async function readScorerFile(path: string): Promise<ScorerFile> {
  const cardPath = path.replace(/(\.onnx)?$/, '.json');
  const { bytes, weights, model } = await there(readOnnx(path), path, 'expected an ONNX file');
  const card = parseCard(
    await there(readBytes(cardPath), cardPath, `expected the JSON that describes ${path}`),
    cardPath,
  );
  const hash = createHash('sha256').update(bytes).update(JSON.stringify(card));
  for (const part of await hashesOf(weights)) hash.update(part);
  return { model, card, cardPath, hash: hash.digest('hex') };
}

/** What a scorer's JSON says. Throws a UsageError of one line that starts with `path`. */
export function parseCard(bytes: Uint8Array, path: string): ScorerCard {
  let json: unknown;
  try {
    json = parseJson(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new UsageError(`${path}: ${inLine(messageOf(error), 200)}`);
  }
  const parsed = scorerSchema.safeParse(json, { reportInput: true });
  if (!parsed.success) throw new UsageError(`${path}: ${issueLine(parsed.error)}`);
  const { labels, output } = parsed.data;
  if (labels && output.logits === undefined && output.probabilities === undefined && outputCount(labels) > 0) {
    throw new UsageError(`${path}: labels need an output with logits or probabilities`);
  }
  return parsed.data;
}

async function there<T>(reading: Promise<T>, path: string, expected: string): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(`${path}: ${expected} (${errorCode(error)})`);
  }
}
