/** Declares the options of `exp`: their names, types and help. What values mean is checked where they are used. */
import type { Options } from 'yargs';
import { deviceOptions } from '../doctor/device-options.ts';

export const expOptions = {
  seeds: {
    type: 'string',
    requiresArg: true,
    default: '5',
    describe: 'A count (5: seeds 0…4), a list (7,9) or a range (10..14)',
  },
  methods: {
    type: 'string',
    requiresArg: true,
    describe: 'Methods, separated by commas; default: all that the experiment declares',
  },
  set: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Override a value of the spec: training.steps=2000 (repeatable)',
  },
  sweep: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'A trial for each value: training.batch=64,128 (repeatable: a grid)',
  },
  lambda: { type: 'string', requiresArg: true, describe: "A sweep over the penalty's weight: 0,0.1,1,10" },
  preset: { type: 'string', requiresArg: true, describe: "A variant of the experiment's own: smoke, authors, …" },
  ...deviceOptions,
  jobs: { type: 'string', requiresArg: true, describe: 'Trials at once; default: the number of cores' },
  stack: {
    type: 'string',
    requiresArg: true,
    describe: 'Trials of a method that train as one program: auto (8 on a GPU, 1 on the CPU) or how many',
  },
  store: { type: 'string', requiresArg: true, describe: 'Folder for the records; default: results' },
  data: { type: 'string', requiresArg: true, describe: 'Folder of prepared pictures (npm run data); default: data' },
  scorer: {
    type: 'string',
    requiresArg: true,
    describe: 'What judges pictures: own, or the path of an ONNX file with its JSON',
  },
  film: { type: 'boolean', describe: 'Film every trial (toy data): frames of G and D for the report' },
  slurm: { type: 'boolean', describe: 'Submit the trials to Slurm, as an array job of shards' },
  shards: { type: 'string', requiresArg: true, describe: 'With --slurm: tasks; default: one a trial, at most 200' },
  'slurm-options': {
    type: 'string',
    requiresArg: true,
    describe: 'With --slurm: options for sbatch: --slurm-options="--partition=long --time=2:00:00"',
  },
  print: { type: 'boolean', describe: 'With --slurm: show the batch script, submit and write nothing' },
  gather: { type: 'boolean', describe: 'Merge what shards did into trials.csv and show the table' },
  shard: { type: 'string', requiresArg: true, describe: 'Run one shard of the trials: 3/20 is the third of twenty' },
  queue: {
    type: 'string',
    requiresArg: true,
    describe: 'Run on the workers of a queue: redis://[:password@]host[:port][/db] (see npm run worker -- --help)',
  },
  detach: { type: 'boolean', describe: 'With --queue: leave the trials there; the same command without it gathers' },
  shared: {
    type: 'string',
    requiresArg: true,
    describe: 'With --queue: the folder that workers were given as --shared',
  },
  fresh: { type: 'boolean', describe: 'Forget earlier records of exactly these trials first' },
  'fail-fast': { type: 'boolean', describe: 'Stop at the first trial that fails' },
  'dry-run': { type: 'boolean', describe: 'Print the plan, run and write nothing' },
  json: { type: 'boolean', describe: 'One JSON document on stdout, progress on stderr' },
  quiet: { type: 'boolean', describe: 'No progress' },
} as const satisfies Record<string, Options>;

/** What yargs makes of them. */
export interface ExpArguments {
  readonly experiment: string;
  readonly seeds: string;
  readonly methods?: string;
  readonly set?: readonly string[];
  readonly sweep?: readonly string[];
  readonly lambda?: string;
  readonly preset?: string;
  readonly engine: string;
  readonly device: string;
  readonly jobs?: string;
  readonly stack?: string;
  readonly store?: string;
  readonly data?: string;
  readonly scorer?: string;
  readonly film?: boolean;
  readonly slurm?: boolean;
  readonly shards?: string;
  readonly 'slurm-options'?: string;
  readonly print?: boolean;
  readonly gather?: boolean;
  readonly shard?: string;
  readonly queue?: string;
  readonly detach?: boolean;
  readonly shared?: string;
  readonly fresh?: boolean;
  readonly 'fail-fast'?: boolean;
  readonly 'dry-run'?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}
