/** `score` of points: files against an experiment or points of one's own; one in full, many as a table over seeds. */
import { basename, dirname, resolve } from 'node:path';
import { countText } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { wholeNumber } from '../base/whole-number.ts';
import { statsOf } from '../disk/stats-of.ts';
import { experimentFrom, loadExperiment } from '../experiment/load.ts';
import type { PerfectScores } from '../inspect/points/evaluate.ts';
import { filesOf, isPattern, type PlacedFile, placeFiles } from '../inspect/points/groups.ts';
import type { PlacedScores } from '../inspect/points/keep.ts';
import { experimentReference, fileReference, type Reference } from '../inspect/points/reference.ts';
import { isPointsFile, readSamples } from '../inspect/points/sample-file.ts';
import { type PointSource, scoreSource } from '../inspect/points/score-points.ts';
import { usual } from '../inspect/score/settings.ts';
import { writeMetadata } from '../store/metadata.ts';
import { columnsOf } from '../summary/column-info.ts';
import { printDocument } from './document.ts';
import { ExitCode } from './exit.ts';
import { describeWithOthers } from './experiment-metadata.ts';
import { numberFrom } from './parsed-arguments.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print, remark } from './print.ts';
import { type Expected, judge, parseExpected } from './score-expect.ts';
import { refuseOptionsOf, type ScoreArguments } from './score-options.ts';
import { pointsDocument } from './score-points-document.ts';
import { groupsText, pointsText } from './score-points-text.ts';

/** Points that may be asked for. */
const most = 10_000_000;

/** Whether what was typed is a file of points, or a pattern of such. */
export const isPoints = (typed: readonly string[]): boolean => typed.some(isPointsFile);

export async function runPointsScore(typed: readonly string[], given: ScoreArguments, root: string): Promise<number> {
  const from = callersFolder();
  const asked = askedOf(given);
  const files = await placed(typed, given, from);
  const reference = await referenceOf(given, asked.seed, from, root);
  const isAlone = files.length === 1;
  const known: PerfectScores = new Map();
  const scored: PlacedScores[] = [];
  for (const [at, place] of files.entries()) {
    const source = await sourceOf(place.path, given.key);
    const choice = { ...asked, seed: isAlone ? asked.seed : place.seed };
    scored.push({ ...scoreSource(source, reference, choice, known), place });
    if (!isAlone && (at + 1) % 10 === 0) remark(`score: ${countText(at + 1)} of ${countText(files.length)} files`);
  }
  if (!isAlone && patternOf(typed, given, from) === undefined)
    remark(
      `score: ${countText(files.length)} files are taken as seeds of one method; --group-by '{method}-s{seed}/*.npy' tells methods apart`,
    );
  return conclude(scored, reference, asked, given, root);
}

/** What the options ask of any points. Throws UsageError for those of pictures. */
export function askedOf(given: ScoreArguments): Asked {
  refuseOptionsOf('pictures', given);
  const samples = wholeNumber('samples', given.samples, 0, [2, most]);
  return {
    expected: (given.expect ?? []).map(parseExpected),
    seed: wholeNumber('seed', given.seed, usual.seed, [0, Number.MAX_SAFE_INTEGER]),
    ...(samples > 0 && { wanted: samples }),
  };
}

export interface Asked {
  readonly expected: readonly Expected[];
  readonly seed: number;
  readonly wanted?: number;
}

