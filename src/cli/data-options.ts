/** Declares the options of `data`: those of every set, from its card, and its own. Values are checked where they are used. */
import type { Options } from 'yargs';
import { pictureSets } from '../datasets/sets/sets.ts';

/** Options of sets, each once, in the order in which sets take them. */
export const setOptionNames: readonly string[] = [
  ...new Set(pictureSets.flatMap(({ options }) => Object.keys(options))),
];

export const dataOptions: Readonly<Record<string, Options>> = {
  list: { type: 'boolean', describe: 'What there is, what is prepared, and what each set needs' },
  ...Object.fromEntries(setOptionNames.map((name) => [name, describeOption(name)])),
  name: { type: 'string', requiresArg: true, describe: `Name of a set of your own (${namedByUser().join(', ')})` },
  data: { type: 'string', requiresArg: true, describe: 'Folder where prepared sets lie; default: data' },
  fresh: { type: 'boolean', describe: 'Make the set again, replacing the one that is there' },
  show: {
    type: 'boolean',
    describe: 'Write a sheet of a prepared set, a row a class or attribute, to <set>.png beside it',
  },
  verify: { type: 'boolean', describe: 'Read every byte of a prepared set and compare it with its hash' },
};

/** Sets that are prepared under a name of the user's own. */
export function namedByUser(): readonly string[] {
  return pictureSets.filter((card) => card.namedByUser).map(({ name }) => name);
}

/** `Pixels a side (celeba, traffic); default: 64`, or with each set's default where they differ. */
function describeOption(name: string): Options {
  const takers = pictureSets.flatMap((card) => {
    const option = card.options[name];
    return option === undefined ? [] : [{ set: card.name, option }];
  });
  const option = takers[0]?.option;
  if (option === undefined) throw new Error(`internal: no set takes --${name}`);
  const usual = new Set(takers.map(({ option }) => option.usual));
  const isOne = usual.size === 1;
  const sets = takers.map(({ set, option }) => (isOne ? set : `${set} ${option.usual}`)).join(', ');
  const all = takers.length === pictureSets.length ? '' : ` (${sets})`;
  const end = !isOne ? ' by default' : option.usual === undefined ? '' : `; default: ${option.usual}`;
  const describe = isOne ? `${option.description}${all}${end}` : `${option.description}: ${sets}${end}`;
  return option.form === 'switch' ? { type: 'boolean', describe } : { type: 'string', requiresArg: true, describe };
}

/** What yargs makes of them; beside these the options of sets. */
export interface DataArguments {
  readonly dataset?: string;
  readonly scorer?: string;
  readonly list?: boolean;
  readonly name?: string;
  readonly data?: string;
  readonly fresh?: boolean;
  readonly show?: boolean;
  readonly verify?: boolean;
  readonly [setOption: string]: string | boolean | undefined;
}
