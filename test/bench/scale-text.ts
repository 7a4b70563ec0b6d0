/** The report of `bench -- scale`. Pure. */
import type { ScaleResult } from './scale.ts';
import { median, ratios, type Spread, spread } from './statistics.ts';
import { table } from './table.ts';

export function scaleText({ steps, rates, here, queue, memory, resume, quiet }: ScaleResult): string {
  const efficiency = spread(ratios(rates[2], rates[1]).map((ratio) => ratio / 2));
  const added = typeof queue === 'string' ? undefined : spread(queue.map((ms, round) => ms - (here[round] ?? 0)));
  const [first, last] = [memory[0], memory.at(-1)];
  const rows = [
    ['trials a minute, one at a time', text(spread(rates[1]), 1)],
    ['trials a minute, two at a time', text(spread(rates[2]), 1)],
    ['efficiency at two', text(efficiency, 2)],
    ['a trial that trains nothing, here', `${median(here).toFixed(1)} ms`],
    ['the same through a queue', typeof queue === 'string' ? queue : `${median(queue).toFixed(1)} ms`],
    ...(added ? [['what the queue adds', `${text(added, 1)} ms`]] : []),
    ...(first && last && first !== last
      ? [
          [`the coordinator after ${whole(first.ended)} trials`, megabytes(first.rss)],
          [`the coordinator after ${whole(last.ended)} trials`, megabytes(last.rss)],
        ]
      : []),
    [`finding ${whole(resume.trials)} finished trials, the whole command`, `${resume.seconds.toFixed(2)} s`],
  ];
  return [
    `What launching costs. Real trials: bigan-pgp on grid25, ${whole(steps)} steps; the others train nothing.`,
    table(['', 'median [lowest–highest]'], rows),
    ...(quiet.quiet ? [] : [quiet.says]),
  ].join('\n\n');
}

const text = ({ median: middle, lowest, highest }: Spread, digits: number): string =>
  `${middle.toFixed(digits)} [${lowest.toFixed(digits)}–${highest.toFixed(digits)}]`;
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const whole = (count: number): string => count.toLocaleString('en');
