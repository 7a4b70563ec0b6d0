/**
 * Formats a scoring for the terminal: each score beside that of real data, and every setting that decides what they
 * compare with.
 */
import { countText, none, plural } from '../base/number-words.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import type { ScoreDocument } from '../inspect/score/document.ts';
import { columnNames } from '../metrics/metric-kind.ts';
import { columnInfo } from '../summary/column-info.ts';
import { wrap } from './screen/format.ts';
import { ruledTable } from './screen/plain-table.ts';

const width = 100;

export function scoreText(document: ScoreDocument): string {
  const { scored, counts, data, notes } = document;
  return [
    wrap(`${scored.name} (${scored.says}), ${countText(counts.generated)} samples against ${data.set}`, width),
    '',
    scoreTable(document),
    '',
    ...conditions(document).map((line) => wrap(line, width)),
    ...notes.map((note) => wrap(`Note: ${note}`, width)),
  ].join('\n');
}

/** Score, value, samples, what real data score in their place, which way is better. */
function scoreTable({ scores, realAgainstReal, counts, modes, scorer }: ScoreDocument): string {
  const rows = Object.keys(scores)
    .filter((metric) => !metric.endsWith('Std'))
    .map((metric) => {
      const { title, better = '', outOf } = columnInfo(metric);
      const spread = scores[`${metric}Std`];
      const counted = outOf === undefined ? '' : ` of ${modes}`;
      return [
        scorer.of !== undefined && distances.includes(metric) ? `${title} in ${scorer.of} features` : title,
        `${isLeast(metric, scores[metric], counts.paired) ? '≥ ' : ''}${valueText(metric, scores[metric])}${typeof spread === 'number' ? ` ± ${valueText(metric, spread)}` : ''}${counted}`,
        countText(paired.includes(metric) ? counts.paired : counts.generated),
        valueText(metric, realAgainstReal[metric]),
        better,
      ];
    });
  const heads = ['score', 'value', 'samples', 'real against real', 'better'];
  return ruledTable(heads, rows, ['left', 'right', 'right', 'right', 'left']);
}

/** Scores that are named by the network whose features they are of. */
const distances: readonly string[] = ['fid', 'kid'];

/** Scores that compare every pair, on fewer examples. */
const paired: readonly string[] = builtIn.cards.metrics.filter(({ pairwise }) => pairwise).flatMap(columnNames);

export function valueText(metric: string, value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  const { unit, digits } = columnInfo(metric);
  if (unit === 'count') return countText(Math.round(value));
  const shown = unit === 'share' ? 100 * value : value;
  // Five digits: more of a large number say nothing.
  const before = Math.floor(Math.log10(Math.max(1, Math.abs(shown))));
  const text = shown.toFixed(Math.max(0, Math.min(digits, 4 - before)));
  return unit === 'share' ? `${text} %` : text;
}

/** Whether a support is the most that so many samples can show: no two of them are the same. */
const isLeast = (metric: string, value: number | null | undefined, samples: number): boolean =>
  metric === 'birthdaySupport' && typeof value === 'number' && value > (samples * (samples - 1)) / 2;

function conditions({ scorer, data, split, counts, resize, ...rest }: ScoreDocument): string[] {
  const { splits, seed, kernel, neighbours, bins } = rest;
  const part = { train: 'other training examples', 'held-out': 'held-out examples' }[split.realAgainstReal];
  const fewer =
    counts.paired < counts.generated
      ? [`precision, recall, density, coverage and birthday on ${countText(counts.paired)}: they compare every pair`]
      : [];
  const compares = [
    `scorer ${scorer.hash.slice(0, 8)}`,
    `${data.set} ${data.sha256.slice(0, 8)} at ${data.size} px`,
    'training part',
    `${countText(counts.generated)} against ${countText(counts.real)}`,
    plural(splits, 'split'),
    kernel.subsets === 1
      ? `kernel distance of all ${countText(kernel.size)}`
      : `kernel distance ${kernel.subsets} × ${countText(kernel.size)}`,
    `k ${neighbours}`,
    `${bins} bins`,
    `seed ${seed}`,
    `resize ${resize.scorer}`,
  ];
  return [
    `Scorer: ${scorer.says}`,
    `Data: ${data.origin}; ${countText(counts.real)} of its training part`,
    `Real against real: ${countText(counts.realAgainstReal)} ${part} in the samples' place`,
    `Resized: samples ${resize.scored}; data ${resize.data}; for the scorer ${resize.scorer}`,
    ...fewer,
    `Compare only with: ${compares.join(' · ')}`,
  ];
}
