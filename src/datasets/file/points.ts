/** Points of a file: a CSV with a row for each, sampled by index. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { location, positive, scale } from '../../schema/fields.ts';
import { collection } from '../collection.ts';
import { boxOf, pointsKind } from '../data-kind.ts';
import type { Dataset } from '../dataset.ts';
import { labelledByMode, modesAround, modesByLabel } from './modes-of-points.ts';
import { type PointsTable, pointsBytes, readPoints } from './points-table.ts';

const settings = {
  file: location(z.string().min(1)),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  columns: z.array(z.string().min(1)).min(1).optional(),
  modes: z.string().min(1).optional(),
  centres: z.array(z.array(z.number()).min(1)).min(1).optional(),
  std: positive.optional(),
  scale,
};
type Settings = z.output<z.ZodObject<typeof settings>>;

/**
 * Points of a CSV file, in as many dimensions as it has numeric columns (or `columns`, by name); a header is optional. The
 * path is relative to the experiment's file. Every step draws rows uniformly, with repetition; evaluations take each row once
 * before any comes again.
 *
 * Metrics of modes need to know the modes: `modes` names a column of labels, and a mode is the Gaussian of the points with
 * one label (their mean and covariance, their share of the rows); or `centres` lists them, with one σ `std`, and each weighs
 * the share of rows that it is nearest to.
 *
 * The SHA-256 of the file is part of a trial's identity, its place is not: it is noted when trials are planned (`sha256`, not
 * for authors to set), and a file that has changed since is refused.
 *
 * ```ts
 * points({ file: 'flowers.csv', columns: ['petal length', 'petal width'], modes: 'species' });
 * ```
 *
 * @throws UsageError of one line for a file that is missing, changed, or not a table of numbers: row, column, what was
 * expected, what came.
 */
export const points = pointsKind({
  kind: 'points',
  description: 'points of a CSV file, sampled by index; modes from a column of labels or from centres',
  settings,
  has: ({ modes, centres }) => (modes !== undefined || centres !== undefined ? ['modes'] : []),
  fillIn({ sha256: _, ...rest }, folder) {
    const file = resolve(folder, rest.file);
    return { ...rest, file, sha256: pointsBytes(file).sha256 };
  },
  check({ modes, centres, std }) {
    if (modes !== undefined && centres !== undefined)
      throw new UsageError('data: expected either modes (a column) or centres, got both');
    if ((centres === undefined) !== (std === undefined))
      throw new UsageError(`data.${std === undefined ? 'std' : 'centres'}: expected both centres and std, or neither`);
  },
  make: openFile,
});

/** Data sets of this process that were opened last; trials of one experiment share theirs. */
const opened = new Map<string, { readonly stamp: string; readonly dataset: Dataset }>();
const mostOpened = 4;

function openFile(settings: Settings): Dataset {
  const { file, sha256 } = settings;
  const stat = statsOf(file);
  const stamp = `${stat?.mtimeMs} ${stat?.size}`;
  const key = JSON.stringify(settings);
  const known = opened.get(key);
  if (known?.stamp === stamp) return known.dataset;
  // Without a hash nothing is read: a job of a queue could else have a worker show what lies on its disk.
  if (sha256 === undefined) throw new UsageError('data.sha256: expected the hash of the file, as planning notes it');
  const content = pointsBytes(file);
  if (sha256 !== content.sha256)
    throw new UsageError(
      `data.file: ${file} has changed since the trial was planned (it was ${sha256.slice(0, 8)}, is ${content.sha256.slice(0, 8)})`,
    );
  const dataset = datasetOf(readPoints(content, file, { columns: settings.columns, labels: settings.modes }), settings);
  const [oldest] = opened.keys();
  if (opened.size >= mostOpened && oldest !== undefined) opened.delete(oldest);
  opened.set(key, { stamp, dataset });
  return dataset;
}

/** The data set of points that are in memory. Throws UsageError as `points` does. */
export function datasetOf(
  table: PointsTable,
  { centres, std, scale }: Pick<Settings, 'centres' | 'std' | 'scale'>,
): Dataset {
  const { values, count, dim } = table;
  const put = (index: number, into: Float32Array, at: number) => {
    for (let d = 0; d < dim; d++) into[at + d] = values[index * dim + d] as number;
  };
  const byLabel = table.labels && modesByLabel(table, table.labels);
  const modes = centres ? modesAround(table, centres, std ?? 1) : byLabel?.modes;
  const labelled = byLabel && labelledByMode(table, byLabel, put);
  return {
    shape: [dim],
    dim,
    scale,
    ...collection(count, dim, put),
    ...(modes ? { modes } : { box: boxOf(values, dim) }),
    ...(labelled && { labelled }),
  };
}
