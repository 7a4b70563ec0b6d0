/** The table of data/README.md: every set of pictures, from the sets' cards. */
import { pictureSets } from '../../../src/datasets/sets/sets.ts';
import { table } from '../markdown.ts';

export const setsTable = (): string =>
  table(
    ['set', 'what it is', 'what it needs', 'options'],
    pictureSets.map(({ name, description, needs, options }) => [
      `\`${name}\``,
      description,
      needs,
      Object.entries(options)
        .map(([option, { usual }]) => `\`--${option}${usual === undefined ? '' : ` ${usual}`}\``)
        .join(' '),
    ]),
  );
