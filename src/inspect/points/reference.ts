/** What points are scored against: the data of an experiment, or a user's own points. */
import { basename } from 'node:path';
import { countText, plural } from '../../base/number-words.ts';
import type { Points } from '../../base/points.ts';
import { stream } from '../../base/random.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn, type Catalogue } from '../../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import type { Dataset } from '../../datasets/dataset.ts';
import { datasetOf } from '../../datasets/file/points.ts';
import type { Experiment } from '../../experiment/define.ts';
import { nameOf, resolveTrial } from '../../experiment/resolve.ts';
import { toySetting } from '../../experiment/toy.ts';
import { kMeans, nearestCentres } from '../../metrics/numerics/k-means.ts';
import type { Section } from '../../schema/kind.ts';
import { readSamples } from './sample-file.ts';

export interface Reference {
  /** The experiment's name, the file's. */
  readonly name: string;
  /** A short description, with where its modes come from. */
  readonly says: string;
  readonly dataset: Dataset;
  readonly measures: readonly Section[];
  readonly catalogue: Catalogue;
  /** The experiment, and the spec of its first method. */
  readonly experiment?: Experiment;
  readonly spec?: ResolvedSpec;
  /** Rows of a file, which is all that is known of its distribution. */
  readonly rows?: number;
}

/** @throws UsageError for an experiment of pictures. */
export function experimentReference(experiment: Experiment, dataRoot: string): Reference {
  const { name, catalogue, methods } = experiment;
  const [first = ''] = methods.map(nameOf);
  const spec = resolveTrial(experiment, { method: first, seed: 0 });
  const card = catalogue.data(spec.data);
  if (card.form !== 'points')
    throw new UsageError(
      `--against: ${name} is an experiment of pictures; pictures are scored against their data set (${card.prepared(spec.data)?.set})`,
    );
  const dataset = card.open(spec.data, dataRoot);
  return {
    name,
    says: `${name}: ${describe(dataset, '')}`,
    dataset,
    measures: spec.measures,
    catalogue,
    experiment,
    spec,
  };
}

/** The data of a trial. Throws UsageError for data that an experiment's own file defines. */
export function trialReference(spec: ResolvedSpec, dataRoot: string): Reference {
  const { experiment: name, measures } = spec;
  if (spec.code !== undefined)
    throw new UsageError(
      `expected --against <experiment's file>: this trial uses kinds of its own (${spec.code.slice(0, 8)})`,
    );
  const dataset = builtIn.data(spec.data).open(spec.data, dataRoot);
  return { name, says: `${name}: ${describe(dataset, '')}`, dataset, measures, catalogue: builtIn, spec };
}

/** How the modes of a user's own points are found; at most one of them. */
export interface ModeChoice {
  /** A column of the file (`modes`), a file of centres with their σ, or the number of clusters. */
  readonly modes?: string;
  readonly centres?: string;
  readonly std?: number;
  readonly clusters?: number;
  readonly key?: string;
  readonly seed: number;
}

/** @throws UsageError of one line for a file that is no table of finite points, and for modes that it cannot have. */
export async function fileReference(path: string, choice: ModeChoice): Promise<Reference> {
  const { modes, centres, std, clusters, key, seed } = choice;
  const given = (['modes', 'centres', 'clusters'] as const).filter((name) => choice[name] !== undefined);
  if (given.length > 1) throw new UsageError(`expected one of ${given.map((name) => `--${name}`).join(' and ')}`);
  if ((centres === undefined) !== (std === undefined))
    throw new UsageError('expected both --centres (a file of points) and --std, or neither');
  const { points, labels } = await readSamples(path, { key, labels: modes });
  if (!points.values.every(Number.isFinite))
    throw new UsageError(`--against: ${path}: expected finite numbers, as data are`);
  const places = centres === undefined ? undefined : centresOf((await readSamples(centres)).points);
  const found = clusters === undefined ? labels : clusterLabels(points, clusters, seed, path);
  const dataset = inOptions(() =>
    datasetOf(
      { ...points, ...(found && { labels: found }) },
      { scale: 1, ...(places && { centres: places }), ...(std !== undefined && { std }) },
    ),
  );
  const how =
    modes !== undefined
      ? `of its column ${modes}`
      : centres !== undefined
        ? `at the centres of ${basename(centres)}, σ ${std}`
        : 'by k-means: clusters, which may not be the modes that you mean';
  return {
    name: basename(path),
    says: `${basename(path)}: ${countText(points.count)} points, ${describe(dataset, how)}`,
    dataset,
    measures: toySetting.measures,
    catalogue: builtIn,
    rows: points.count,
  };
}

function describe({ dim, modes }: Dataset, how: string): string {
  const numbers = plural(dim, 'dimension');
  return modes
    ? `${numbers}, ${plural(modes.count, 'mode')}${how === '' ? '' : ` ${how}`}`
    : `${numbers}, no modes known`;
}

const centresOf = ({ values, count, dim }: Points): number[][] =>
  Array.from({ length: count }, (_, at) => [...values.subarray(at * dim, (at + 1) * dim)]);

/** Seeds of k-means, of which the tightest clusters are taken. */
const tries = 10;

/** The cluster of each point as its label: `cluster 7`. */
function clusterLabels(points: Points, wanted: number, seed: number, path: string): string[] {
  const random = stream(seed, 'evaluation', 4);
  let best: { readonly index: Int32Array; readonly spread: number } | undefined;
  for (let round = 0; round < tries; round++) {
    const centres = kMeans(points, wanted, random);
    if (centres.count < wanted)
      throw new UsageError(
        `--clusters: expected at most ${centres.count}, the places of points in ${path}; got ${wanted}`,
      );
    const { index, squaredDistance } = nearestCentres(points, centres);
    const spread = squaredDistance.reduce((sum, squared) => sum + squared, 0);
    if (best === undefined || spread < best.spread) best = { index, spread };
  }
  return [...(best?.index ?? [])].map((cluster) => `cluster ${cluster}`);
}

/** What the data kind says of its settings, said of the options that stand for them here. */
function inOptions<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(error.message.replace(/^data\.(modes|centres)(\.\d+)?/, '--$1$2'));
  }
}
