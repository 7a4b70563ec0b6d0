/** Completes words in a shell: commands, options, and names of experiments, methods and what is stored. The shell's side is yargs'. */
import { join } from 'node:path';
import yargs from 'yargs';
import { joinWords, shellWord } from '../base/shell-words.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { pictureSets } from '../datasets/sets/sets.ts';
import { experimentNames } from '../experiment/load.ts';
import { experimentsIn } from '../store/experiments-in.ts';
import { type Command, nameOf } from './command.ts';
import { ExitCode } from './exit.ts';
import { print } from './print.ts';

/** The names that an argument or an option may have, by its name in the command's own declaration. */
const namesBy: Readonly<Record<string, (home: string) => Promise<readonly string[]>>> = {
  experiment: experimentNames,
  one: experimentNames,
  experiments: async (home) => (await experimentsIn(join(home, 'results'))).map(({ name }) => name),
  against: experimentNames,
  dataset: async () => pictureSets.map(({ name }) => name),
  method: async () => methodNames,
  methods: async () => methodNames,
};
const methodNames = builtIn.cards.methods.map(({ name }) => name);

/**
 * What the last of the typed words may be: a command, an option, or a name that the command's argument or the option before it
 * takes; of names between commas the last. Where it is none of them, nothing, and the shell offers files.
 *
 * @param typed what the shell has, from the program's name on. @param home where results lie.
 */
export async function completions(
  typed: readonly string[],
  commands: readonly Command[],
  home: string,
): Promise<string[]> {
  // bash breaks --methods=gan at its sign
  const words = typed.filter((word) => word !== '=');
  const current = words.at(-1) ?? '';
  const command = commands.find((one) => words.slice(0, -1).includes(nameOf(one)));
  if (command === undefined) return commands.map(nameOf).filter((name) => name.startsWith(current));
  const options = Object.keys(command.options).map((name) => `--${name}`);
  if (current.startsWith('-')) return options.filter((name) => name.startsWith(current) && !words.includes(name));
  const last = words.at(-2) ?? '';
  const [argument = ''] = Object.keys(command.positionals);
  const names = await namesBy[options.includes(last) ? last.slice(2) : argument]?.(home);
  const before = current.slice(0, current.lastIndexOf(',') + 1);
  const given = before.split(',');
  return (names ?? [])
    .filter((name) => !given.includes(name))
    .map((name) => before + name)
    .filter((name) => name.startsWith(current));
}

/** Prints what makes the shell (bash, zsh or fish, by $SHELL) complete `modebench`, and such a command where there is none. */
export async function completion(root: string, home: string): Promise<number> {
  const start = joinWords(['node', join(root, 'bin/modebench.mjs')]);
  let script = '';
  yargs()
    .scriptName('modebench')
    .completion('completion')
    .parse(['completion'], {}, (_, __, output) => {
      script = output;
    });
  // In a package, the program of the folder where one is; in a checkout, this one.
  const name = home === root ? start : 'npx modebench';
  const isFish = process.env.SHELL?.includes('fish') === true;
  const lines = [
    script
      .trimEnd()
      .replaceAll('modebench --get-yargs-completions', `${start} --get-yargs-completions`)
      .replace(/-a '\((.*)\)'/, `-a '(${namesOrFiles('$1')})'`),
    // zsh would complete the words that an alias stands for
    `command -v modebench >/dev/null || ${isFish ? `alias modebench=${shellWord(name)}` : `modebench() { ${name} "$@"; }`}`,
  ];
  print(lines.join('\n'));
  return ExitCode.done;
}

/** fish offers files beside what it is given, or never: where there is no name, it is to offer them. */
const namesOrFiles = (names: string): string =>
  `set -l found (${names}); count $found >/dev/null; and string join -- \\n $found; or __fish_complete_path (commandline -ct)`;
