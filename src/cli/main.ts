/**
 * The command line's entry: words in, exit code out. Imports yargs and nothing heavy, so that `--help` is quick; each
 * command's work is imported when it is called.
 */

import type { Arguments, Argv, Options } from 'yargs';
import yargs from 'yargs';
import { didYouMean } from '../experiment/nearest.ts';
import { UsageError } from '../spec/usage-error.ts';
import { ExitCode, reportFault } from './exit.ts';
import { type ExpArguments, expOptions } from './exp-options.ts';
import { type ReportArguments, reportOptions } from './report-options.ts';

/** Runs one command and returns the process's exit code. `root` is the project's folder. */
export async function main(argv: readonly string[], root: string): Promise<number> {
  // A reader that goes early (`| head`) has seen enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? ExitCode.done : ExitCode.failed);
  });
  try {
    return await dispatch(argv, root);
  } catch (error) {
    return reportFault(error, root);
  }
}

async function dispatch(argv: readonly string[], root: string): Promise<number> {
  let code: number = ExitCode.done;
  const parser = yargs([...argv])
    .scriptName('npm run')
    .usage('Does a GAN capture every mode of its data?\n\nnpm run <command> -- [options]')
    .command({
      command: 'exp <experiment>',
      describe: 'Train the methods of an experiment on some seeds and print the table',
      builder: (command) =>
        expHelp(command)
          .positional('experiment', {
            type: 'string',
            demandOption: true,
            describe: "An experiment's name (npm run list) or the path of a file of your own",
          })
          .options(expOptions),
      handler: async (given) => {
        const { runExperiment } = await import('./exp.ts');
        refuseOddities(given, argv, expOptions);
        // yargs types options that it was given as a record loosely; `expOptions` is what ExpArguments describes.
        code = await runExperiment(given as unknown as ExpArguments, { argv: argv.slice(1), root });
      },
    })
    .command({
      command: 'report [experiments..]',
      describe: "A page, figures and tables from the store's files; default: every experiment in it",
      builder: (command) =>
        reportHelp(command)
          .positional('experiments', { type: 'string', array: true, describe: 'Names of experiments in the store' })
          .options(reportOptions),
      handler: async (given) => {
        const { runReport } = await import('./report.ts');
        refuseOddities(given, argv, reportOptions);
        code = await runReport(given as ReportArguments, root); // the options above are those that the type says
      },
    })
    .command('list', 'Experiments, methods, measures and data sets, one line each', {}, async () => {
      const { list } = await import('./list.ts');
      code = await list();
    })
    .command('doctor', 'What this machine has, what works, and how to install what is missing', {}, async () => {
      const { doctor } = await import('./doctor.ts');
      code = await doctor(root);
    })
    .command('bench [name]', 'Benchmarks; npm run bench -- --help says which', {}, () => {
      throw new UsageError('bench: this copy of modebench has no test/bench folder');
    })
    .demandCommand(1, 'expected a command')
    .strictCommands(false)
    .strict(false)
    .parserConfiguration({ 'camel-case-expansion': false, 'duplicate-arguments-array': true, 'dot-notation': false })
    .version(false)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .exitProcess(false)
    .check((given) => refuseUnknown(given, argv))
    .fail((message, error) => {
      throw error === undefined || error.name === 'YError'
        ? new UsageError(inOurWords(message ?? error.message))
        : error;
    });
  await parser.parseAsync();
  return code;
}

const commands = ['exp', 'report', 'list', 'doctor', 'bench'];

/** Options by command; those that are not here have none. */
const optionsOf = new Map<string | undefined, Readonly<Record<string, Options>>>([
  ['exp', expOptions],
  ['report', reportOptions],
]);

/** yargs' own strictness names no neighbours; and it takes a number for a name now and then. */
function refuseUnknown(given: Arguments, argv: readonly string[]): true {
  const [command, ...rest] = given._.map(String);
  if (command !== undefined && !commands.includes(command)) {
    const known = `expected one of ${commands.join(', ')}`;
    throw new UsageError(`unknown command '${command}'${didYouMean(command, commands)} (${known})`);
  }
  const options = [...Object.keys(optionsOf.get(command) ?? {}), 'help'];
  for (const name of Object.keys(given)) {
    const isKnown = ['_', '$0', 'h', 'experiment', 'experiments', ...options].includes(name);
    const negated = name.replace(/^no-/, '');
    if (isKnown) continue;
    const typed = argv.find((word) => word.replace(/^-+/, '').split('=')[0] === name) ?? `--${negated}`;
    throw new UsageError(`unknown option ${typed.split('=')[0]}${didYouMeanOption(name, options)}`);
  }
  const stray = rest[0];
  if (stray !== undefined) throw new UsageError(`unexpected argument '${stray}' after '${command}'${strayHint(stray)}`);
  return true;
}

function didYouMeanOption(name: string, options: readonly string[]): string {
  return didYouMean(name, options).replace(/'(.+)'/, '--$1');
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

function expHelp(command: Argv): Argv {
  return command
    .usage('npm run exp -- <experiment> [options]')
    .example('npm run exp -- grid25 --seeds 5', 'every method on seeds 0…4')
    .example('npm run exp -- ring8 --methods bigan-pgp --lambda 0,0.1,1,10', "an ablation over the penalty's weight")
    .example('npm run exp -- grid25 --preset smoke --jobs 2', 'a trial of everything, in seconds')
    .epilogue(
      'Exit codes: 0 all trials done, 1 a trial failed, 2 bad usage, 130 interrupted (type it again to go on).',
    );
}

function reportHelp(command: Argv): Argv {
  return command
    .usage('npm run report -- [experiment …] [options]')
    .example('npm run report -- grid25', 'reports/grid25/index.html from results/grid25')
    .example('npm run report -- grid25 --against ../older/results', 'differences between two stores')
    .epilogue('Exit codes: 0 all reports made, 1 one of them could not be, 2 bad usage.');
}

/** What yargs says of missing words, as our own messages are. */
function inOurWords(message: string): string {
  const option = /^Not enough arguments following: (\S+)/.exec(message)?.[1];
  if (option !== undefined) return `--${option}: expected a value`;
  if (message.startsWith('Not enough non-option arguments')) {
    return 'expected an experiment: npm run exp -- <experiment> (npm run list shows them)';
  }
  return message.split('\n')[0] ?? message;
}
