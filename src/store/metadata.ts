/**
 * Reads and writes experiment.json of an experiment's folder in the store: what its author says of it, and what the code that ran
 * it knew of its methods, columns and data. Reports are made from it, also of experiments that are no part of the project.
 */
import { join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { isMissing, writeWhole } from '../disk/files.ts';
import { waitForLock } from '../disk/lock.ts';
import { readTextSync } from '../disk/read-file.ts';
import { sealedJson, unsealed } from '../disk/sealed-json.ts';
import { type ColumnInfo, columnInfoSchema } from '../schema/column-info.ts';
import { type Expectations, expectationSchema } from '../schema/expectation.ts';
import { truthSchema } from './stored-truth.ts';

/** Raised where a reader of the version before would misread the file; keys that it does not know are no reason. */
const version = 2;

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const methodSchema = z.object({
  description: z.string(),
  source: z.string(),
  colour: z.string().regex(/^#[0-9a-f]{6}$/),
  /** SHA-256 of its declared spec with seed 0; absent where the experiment does not declare the method any more. */
  setting: hash.exactOptional(),
  /** That spec, so that reports know the declared value of what a sweep passes through. */
  spec: z.record(z.string(), z.unknown()).exactOptional(),
});

const schema = z.object({
  /** Absent in stores of modebench 0.1, which hold the author's words alone. */
  version: z
    .int()
    .refine((given) => given <= version, { error: `expected a version up to ${version}; a newer modebench wrote it` })
    .optional(),
  /** Where the experiment's file lies, from this folder; absent in stores of earlier versions. */
  home: z.string().exactOptional(),
  /** What that file is called, where this folder has another name: another experiment's folder had that one. */
  called: z.string().exactOptional(),
  claim: z.string(),
  source: z.string(),
  expects: z.record(z.string(), z.record(z.string(), expectationSchema)),
  deviations: z.array(z.string()),
  methods: z.record(z.string(), methodSchema).exactOptional(),
  columns: z.array(columnInfoSchema).exactOptional(),
  conditions: z.record(hash, z.string()).exactOptional(),
  data: z.record(hash, truthSchema).exactOptional(),
});
type Fields = z.infer<typeof schema>;

/** What an experiment's author says of it. */
export type About = Readonly<Pick<Fields, 'claim' | 'source'>> & {
  /** Final values that the claim implies, by method and metric. */
  readonly expects: Expectations;
  readonly deviations: readonly string[];
};

/** What the code knew that ran the trials: enough to report them without it. */
export interface Kinds {
  readonly methods: Readonly<Record<string, MethodNote>>;
  readonly columns: readonly ColumnInfo[];
  /** What a metric's values depend on, in words, by the SHA-256 of its section in `measures` and of the number of samples. */
  readonly conditions: Readonly<Record<string, string>>;
  /** Modes, curve and dimensions by the SHA-256 of a spec's section `data`. */
  readonly data: NonNullable<Fields['data']>;
}
export type MethodNote = Readonly<z.infer<typeof methodSchema>>;

export type Metadata = About & Partial<Kinds> & { readonly home?: string; readonly called?: string };

/** An author's fields, or an experiment's, with nothing left out. */
export function aboutOf(author: {
  readonly claim: string;
  readonly source: string;
  readonly expects?: Readonly<Record<string, Expectations[string] | undefined>> | undefined;
  readonly deviations?: readonly string[] | undefined;
}): About {
  const { claim, source, expects = {}, deviations = [] } = author;
  const named = Object.entries(expects).flatMap(([method, values]) => (values ? [[method, values] as const] : []));
  return { claim, source, expects: Object.fromEntries(named), deviations };
}

/**
 * Writes it into `folder`, which is made where it is missing. What an earlier run knew of kinds that this one does not use
 * stays; a file that cannot be read is replaced.
 */
export async function writeMetadata(folder: string, metadata: Metadata): Promise<void> {
  const lock = await waitForLock(join(folder, '.locks', 'experiment-json.lock'));
  try {
    const whole = merged(readOrNothing(folder), metadata);
    await writeWhole(join(folder, 'experiment.json'), sealedJson({ version, ...whole }));
  } finally {
    await lock.release();
  }
}

function readOrNothing(folder: string): Metadata | undefined {
  try {
    return readMetadata(folder);
  } catch {
    return undefined;
  }
}

function merged(old: Metadata | undefined, { methods, columns, conditions, data, ...about }: Metadata): Metadata {
  const undeclared = Object.entries(old?.methods ?? {}).map(([name, { setting: _, spec: __, ...note }]) => [
    name,
    note,
  ]);
  const byName = new Map([...(old?.columns ?? []), ...(columns ?? [])].map((column) => [column.name, column]));
  return {
    ...about,
    ...(methods && { methods: { ...Object.fromEntries(undeclared), ...methods } }),
    ...(columns && { columns: [...byName.values()] }),
    ...(conditions && { conditions: { ...old?.conditions, ...conditions } }),
    ...(data && { data: { ...old?.data, ...data } }),
  };
}

/** What lies in `folder`; `undefined` where nothing does. Throws an error of one line for a file that is broken. */
export function readMetadata(folder: string): Metadata | undefined {
  const path = join(folder, 'experiment.json');
  let text: string;
  try {
    text = readTextSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${path}: ${text.trim() === '' ? 'empty' : 'not JSON (cut short?)'}`);
  }
  const { value, damage } = unsealed(json, text);
  const parsed = schema.safeParse(value, { reportInput: true });
  if (!parsed.success) throw new Error(`${path}: ${issueLine(parsed.error)}`);
  if (damage !== undefined) throw new Error(`${path}: ${damage}; the next npm run exp makes it again`);
  const { version: _, ...metadata } = parsed.data;
  return metadata as Metadata; // the schema lets exactly one bound through, which its type cannot say
}