/** Keeps and prints what was scored. Returns the exit code. */
export async function conclude(
  scored: readonly PlacedScores[],
  reference: Reference,
  { expected, seed }: Asked,
  given: ScoreArguments,
  root: string,
): Promise<number> {
  const columns = columnsOf(reference.measures.map((metric) => reference.catalogue.metric(metric)));
  const judged = scored.map((one) => judge(expected, { ...one.values, ...effective(one) }, columns));
  const table = given.keep ? await keep(scored, reference, given, root) : undefined;
  if (given.json) printDocument(pointsDocument(scored, reference, { seed, judged }));
  else {
    const [first, ...others] = scored;
    const isAlone = others.length === 0;
    print(isAlone && first ? pointsText(first, reference, columns) : groupsText(scored, reference, columns));
    const said = judged.flatMap((lines, at) =>
      lines
        .filter(({ met }) => isAlone || !met)
        .map(({ says }) => (isAlone ? says : `${scored[at]?.source.name}: ${says}`)),
    );
    if (said.length > 0) print(['', ...said].join('\n'));
    if (table !== undefined) print(`\nKept in ${fromHere(table)}; npm run report -- ${reference.name} draws them`);
  }
  return judged.flat().every(({ met }) => met) ? ExitCode.done : ExitCode.failed;
}

const effective = ({ verdict: { effectiveModes } }: PlacedScores): Record<string, number> =>
  effectiveModes === undefined ? {} : { effectiveModes };

/** The files that were typed, patterns among them, each with its method and seed. */
export async function placed(typed: readonly string[], given: ScoreArguments, from: string): Promise<PlacedFile[]> {
  const paths: string[] = [];
  for (const word of typed) {
    const path = resolve(from, word);
    if (isPattern(word) && statsOf(path) === undefined) paths.push(...(await filesOf(word, from)));
    else paths.push(path);
  }
  return placeFiles(paths, patternOf(typed, given, from), given.name ?? 'samples');
}

/** A pattern that is typed itself may name method and seed. */
function patternOf(typed: readonly string[], given: ScoreArguments, from: string): string | undefined {
  const [first = '', ...others] = typed;
  return given['group-by'] ?? (others.length === 0 && first.includes('{') ? resolve(from, first) : undefined);
}

export async function referenceOf(given: ScoreArguments, seed: number, from: string, root: string): Promise<Reference> {
  const { against, modes, centres, std, clusters, key } = given;
  if (against === undefined)
    throw new UsageError('expected --against <experiment or file of points> (npm run list shows the experiments)');
  const path = resolve(from, against);
  if (isPointsFile(against))
    return fileReference(path, {
      ...(modes !== undefined && { modes }),
      ...(centres !== undefined && { centres: resolve(from, centres) }),
      ...(std !== undefined && { std: numberFrom('std', std, 1, true) }),
      ...(clusters !== undefined && { clusters: wholeNumber('clusters', clusters, 1, [2, 10_000]) }),
      ...(key !== undefined && against.endsWith('.npz') && { key }),
      seed,
    });
  for (const name of ['modes', 'centres', 'std', 'clusters'] as const)
    if (given[name] !== undefined)
      throw new UsageError(`--${name}: for --against a file of points; ${against} has modes of its own`);
  const dataRoot = folderOf(given.data, root, 'data');
  try {
    return experimentReference(await loadExperiment(experimentFrom(from, against)), dataRoot);
  } catch (error) {
    if (!(error instanceof UsageError) || error.message.startsWith('--')) throw error;
    throw new UsageError(`--against: ${error.message}`);
  }
}

async function sourceOf(path: string, key: string | undefined): Promise<PointSource> {
  const { points, sha256 } = await readSamples(path, { key: path.endsWith('.npz') ? key : undefined });
  return { name: basename(path), path, says: `${countText(points.count)} points`, points, sha256 };
}

async function keep(
  scored: readonly PlacedScores[],
  reference: Reference,
  given: ScoreArguments,
  root: string,
): Promise<string> {
  const { keepScores } = await import('../inspect/points/keep.ts');
  const store = checkStore(folderOf(given.store, root, 'results'), false);
  const table = await keepScores(scored, reference, store);
  const methods = [...new Set(scored.map(({ place }) => place.method))];
  if (reference.experiment) await writeMetadata(dirname(table), describeWithOthers(reference.experiment, methods));
  return table;
}
