/** Encodes and decodes trial.json: the record of a finished or failed trial, and the source of its row in trials.csv. */
import { z } from 'zod';
import { brief, issueLine } from '../base/format-issue.ts';
import { inLine } from '../base/one-line.ts';
import { specHash, trialId } from '../catalogue/identity.ts';
import { type Origin, originSchema } from '../catalogue/origin.ts';
import { type ResolvedSpec, storedSchema } from '../catalogue/spec.ts';
import { isColumnName } from '../disk/csv.ts';
import { parseJson } from '../disk/parse-json.ts';
import { sealedJson, unsealed } from '../disk/sealed-json.ts';
import type { Values } from '../metrics/evaluation-inputs.ts';
import type { JudgedSide } from '../metrics/unusable.ts';

export const statuses = ['done', 'diverged', 'failed'] as const;
export type Status = (typeof statuses)[number];

export interface TrialRecord {
  /** `<method>-s<seed>-<hash8>`, with the origin's digits where it has one (`trialId`); also the folder's name. */
  readonly id: string;
  /** Full SHA-256 (hex) of the canonical resolved spec. */
  readonly hash: string;
  readonly spec: ResolvedSpec;
  /** The preset it was planned with; `default` where none was named. */
  readonly preset: string;
  /** Dotted paths of the spec that the command line set or swept. */
  readonly varied: readonly string[];
  readonly status: Status;
  /** Steps that were trained; fewer than `spec.training.steps` where it diverged or failed. */
  readonly steps: number;
  /** Time that the trial ran, over all its resumptions. */
  readonly wallSeconds: number;
  /** Number of trials in its vmap group, all of which share its `wallSeconds`. Absent where it trained alone. */
  readonly stack?: number;
  /** Examples that its discriminator looks at side by side; absent: one. */
  readonly packing?: number;
  /** Where `wallSeconds` went. */
  readonly timings: Readonly<Record<'capture' | 'compile' | 'train' | 'evaluate' | 'write', number>> & {
    /** Seconds for recording a film, where it was filmed. */
    readonly film?: number;
  };
  /** Floating-point operations of its steps, in products and convolutions; absent where nobody counted, as in old records. */
  readonly flops?: number;
  readonly engine: string;
  readonly device: string;
  /** Why it did not run on the engine of its run, one line; absent where it did. */
  readonly because?: string;
  /** Description of the scorer of its pictures: scores of different scorers are not comparable. */
  readonly scorer?: string;
  /** Pictures of the last evaluation that the scorer made nothing of; absent where there are none. */
  readonly unusable?: UnusablePictures;
  /** What it read besides its spec; absent for points, and in old records that do not say. */
  readonly origin?: Origin;
  /** Why it failed or diverged, one line. */
  readonly reason?: string;
  /** Final value of every metric. */
  readonly metrics: Values;
  readonly versions: Readonly<Record<string, string>>;
  /** Commit of the code, `+` where the tree had changes; '' where unknown. */
  readonly commit: string;
  readonly host: string;
  /** ISO 8601. */
  readonly finishedAt: string;
}

/** Pictures for which a feature or a probability of the scorer is not finite, or is no probability. */
type UnusablePictures = Readonly<Record<JudgedSide, number>> & {
  /** What is wrong with outputs that are no probabilities, one line. */
  readonly says?: string;
};

const seconds = z.number().nonnegative();
const count = z.int().nonnegative();

