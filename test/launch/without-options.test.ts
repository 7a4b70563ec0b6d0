/** Options taken out of a command line, held against yargs, which reads both. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import yargs, { type Options } from 'yargs';
import { expOptions } from '../../src/cli/exp/options.ts';
import { launchers } from '../../src/launch/launchers.ts';
import { withoutOptions } from '../../src/launch/without-options.ts';

const options: Readonly<Record<string, Options>> = expOptions(launchers);
const away = { slurm: 'switch', gather: 'switch', shards: 'value', 'slurm-options': 'value' } as const;

/** As the command line parses, without its checks. */
const read = async (argv: readonly string[]): Promise<object> =>
  yargs([...argv])
    .options(options)
    .parserConfiguration({ 'camel-case-expansion': false, 'duplicate-arguments-array': true, 'dot-notation': false })
    .help(false)
    .version(false)
    .exitProcess(false)
    .parseAsync();

const value = fc.string({ unit: fc.constantFrom('a', '1', '=', '.', '[', ' ', "'", '-'), minLength: 1, maxLength: 6 });
const bare = value.filter((text) => !text.startsWith('-'));
const switches = fc.constantFrom('slurm', 'gather', 'film', 'quiet');
const valued = fc.constantFrom('shards', 'slurm-options', 'set', 'store', 'sweep');
const typed = fc.oneof(
  switches.map((name) => [`--${name}`]),
  switches.map((name) => [`--no-${name}`]),
  fc.tuple(switches, fc.boolean()).map(([name, on]) => [`--${name}=${on}`]),
  fc.tuple(switches, fc.boolean()).map(([name, on]) => [`--${name}`, `${on}`]),
  fc.tuple(valued, value).map(([name, text]) => [`--${name}=${text}`]),
  fc.tuple(valued, bare).map(([name, text]) => [`--${name}`, text]),
);

it('leaves what yargs reads without them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(typed, { selector: ([first = '']) => first, maxLength: 6 }), async (parts) => {
      const argv = ['grid25', ...parts.flat()];
      const expected = Object.entries(await read(argv)).filter(([name]) => !Object.hasOwn(away, name));
      expect(Object.fromEntries(Object.entries(await read(withoutOptions(argv, away))))).toEqual(
        Object.fromEntries(expected),
      );
    }),
    { numRuns: 60 },
  );
});
