/** `score` scores a trial or a folder of pictures: table or JSON on stdout, files to their places, progress on stderr. */

import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { wholeNumber } from '../base/whole-number.ts';
import { writeWhole } from '../disk/files.ts';
import { statsOf } from '../disk/stats-of.ts';
import type { ScoreDocument } from '../inspect/score/document.ts';
import type { Scored, ScoreRequest } from '../inspect/score/score.ts';
import { usual } from '../inspect/score/settings.ts';
import { scorerModel } from '../scorers/named-scorer.ts';
import { progress } from './data.ts';
import { printDocument } from './document.ts';
import { ExitCode } from './exit.ts';
import { callersFolder, checkStore, folderOf, fromHere } from './paths.ts';
import { print, remark } from './print.ts';
import { type Expected, type Judgement, judge, parseExpected } from './score-expect.ts';
import { refuseOptionsOf, type ScoreArguments } from './score-options.ts';
import { trialPath } from './trial-path.ts';

const most = 10_000_000;
const largest = 4_096;

export async function runScore(given: ScoreArguments, root: string): Promise<number> {
  const typed = [given.what].flat();
  const pickle = typed.find((word) => /\.(pt|pth|pkl|pickle)$/i.test(word));
  if (pickle !== undefined)
    throw new UsageError(
      `${pickle}: a pickle, which is not opened: it may run code; save samples with np.save('samples.npy', x.detach().cpu().numpy())`,
    );
  const against = given.against === undefined ? undefined : resolve(callersFolder(), given.against);
  const { isStatisticsFile } = await import('../inspect/score/statistics-file.ts');
  if (against !== undefined && (await isStatisticsFile(against))) {
    const { runStatisticsScore } = await import('./score-statistics.ts');
    refuseOptionsOf('points', given, ['latent']);
    const path = await trialPath(onlyOne(typed), folderOf(given.store, root, 'results'));
    return runStatisticsScore({ ...(await requestOf(given, root, callersFolder(), path)), against }, given);
  }
  const { isPoints, runPointsScore } = await import('./score-points.ts');
  if (isPoints(typed) && !(await isPictureSet(given, root))) return runPointsScore(typed, given, root);
  const from = callersFolder();
  const store = folderOf(given.store, root, 'results');
  const { isPattern } = await import('../inspect/points/groups.ts');
  const [what = ''] = typed;
  if (typed.length > 1 || (isPattern(what) && statsOf(resolve(from, what)) === undefined)) {
    refuseOptionsOf('points', given, ['latent', 'group-by', 'name']);
    if (given.csv !== undefined) throw new UsageError('--csv: for one lot of pictures; --json has them all');
    const { placed } = await import('./score-points.ts');
    const { runManyScore } = await import('./score-many.ts');
    const paths = await Promise.all(typed.map((word) => (isPattern(word) ? word : trialPath(word, store))));
    return runManyScore(await placed(paths, given, from), (path) => requestOf(given, root, from, path), given);
  }
  const path = await trialPath(what, store);
  const { mayBeGenerator } = await import('../inspect/points/generator-path.ts');
  if (mayBeGenerator(path)) {
    const { runGeneratorScore } = await import('./score-generator.ts');
    const code = await runGeneratorScore(path, given, root);
    if (code !== undefined) return code;
  }
  refuseOptionsOf('points', given, ['latent']);
  const expected = (given.expect ?? []).map(parseExpected);
  const requests = await requestsOf(given, root, from, path);
  const csv = given.csv === undefined ? undefined : checkFile(resolve(from, given.csv));
  // Libraries that decode pictures and run networks load slowly: mistakes are reported without them.
  const { score } = await import('../inspect/score/score.ts');
  const { documentCsv, documentText } = await import('../inspect/score/document.ts');
  const note = progress('score', remark, () => performance.now());
  const scorings: Scored[] = [];
  for (const request of requests)
    scorings.push(
      await score(request, {
        tell: (line) => remark(`score: ${line}`),
        step: (done, of) => note(done, of, 'pictures'),
      }),
    );
  const documents = scorings.map(({ document }) => document);
  if (csv !== undefined) await writeWhole(csv, documentCsv(...documents));
  const judged = judgeEach(expected, documents);
  const kept: string[] = [];
  for (const scored of scorings) kept.push(...(await keep(scored, documentText(scored.document))));
  if (given.json) {
    const whole = documents.length === 1 ? documents[0] : { scorings: documents };
    printDocument(judged.length > 0 ? { ...whole, expectations: judged } : whole);
  } else {
    const { scoreText } = await import('./score-text.ts');
    print([documents.map(scoreText).join('\n\n'), ...judged.map(({ says }) => says)].join('\n'));
    const files = [...kept, ...(csv === undefined ? [] : [csv])];
    if (files.length > 0) print(`Kept in ${files.map(fromHere).join(' and ')}`);
  }
  return judged.every(({ met }) => met) ? ExitCode.done : ExitCode.failed;
}

