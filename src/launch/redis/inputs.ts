/**
 * Identifies what a trial on pictures reads from disk by its content: a worker has the same files, or refuses the trial. Toy
 * data are made from the spec and need nothing.
 */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { issueLine } from '../../base/format-issue.ts';
import { inLine } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn, type Catalogue } from '../../catalogue/catalogue.ts';
import { type ResolvedSpec, specSchema } from '../../catalogue/spec.ts';
import { wantsClassifier } from '../../catalogue/wants-classifier.ts';
import type { PreparedSet } from '../../datasets/data-kind.ts';
import { preparedManifest } from '../../datasets/pictures/image-set.ts';
import { setHash } from '../../datasets/pictures/manifest.ts';
import { isMissing } from '../../disk/files.ts';
import { readBytes } from '../../disk/read-file.ts';
import type { Experiment } from '../../experiment/define.ts';
import { catalogueFor } from '../../experiment/load.ts';
import type { PlannedTrial } from '../../experiment/plan.ts';
import { readScorerFile } from '../../scorers/scorer-file.ts';

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const inputsSchema = z.strictObject({
  /** Prepared sets of pictures. */
  sets: z.array(z.strictObject({ name: slug, sha256 })).max(8),
  /** Files of the project's own classifiers; names only, in the set's folder. */
  files: z
    .array(z.strictObject({ set: slug, name: z.string().regex(/^scorer-[\w-]+\.(onnx|json|f32)$/), sha256 }))
    .max(24),
  /** The scorer that the user brought, wherever each machine has it, by the hash that is in its trials' origin. */
  scorer: sha256.exactOptional(),
  /** The experiment's file that defines kinds of the trial's spec: known by name and hash, and never sent. */
  code: z.strictObject({ name: z.string().min(1).max(255), sha256 }).exactOptional(),
});
export type Inputs = z.infer<typeof inputsSchema>;

/** Where a machine has its files. */
export interface Places {
  /** The folder of prepared sets. */
  readonly data: string;
  /** An ONNX file with its JSON, instead of the project's own scorers. */
  readonly scorer?: string;
  /** Experiments' files with kinds of their own, by their hashes. */
  readonly code?: ReadonlyMap<string, Experiment>;
}

const none: Inputs = { sets: [], files: [] };

/** Looks each distinct input up once; the files are there, because they were prepared for the plan. */
export function inputsReader(data: string): (trial: Pick<PlannedTrial, 'spec' | 'code'>) => Promise<Inputs> {
  const known = new Map<string, Promise<Inputs>>();
  return ({ spec, code }) => {
    if (code === undefined && preparedSet(spec, builtIn) === undefined && !bringsScorer(spec))
      return Promise.resolve(none);
    const key = JSON.stringify([spec.method, spec.data, spec.scorer, spec.measures, spec.code]);
    const inputs = known.get(key) ?? inputsOf({ spec, ...(code && { code }) }, data);
    known.set(key, inputs);
    return inputs;
  };
}

/** Whether the user brought what judges the trial: its spec then names a file, which lies elsewhere on each machine. */
export const bringsScorer = ({ scorer }: ResolvedSpec): boolean => scorer !== undefined && scorer.model !== 'own';

async function inputsOf(trial: Pick<PlannedTrial, 'spec' | 'code'>, data: string): Promise<Inputs> {
  const { spec, code } = trial;
  const catalogue = await catalogueFor(trial);
  const prepared = preparedSet(spec, catalogue);
  return {
    ...(prepared ? await picturesOf(spec, catalogue, prepared, data) : none),
    ...(spec.scorer && bringsScorer(spec) && { scorer: (await readScorerFile(spec.scorer.model)).hash }),
    ...(code && { code: { name: basename(code.file), sha256: code.sha256 } }),
  };
}

const preparedSet = ({ data }: ResolvedSpec, catalogue: Catalogue): PreparedSet | undefined =>
  catalogue.data(data).prepared(data);

