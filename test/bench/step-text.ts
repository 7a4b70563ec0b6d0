/** The table of `bench -- step`. Pure. */

import { nameOf } from './sizes.ts';
import type { Spread } from './statistics.ts';
import type { Limit, StepResult, StepRow } from './step.ts';
import { table } from './table.ts';

export function stepText(results: readonly StepResult[]): string {
  return [
    'One BiGAN+PGP training step, one thread: D with its penalty, G and E, Adam, moving average.',
    'Medians over rounds [lowest–highest]. "times" is against the first row, round by round: above 1 is slower than it.',
    ...results.map(sizeText),
  ].join('\n\n');
}

/** The table of one size, with what is to be said of it. */
export function sizeText({ size, rows, absent, quiet, limit }: StepResult): string {
  const reference = rows[0]?.contender ?? '';
  const head = [nameOf(size), 'ms, wall', 'ms, CPU', 'times, wall', 'times, CPU'];
  const notes = [
    ...(limit ? [limitText(limit)] : []),
    ...rows.flatMap(({ contender, disagreement }) =>
      disagreement ? [`${contender} does not compute the same step as ${reference}: ${disagreement}`] : [],
    ),
    ...absent.map(({ contender, reason }) => `absent: ${contender} (${reason})`),
    ...(quiet.quiet ? [] : [quiet.says]),
  ];
  return [table(head, rows.map(cells)), ...notes].join('\n');
}

const limitText = ({ flops, peak, bits }: Limit): string =>
  `The step's products are ${(flops / 1e6).toFixed(1)} MFLOP; one core does ${(peak / 1e9).toFixed(0)} GFLOP/s by multiply-adds of ${bits} bits: ${figure((1e3 * flops) / peak)} ms at the least.`;

const cells = ({ contender, version, wall, cpu, wallRatio, cpuRatio }: StepRow): string[] => [
  version === undefined ? contender : `${contender} ${version}`,
  milliseconds(wall),
  milliseconds(cpu),
  times(wallRatio),
  times(cpuRatio),
];

const milliseconds = ({ median, lowest, highest }: Spread): string =>
  `${figure(median)} [${figure(lowest)}–${figure(highest)}]`;
const times = ({ median, lowest, highest }: Spread): string =>
  `${median.toFixed(2)} [${lowest.toFixed(2)}–${highest.toFixed(2)}]`;
const figure = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0);
