/**
 * Entry of the command line: arguments in, exit code out. It imports yargs and nothing heavy, so that `--help` is quick;
 * a command's implementation is imported when it is called.
 */

import { join } from 'node:path';
import type { Arguments, Argv, Options } from 'yargs';
import yargs from 'yargs';
import { typeCommandsAs } from '../base/command-words.ts';
import { didYouMean } from '../base/did-you-mean.ts';
import { UsageError } from '../base/usage-error.ts';
import { readTextSync } from '../disk/read-file.ts';
import type { Launcher } from '../launch/launcher.ts';
import { launchers as ownLaunchers } from '../launch/launchers.ts';
import { type Command, nameOf } from './command.ts';
import { commandsWith } from './commands.ts';
import { keepStdoutForDocument } from './document.ts';
import { ExitCode, reportFault } from './exit.ts';
import { callersFolder } from './paths.ts';
import { print } from './print.ts';

export interface Setup {
  /** Those of `exp`. */
  readonly launchers?: readonly Launcher[];
  /** Whether the program is an installed package: results then lie where the user is. */
  readonly isInstalled?: boolean;
  /** What is typed before a command, `npx modebench`; absent: they are npm scripts. */
  readonly typed?: string;
}

/** Runs one command and returns the process's exit code. `root` is the program's folder. */
export async function main(argv: readonly string[], root: string, setup: Setup = {}): Promise<number> {
  typeCommandsAs(setup.typed);
  if (!process.stdout.listeners('error').includes(endWithReader)) process.stdout.on('error', endWithReader);
  try {
    return await dispatch(argv, root, setup);
  } catch (error) {
    return reportFault(error);
  }
}

/** A reader that ends early (`| head`) is no error. */
function endWithReader({ code }: NodeJS.ErrnoException): void {
  process.exit(code === 'EPIPE' ? ExitCode.done : ExitCode.failed);
}

async function dispatch(
  argv: readonly string[],
  root: string,
  { launchers = ownLaunchers, isInstalled = false }: Setup,
): Promise<number> {
  const home = isInstalled ? callersFolder() : root;
  const commands = commandsWith(launchers);
  if (argv[0] === completionKey) {
    const { completions } = await import('./completion.ts');
    for (const word of await completions(argv.slice(1), commands, home)) print(word);
    return ExitCode.done;
  }
  const command = commands.find((candidate) => nameOf(candidate) === argv[0]);
  // Else its name is left out: of a command with a name yargs lays out the help at every run, which takes a quarter of a second.
  const asksHelp = argv.some((word) => ['--help', '-h', 'help'].includes(word));
  let code: number = ExitCode.done;
  const parser = yargs().scriptName('npm run');
  if (command) {
    parser.command(
      asksHelp ? command.syntax : command.syntax.replace(nameOf(command), '$0'),
      command.describe,
      (builder) => described(builder, command),
      async (given) => {
        refuseOddities(given, argv, command.options);
        if (given.json) keepStdoutForDocument();
        code = await command.run(given, { argv: argv.slice(1), root, home, launchers });
      },
    );
  } else listed(parser, commands);
  parser
    .strictCommands(false)
    .strict(false)
    .parserConfiguration({ 'camel-case-expansion': false, 'duplicate-arguments-array': true, 'dot-notation': false })
    .version(versionOf(root))
    .help()
    .alias('help', 'h')
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .exitProcess(false)
    .check((given) => (command ? refuseUnknown(given, argv, command, asksHelp ? 1 : 0) : refuseName(given, commands)))
    .fail((message, error) => {
      throw error === undefined || error.name === 'YError'
        ? new UsageError(inOurWords(message ?? error.message, argv, command))
        : error;
    });
  // The help, or the version: nothing where a command ran.
  await parser.parseAsync(command && !asksHelp ? argv.slice(1) : [...argv], {}, (_, __, output) => {
    if (output !== '') print(output);
  });
  return code;
}

/** What a shell types where it asks for the words that a command may go on with. */
const completionKey = '--get-yargs-completions';

/** The help that lists the commands. */
function listed(parser: Argv, commands: readonly Command[]): void {
  parser.usage('Does a GAN capture every mode of its data?\n\nnpm run <command> -- [options]');
  for (const { syntax, describe } of commands) parser.command(syntax, describe);
  parser
    .command('bench [name]', 'Benchmarks; npm run bench -- --help says which', {}, () => {
      throw new UsageError('bench: this copy of modebench has no test/bench folder');
    })
    .demandCommand(1, 'expected a command');
}

