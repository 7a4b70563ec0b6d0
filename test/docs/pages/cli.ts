/** docs/cli.md: every command with its arguments and options, from the tables that the command line itself is made of. */
import type { Options, PositionalOptions } from 'yargs';
import { type Command, nameOf } from '../../../src/cli/command.ts';
import { commands } from '../../../src/cli/commands.ts';
import { notice, page, table, verbatim } from '../markdown.ts';

export function cliPage(): string {
  return page(
    notice,
    '# Command line',
    intro,
    table(
      ['command', 'what it does'],
      commands.map((command) => [`[\`${nameOf(command)}\`](#${nameOf(command)})`, command.describe]),
    ),
    ...commands.map(section),
  );
}

const intro = `Every command is \`npm run <command> -- [options]\`: npm keeps the options that stand before the two dashes. \`npm run <command> -- --help\`
prints the same text as this page. A wrong word ends with one line that says what was expected, and exit code 2.`;

function section(command: Command): string {
  const { describe, positionals, options, examples, epilogue } = command;
  const words = command.syntax.split(' ').slice(1).join(' ').replace('..]', ' …]');
  const hasWords = words !== '' || Object.keys(options).length > 0;
  const usage = [
    'npm',
    'run',
    nameOf(command),
    hasWords ? '--' : '',
    words,
    Object.keys(options).length > 0 ? '[options]' : '',
  ];
  return page(
    `## ${nameOf(command)}`,
    `${describe}.`,
    verbatim([usage.filter((word) => word !== '').join(' ')]),
    rowsOf('argument', positionals, (name) => `\`${name}\``),
    rowsOf('option', options, (name) => `\`--${name}\``),
    verbatim(examples.flatMap(([line, says]) => [`${line}     # ${says}`])),
    epilogue ?? '',
  ).trimEnd();
}

function rowsOf(
  head: string,
  entries: Readonly<Record<string, Options | PositionalOptions>>,
  shown: (name: string) => string,
): string {
  const rows = Object.entries(entries).map(([name, { describe = '', default: initial }]) => [
    shown(name),
    initial === undefined ? describe : `${describe}; default: ${initial}`,
  ]);
  return rows.length === 0 ? '' : table([head, 'meaning'], rows);
}