/** A record without its spec and metrics, which are the bulk of thousands of records and are checked by hand below. */
const frameSchema = z.strictObject({
  id: z.string().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  spec: z.looseObject({ seed: z.number(), method: z.string() }),
  preset: z.string().min(1),
  varied: z.array(z.string()),
  status: z.enum(statuses),
  steps: z.int().nonnegative(),
  wallSeconds: seconds,
  stack: z.int().positive().exactOptional(),
  packing: z.int().positive().exactOptional(),
  timings: z.strictObject({
    capture: seconds,
    compile: seconds,
    train: seconds,
    evaluate: seconds,
    write: seconds,
    film: seconds.exactOptional(),
  }),
  flops: z.number().nonnegative().exactOptional(),
  engine: z.string(),
  device: z.string(),
  because: z.string().exactOptional(),
  scorer: z.string().exactOptional(),
  unusable: z
    .strictObject({ generated: count, real: count, realAgainstReal: count, says: z.string().exactOptional() })
    .exactOptional(),
  origin: originSchema.exactOptional(),
  reason: z.string().optional(),
  metrics: z.record(z.string(), z.unknown()),
  versions: z.record(z.string(), z.string()),
  commit: z.string(),
  host: z.string(),
  finishedAt: z.string(),
});

/** A trial's share of its worker's time: where it trained in a vmap group, an equal part. */
export const ownSeconds = ({ wallSeconds, stack = 1 }: Pick<TrialRecord, 'wallSeconds' | 'stack'>): number =>
  wallSeconds / stack;

/** The text of trial.json. */
export function encodeRecord(record: TrialRecord): string {
  return sealedJson(record, (_key, value) =>
    value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY ? String(value) : value,
  );
}

/** A part of a record whose texts speak to no terminal: other programs wrote some of them. */
export function plainTexts<T>(part: T): T {
  if (typeof part === 'string') return inLine(part, 10_000) as T; // a text for a text
  if (typeof part !== 'object' || part === null) return part;
  if (Array.isArray(part)) return part.map(plainTexts) as T; // a list for a list
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, plainTexts(value)])) as T; // the same keys
}

/** Decodes a trial.json. Throws an error of one line that says what is wrong with it. */
export function decodeRecord(text: string): TrialRecord {
  const { value, damage } = unsealed(parseJson(text), text);
  const { reason, ...frame } = checked(frameSchema, value, '');
  const { spec, metrics, ...texts } = frame;
  // The hash is of the spec as it was stored: reading may add defaults that later versions of the schema brought.
  if (specHash(frame.spec) !== frame.hash)
    throw new Error(`its spec does not match its hash ${frame.hash.slice(0, 8)}`);
  const record = {
    ...plainTexts({ ...texts, ...(reason === undefined ? {} : { reason }) }),
    spec: specFrom(spec),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, metricFrom(name, value)])),
  };
  const odd = [...frame.varied, ...Object.keys(record.metrics)].find((name) => !isColumnName(name));
  if (odd !== undefined) throw new Error(`expected names of columns in varied and metrics, got ${brief(odd)}`);
  // Ids become names of folders, here and in reports.
  const id = trialId(record.spec, record.hash, record.origin);
  if (record.id !== id) throw new Error(`id: expected '${id}', got ${brief(record.id)}`);
  if (damage !== undefined) throw new Error(damage);
  return record;
}

const storedSpecs = storedSchema();

/** Checked specs without their seeds, by their JSON: the trials of an experiment share few of them. */
const knownSpecs = new Map<string, ResolvedSpec>();

function specFrom(stored: { readonly seed: number }): ResolvedSpec {
  const { seed, ...rest } = stored;
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new Error(`spec.seed: expected a whole number from 0, got ${seed}`);
  const key = JSON.stringify(rest);
  const known = knownSpecs.get(key) ?? checked(storedSpecs, stored, 'spec');
  knownSpecs.set(key, known);
  return { ...known, seed };
}

/** JSON has no NaN and no infinities: null stands for NaN (not defined), the words for the others. */
function metricFrom(name: string, stored: unknown): number {
  if (typeof stored === 'number') return stored;
  if (stored === null) return Number.NaN;
  if (stored === 'Infinity' || stored === '-Infinity') return Number(stored);
  throw new Error(`metrics.${inLine(name)}: expected a number, got ${brief(stored)}`);
}

function checked<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Parsed a second time, with the inputs that the message quotes: reporting them would slow down every read.
  const { error } = schema.safeParse(value, { reportInput: true });
  throw new Error(`${where === '' ? '' : `${where}.`}${issueLine(error ?? parsed.error)}`);
}
