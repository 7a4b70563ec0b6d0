/**
 * Reads and writes search.json of a search's folder in the store: what was drawn, and what every draw reached. Best settings,
 * `--tuned` and the report's page are made from it alone.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import { isMissing, writeWhole } from '../disk/files.ts';
import { waitForLock } from '../disk/lock.ts';
import { parseJson } from '../disk/parse-json.ts';
import { readTextSync } from '../disk/read-file.ts';
import { sealedJson, unsealed } from '../disk/sealed-json.ts';
import { columnInfoSchema } from '../schema/column-info.ts';

const version = 1;
const seed = z.int().nonnegative();

const trialSchema = z.strictObject({
  seed,
  id: z.string().min(1),
  status: z.enum(['done', 'diverged']),
  steps: z.int().nonnegative(),
  seconds: z.number().nonnegative(),
  /** Final values of the columns; null where one is not defined. */
  metrics: z.record(z.string(), z.number().nullable()),
});

const drawSchema = z.strictObject({
  draw: z.int().nonnegative(),
  settings: z.record(z.string(), z.string()),
  /** Those that have ended, by seed; of successive halving a seed has one for each number of steps, ascending. */
  trials: z.array(trialSchema),
});

const methodSchema = z.strictObject({
  method: z.string().min(1),
  space: z.record(z.string(), z.string()),
  base: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ascending. */
  draws: z.array(drawSchema),
});

const searchSchema = z.strictObject({
  preset: z.string().min(1),
  set: z.array(z.string()),
  space: z.array(z.string()),
  seed,
  /** Seeds of its trials: a draw counts when it has a trial of each. */
  seeds: z.array(seed).min(1),
  /** Steps of trials that train to the end, where all have as many. */
  steps: z.int().positive().exactOptional(),
  /** Modes of the data, where it has some. */
  modes: z.int().positive().exactOptional(),
  methods: z.array(methodSchema),
});

const schema = z.strictObject({
  version: z.literal(version),
  /** The experiment that was searched. */
  of: z.string().min(1),
  /** Columns that judge a draw: the first one decides, the next where it ties. */
  columns: z.array(columnInfoSchema),
  searches: z.array(searchSchema),
});

export type SearchFile = Readonly<Omit<z.infer<typeof schema>, 'version'>>;
/** One search: an experiment's preset and settings, a space, a seed. */
export type Search = SearchFile['searches'][number];
export type SearchMethod = Search['methods'][number];
export type SearchDraw = SearchMethod['draws'][number];

const pathIn = (folder: string): string => join(folder, 'search.json');

/** Whether a folder of the store holds a search of settings, and no experiment. */
export const isSearch = (folder: string): boolean => existsSync(pathIn(folder));

/** What lies in a search's folder; `undefined` where nothing does. Throws UsageError for a file that is broken. */
export function readSearches(folder: string): SearchFile | undefined {
  const path = pathIn(folder);
  try {
    const text = readTextSync(path);
    const { value, damage } = unsealed(parseJson(text), text);
    const parsed = schema.safeParse(value, { reportInput: true });
    if (!parsed.success) throw new Error(issueLine(parsed.error));
    if (damage !== undefined) throw new Error(damage);
    const { version: _, ...file } = parsed.data;
    return file;
  } catch (error) {
    if (isMissing(error)) return undefined;
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${path}: ${why} (the search's command, typed again, makes it anew once it is removed)`, {
      cause: error,
    });
  }
}

/** Adds what a run learned to the file, and gives what it holds now. Draws of a method whose spec or space has changed are replaced. */
export async function addSearch(
  folder: string,
  { of, columns }: Pick<SearchFile, 'of' | 'columns'>,
  search: Search,
): Promise<Search> {
  const lock = await waitForLock(join(folder, '.locks', 'search-json.lock'));
  try {
    const old = readSearches(folder);
    const searches = old?.searches ?? [];
    const same = searches.find((one) => isSameSearch(one, search));
    const whole = same === undefined ? search : merged(same, search);
    const file = { of, columns, searches: [...searches.filter((one) => one !== same), whole] };
    await writeWhole(pathIn(folder), sealedJson({ version, ...file }));
    return whole;
  } finally {
    await lock.release();
  }
}

type Identity = Pick<Search, 'preset' | 'set' | 'space' | 'seed'>;

export const isSameSearch = (one: Identity, other: Identity): boolean =>
  one.preset === other.preset &&
  one.seed === other.seed &&
  sameTexts(one.set, other.set) &&
  sameTexts(one.space, other.space);

/** Whatever their order. */
export const sameTexts = (some: readonly string[], others: readonly string[]): boolean =>
  JSON.stringify([...some].sort()) === JSON.stringify([...others].sort());

function merged(old: Search, { methods, seeds, ...search }: Search): Search {
  const others = old.methods.filter(({ method }) => methods.every((one) => one.method !== method));
  return {
    ...search,
    seeds: [...new Set([...old.seeds, ...seeds])].sort((a, b) => a - b),
    methods: [
      ...others,
      ...methods.map((method) => {
        const before = old.methods.find((one) => one.method === method.method);
        return before === undefined || before.base !== method.base ? method : mergedMethod(before, method);
      }),
    ],
  };
}

function mergedMethod(old: SearchMethod, { draws, ...method }: SearchMethod): SearchMethod {
  const byDraw = new Map(old.draws.map((draw) => [draw.draw, draw]));
  for (const draw of draws) {
    const before = byDraw.get(draw.draw)?.trials ?? [];
    const trials = new Map([...before, ...draw.trials].map((trial) => [`${trial.seed} ${trial.steps}`, trial]));
    const inOrder = [...trials.values()].sort((a, b) => a.seed - b.seed || a.steps - b.steps);
    byDraw.set(draw.draw, { ...draw, trials: inOrder });
  }
  return { ...method, draws: [...byDraw.values()].sort((a, b) => a.draw - b.draw) };
}