/** A command's own help. */
function described(builder: Argv, { syntax, positionals, options, examples, epilogue }: Command): Argv {
  const name = syntax.split(' ')[0] ?? '';
  const words = syntax.slice(name.length + 1).replace('..]', ' …]');
  builder.usage(
    `npm run ${name}${words || Object.keys(options).length > 0 ? ' --' : ''} ${words} [options]`.replace(/ +/g, ' '),
  );
  for (const [positional, said] of Object.entries(positionals)) builder.positional(positional, said);
  builder.options(options);
  for (const [command, says] of examples) builder.example(command, says);
  return epilogue === undefined ? builder : builder.epilogue(epilogue);
}

/** `modebench 0.1.0`, of the project's package.json. */
function versionOf(root: string): string {
  const { name, version } = JSON.parse(readTextSync(join(root, 'package.json')));
  return `${name} ${version}`;
}

/** Where the first word is no command. */
function refuseName(given: Arguments, commands: readonly Command[]): true {
  const name = given._[0]?.toString();
  const names = [...commands.map(nameOf), 'bench'];
  if (name === undefined || name === 'bench') return true;
  if (names.includes(name)) throw new UsageError(`options stand behind the command: npm run ${name} -- …`);
  throw new UsageError(`unknown command '${name}'${didYouMean(name, names)} (expected one of ${names.join(', ')})`);
}

/**
 * Strictness of our own: that of yargs suggests no nearest name, and sometimes takes a number for a name.
 *
 * @param names how many words that stand alone are the command's.
 */
function refuseUnknown(given: Arguments, argv: readonly string[], command: Command, names: number): true {
  const options = [...Object.keys(command.options), 'help', 'version'];
  const known = ['_', '$0', 'h', ...Object.keys(command.positionals), ...options];
  for (const option of Object.keys(given)) {
    if (known.includes(option)) continue;
    const negated = option.replace(/^no-/, '');
    const typed =
      argv.find((word) => word.startsWith('-') && word.replace(/^-+/, '').split('=')[0] === option) ?? `--${negated}`;
    throw new UsageError(`unknown option ${typed.split('=')[0]}${didYouMeanOption(option, options)}`);
  }
  const stray = given._[names]?.toString();
  if (stray !== undefined)
    throw new UsageError(`unexpected argument '${stray}' after '${nameOf(command)}'${strayHint(stray)}`);
  return true;
}

function didYouMeanOption(name: string, options: readonly string[]): string {
  // Of few names a rougher guess is still a good one: --sede, --seeds.
  return didYouMean(name, options, 0.4).replace(/'(.+)'/, '--$1');
}

/** `npm run exp grid25 --seeds 5` loses `--seeds` to npm, and only its value arrives here. */
function strayHint(stray: string): string {
  return /^[\d,.]+$/.test(stray)
    ? '; npm keeps options that stand before --: npm run exp -- <experiment> --seeds …'
    : '';
}

/** What yargs lets pass: a single-valued option given twice arrives as a list, a switch with a value as `false`. */
function refuseOddities(given: Arguments, argv: readonly string[], options: Readonly<Record<string, Options>>): void {
  for (const [name, option] of Object.entries(options)) {
    if (Array.isArray(given[name]) && !('array' in option)) throw new UsageError(`--${name} was given more than once`);
    const value = argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
    if (option.type === 'boolean' && value !== undefined && !['true', 'false'].includes(value)) {
      throw new UsageError(`--${name}: expected no value, got '${value}'`);
    }
  }
}

/** Rewords yargs' message about missing arguments in the style of our own. */
function inOurWords(message: string, argv: readonly string[], command: Command | undefined): string {
  const option = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (option !== undefined) {
    const next = argv[argv.indexOf(`--${option}`) + 1] ?? '';
    const hint = next.startsWith('-') ? `; one that begins with a dash follows a =: --${option}=…` : '';
    return `--${option}: expected a value${hint}`;
  }
  if (message.startsWith('Not enough non-option arguments')) {
    return command?.missing ?? message;
  }
  return message.split('\n')[0] ?? message;
}