function onlyOne([what = '', other]: readonly string[]): string {
  if (other === undefined) return what;
  throw new UsageError(`expected one lot of pictures against statistics, got '${other}' after it`);
}

/** Each by every scorer that gives its score: not all of them have classes. */
function judgeEach(expected: readonly Expected[], documents: readonly Pick<ScoreDocument, 'scores'>[]): Judgement[] {
  return expected.flatMap((one) => {
    const having = documents.filter(({ scores }) => one.metric in scores);
    return (having.length > 0 ? having : documents.slice(0, 1)).flatMap(({ scores }) => judge([one], scores));
  });
}

/** An array may hold points or pictures: what it is scored against says which. */
async function isPictureSet({ against, data }: ScoreArguments, root: string): Promise<boolean> {
  if (against === undefined) return false;
  const { checkSetName } = await import('../inspect/score/real-pictures.ts');
  const folder = folderOf(data, root, 'data');
  return checkSetName(against, folder).then(
    () => true,
    () => false,
  );
}

/** Where one scorer alone makes sense: statistics are of one scorer's features, and rows of many lots compare by one. */
async function requestOf(given: ScoreArguments, root: string, from: string, path: string): Promise<ScoreRequest> {
  const [request, other] = await requestsOf(given, root, from, path);
  if (request !== undefined && other === undefined) return request;
  throw new UsageError('--scorer: expected one here; several are for one lot of pictures against a set');
}

/** One for each scorer. */
async function requestsOf(given: ScoreArguments, root: string, from: string, path: string): Promise<ScoreRequest[]> {
  if (given.latent !== undefined && !path.toLowerCase().endsWith('.onnx'))
    throw new UsageError('--latent: for a generator as an ONNX file');
  const latent =
    given.latent === undefined ? undefined : (await import('../inspect/generator-file.ts')).parseLatent(given.latent);
  const samples = wholeNumber('samples', given.samples, 0, [2, most]);
  const size = wholeNumber('size', given.size, 0, [1, largest]);
  const { scorer: typed = 'own', against } = given;
  const dataRoot = folderOf(given.data, root, 'data');
  const models = [...new Set([typed].flat().map((scorer) => scorerModel(scorer, from, dataRoot)))];
  return models.map((scorer) => ({
    path,
    ...(against !== undefined && { against }),
    ...(given.key !== undefined && { key: given.key }),
    ...(latent !== undefined && { latent }),
    ...(scorer !== 'own' && { scorer: checkScorer(scorer) }),
    ...(samples > 0 && { samples }),
    ...(size > 0 && { size }),
    splits: wholeNumber('splits', given.splits, usual.splits, [1, 1_000]),
    seed: wholeNumber('seed', given.seed, usual.seed, [0, Number.MAX_SAFE_INTEGER]),
    dataRoot: checkStore(dataRoot, false, '--data'),
  }));
}

/** Checked before anything is prepared; its content is checked when it is opened. */
function checkScorer(path: string): string {
  if (statsOf(path)?.isFile()) return path;
  throw new UsageError(`--scorer: expected own, or an ONNX file with its JSON beside it; ${path} is no file`);
}

function checkFile(path: string): string {
  if (statsOf(path)?.isDirectory()) throw new UsageError(`--csv: expected a file, ${path} is a folder`);
  checkStore(dirname(path), false, '--csv');
  return path;
}

/** Stores the scores with the trial. Where it cannot be written to, the scores are printed all the same. */
async function keep({ document, trial }: Scored, text: string): Promise<string[]> {
  if (trial === undefined) return [];
  const { documentName } = await import('../inspect/score/document.ts');
  const path = join(trial.folder, 'scores', documentName(document, { ...usual, size: trial.size }));
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeWhole(path, text);
    return [path];
  } catch (error) {
    remark(`score: not kept with the trial (${messageOf(error)})`);
    return [];
  }
}
