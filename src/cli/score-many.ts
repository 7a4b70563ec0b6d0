/** `score` of many lots of pictures: a row a method, with intervals over its lots, as files of points have. */
import { plural } from '../base/number-words.ts';
import type { PlacedFile } from '../inspect/points/groups.ts';
import type { KnownReal } from '../inspect/score/collect-scores.ts';
import type { ScoreDocument } from '../inspect/score/document.ts';
import { type ScoreRequest, score } from '../inspect/score/score.ts';
import { columnInfo } from '../summary/column-info.ts';
import { bareText, intervalText, meanText } from '../summary/number-format.ts';
import { bootstrap } from '../summary/statistics.ts';
import { progress } from './data.ts';
import { printDocument } from './document.ts';
import { ExitCode } from './exit.ts';
import { print, remark } from './print.ts';
import { judge, parseExpected } from './score-expect.ts';
import type { ScoreArguments } from './score-options.ts';
import { groupsDocument } from './score-points-document.ts';
import { type MethodStatistics, statisticsOf } from './score-points-text.ts';
import { textWidth, wrap } from './screen/format.ts';
import { ruledTable } from './screen/plain-table.ts';

interface ScoredLot {
  readonly place: Pick<PlacedFile, 'method' | 'seed'>;
  readonly document: ScoreDocument;
  readonly values: Readonly<Record<string, number>>;
}

/** @param requestOf what is asked of one of them. */
export async function runManyScore(
  lots: readonly PlacedFile[],
  requestOf: (path: string) => Promise<ScoreRequest>,
  given: ScoreArguments,
): Promise<number> {
  const expected = (given.expect ?? []).map(parseExpected);
  const note = progress('score', remark, () => performance.now());
  // Real pictures go through the scorer once.
  const known: KnownReal = new Map();
  const scored: ScoredLot[] = [];
  for (const { path, method, seed } of lots) {
    remark(`score: ${method} seed ${seed}, ${path}`);
    const listener = { tell() {}, step: (done: number, of: number) => note(done, of, 'pictures') };
    const { document } = await score({ ...(await requestOf(path)), known }, listener);
    const values = Object.entries(document.scores)
      .filter(([name]) => !name.endsWith('Std'))
      .map(([name, value]) => [name, value ?? Number.NaN]);
    scored.push({ place: { method, seed }, document, values: Object.fromEntries(values) });
  }
  const judged = scored.map(({ document }) => judge(expected, document.scores));
  const groups = statisticsOf(scored);
  if (given.json)
    printDocument({
      scored: scored.map(({ place, document }, at) => ({ ...place, ...document, expectations: judged[at] })),
      groups: groupsDocument(groups),
    });
  else {
    const unmet = judged.flatMap((lines, at) =>
      lines.filter(({ met }) => !met).map(({ says }) => `${scored[at]?.document.scored.name}: ${says}`),
    );
    print([manyText(scored, groups), ...unmet].join('\n'));
  }
  return judged.flat().every(({ met }) => met) ? ExitCode.done : ExitCode.failed;
}

/** A method's scores stand below each other: pictures have too many for one line. */
function manyText(scored: readonly ScoredLot[], groups: readonly MethodStatistics[]): string {
  const [first] = scored;
  const rows = groups.flatMap(({ method, seeds, metrics }) =>
    Object.entries(metrics).map(([name, statistic], at) => {
      const info = columnInfo(name);
      const real = first?.document.realAgainstReal[name];
      return [
        ...(at === 0 ? [method, String(seeds.length)] : ['', '']),
        info.title,
        meanText(statistic, info),
        intervalText(statistic.interval, info),
        real === undefined || real === null ? '–' : bareText(real, info),
        info.better ?? '',
      ];
    }),
  );
  const heads = ['method', 'lots', 'score', 'mean', 'interval', 'real against real', 'better'];
  const notes = [...new Set(scored.flatMap(({ document }) => document.notes))];
  const { counts, data, scorer } = first?.document ?? {};
  return [
    wrap(
      `${plural(scored.length, 'lot')} of ${counts?.generated} pictures against ${data?.set}, scorer ${scorer?.says}`,
      textWidth(),
    ),
    '',
    ruledTable(heads, rows, ['left', 'right', 'left', 'right', 'right', 'right', 'left']),
    '',
    wrap(
      `Mean ± standard error over lots; the interquartile mean's bootstrap interval (${bootstrap.confidence * 100} %).`,
      textWidth(),
    ),
    ...notes.map((one) => wrap(`Note: ${one}`, textWidth())),
  ].join('\n');
}