/** The set, and the project's own classifier where it judges or guides. */
async function picturesOf(
  spec: ResolvedSpec,
  catalogue: Catalogue,
  pictures: PreparedSet,
  data: string,
): Promise<Inputs> {
  const { set } = pictures;
  if (!wantsClassifier(spec, catalogue)) return { sets: [setOf(set, data)], files: [] };
  const source = preparedManifest(data, set).eachChannelIs;
  const { scorerFile } = await import('../../scorers/own.ts'); // with tfjs
  const path = await scorerFile({ model: 'own' }, pictures, data);
  const files: Inputs['files'][number][] = [];
  for (const ending of ['onnx', 'json', 'f32']) {
    const name = basename(path).replace(/onnx$/, ending);
    const sha256 = await hashOfFile(join(data, set, name));
    if (sha256 !== undefined) files.push({ set, name, sha256 });
  }
  return { sets: [set, ...(source === undefined ? [] : [source])].map((name) => setOf(name, data)), files };
}

const setOf = (name: string, data: string) => ({ name, sha256: setHash(preparedManifest(data, name)) });

/** Throws UsageError of one line where this machine lacks something, or has it with another content. */
export async function requireInputs({ sets, files, scorer, code }: Inputs, places: Places): Promise<void> {
  if (code !== undefined && places.code?.get(code.sha256) === undefined) {
    const same = [...(places.code?.values() ?? [])].some((found) => basename(found.code?.file ?? '') === code.name);
    throw new UsageError(
      `the run uses kinds of ${inLine(code.name)} (${code.sha256.slice(0, 8)}), ${same ? 'and this worker has it with other bytes' : 'which this worker does not have'}: start it with --experiment <that file>`,
    );
  }
  for (const { name, sha256 } of sets) {
    const here = setHash(preparedManifest(places.data, name));
    if (here !== sha256)
      throw new UsageError(
        `${join(places.data, name)} on ${hostname()} is not the set of the run (${here.slice(0, 8)}, expected ${sha256.slice(0, 8)}): copy that one here`,
      );
  }
  for (const { set, name, sha256 } of files) {
    const path = join(places.data, set, name);
    const here = await hashOfFile(path);
    if (here !== sha256)
      throw new UsageError(
        `${path} on ${hostname()} ${here === undefined ? 'is not there' : 'is not that of the run'}: copy the folder ${set} from where the run was started`,
      );
  }
  if (scorer === undefined) return;
  if (places.scorer === undefined)
    throw new UsageError('the run judges pictures by a scorer of its own: start the worker with --scorer <that file>');
  if ((await readScorerFile(places.scorer)).hash !== scorer)
    throw new UsageError(
      `${places.scorer} on ${hostname()} is not the scorer of the run: copy that one (and its JSON) here`,
    );
}

/** Throws UsageError of one line where a file that the data are read from is not here, or is another. */
export function requireData({ data }: ResolvedSpec): void {
  const card = builtIn.cards.data.find(({ kind }) => kind === data.kind);
  if (card?.readsFiles) card.check(data);
}

/** The trial with the file of its own kinds as this machine has it. Throws UsageError where its spec is not what that file describes. */
export function localTrial(trial: PlannedTrial, { code }: Inputs, places: Places): PlannedTrial {
  const experiment = code && places.code?.get(code.sha256);
  if (experiment?.code === undefined) return trial;
  const parsed = specSchema(experiment.catalogue, trial.spec.method).safeParse(trial.spec, { reportInput: true });
  if (!parsed.success) throw new UsageError(issueLine(parsed.error));
  return { ...trial, code: experiment.code };
}

/** The spec as this machine has to run it: a scorer of the user's own lies elsewhere here. */
export function localSpec(spec: ResolvedSpec, { scorer }: Inputs, places: Places): ResolvedSpec {
  return scorer === undefined || places.scorer === undefined ? spec : { ...spec, scorer: { model: places.scorer } };
}

/** Hashes by path; a file that changed has another time or size. */
const hashes = new Map<string, { readonly stamp: string; readonly hash: string }>();

async function hashOfFile(path: string): Promise<string | undefined> {
  try {
    const { mtimeMs, size, ino } = await stat(path);
    const stamp = `${mtimeMs} ${size} ${ino}`;
    const known = hashes.get(path);
    if (known?.stamp === stamp) return known.hash;
    const hash = createHash('sha256')
      .update(await readBytes(path))
      .digest('hex');
    hashes.set(path, { stamp, hash });
    return hash;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
