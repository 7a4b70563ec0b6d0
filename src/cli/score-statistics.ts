/** `score` against a statistics file (mu, sigma): the Fréchet distance alone, as a line or as JSON. */
import { countText } from '../base/number-words.ts';
import type { ScoreRequest } from '../inspect/score/score.ts';
import { type StatisticsDocument, scoreAgainstStatistics } from '../inspect/score/statistics-file.ts';
import { progress } from './data.ts';
import { printDocument } from './document.ts';
import { ExitCode } from './exit.ts';
import { print, remark } from './print.ts';
import { judge, parseExpected } from './score-expect.ts';
import type { ScoreArguments } from './score-options.ts';
import { valueText } from './score-text.ts';
import { textWidth, wrap } from './screen/format.ts';

export async function runStatisticsScore(
  request: ScoreRequest & { readonly against: string },
  given: ScoreArguments,
): Promise<number> {
  const expected = (given.expect ?? []).map(parseExpected);
  const note = progress('score', remark, () => performance.now());
  const document = await scoreAgainstStatistics(request, {
    tell: (line) => remark(`score: ${line}`),
    step: (done, of) => note(done, of, 'pictures'),
  });
  const judged = judge(expected, document.scores);
  if (given.json) printDocument({ ...document, expectations: judged });
  else print([statisticsText(document), ...judged.map(({ says }) => says)].join('\n'));
  return judged.every(({ met }) => met) ? ExitCode.done : ExitCode.failed;
}

function statisticsText({ scored, against, scorer, counts, resize, scores, notes }: StatisticsDocument): string {
  return [
    `${scored.name} (${scored.says}), ${countText(counts.generated)} pictures against ${given(against)}`,
    '',
    `Fréchet distance ${valueText('fid', scores.fid)}`,
    '',
    `Scorer: ${scorer.says}`,
    `Resized: pictures ${resize.scored}; for the scorer ${resize.scorer}`,
    ...notes.map((note) => `Note: ${note}`),
  ]
    .map((line) => wrap(line, textWidth()))
    .join('\n');
}

const given = ({ path, dimensions, sha256 }: StatisticsDocument['against']): string =>
  `the statistics ${path} (${countText(dimensions)} features, ${sha256.slice(0, 8)})`;
