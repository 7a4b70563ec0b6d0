/** Declares the options of `exp`: their names, types and help. What values mean is checked where they are used. */
import type { Options } from 'yargs';
import { launcherOptions } from '../../launch/choose-launcher.ts';
import type { CommonArguments, Launcher } from '../../launch/launcher.ts';
import { deviceOptions } from '../doctor/device-options.ts';

const startOptions = {
  seeds: {
    type: 'string',
    requiresArg: true,
    describe: 'A count (5: seeds 0…4), a list (7,9) or a range (10..14); default: 5, of a search seed 100',
  },
  methods: {
    type: 'string',
    requiresArg: true,
    describe:
      'Methods and families (paper, modern, …, all), separated by commas; default: those that the experiment declares',
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
  search: {
    type: 'string',
    requiresArg: true,
    describe: "A random search: so many draws of each method's settings, on seeds from 100 on",
  },
  'search-space': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Where a search looks: path=log:3e-4..5e-3, path=0..1 or path=1,3,5 (repeatable)',
  },
  'search-seed': { type: 'string', requiresArg: true, describe: 'Seed of the draws; default: 0' },
  halving: {
    type: 'string',
    requiresArg: true,
    describe: 'Successive halving: at these steps (500,2000) the better half of a search’s draws goes on',
  },
  tuned: { type: 'boolean', describe: 'Each method in the best setting that its search found' },
  preset: { type: 'string', requiresArg: true, describe: "A variant of the experiment's own: smoke, authors, …" },
  ...deviceOptions,
  store: { type: 'string', requiresArg: true, describe: 'Folder for the records; default: results' },
  data: { type: 'string', requiresArg: true, describe: 'Folder of prepared pictures (npm run data); default: data' },
  scorer: {
    type: 'string',
    requiresArg: true,
    describe: 'What judges pictures: own, mobilenet, or the path of an ONNX file with its JSON',
  },
  film: { type: 'boolean', describe: 'Film every trial (toy data): frames of G and D for the report' },
} as const satisfies Record<string, Options>;

const endOptions = {
  fresh: { type: 'boolean', describe: 'Forget earlier records of exactly these trials first' },
  'fail-fast': { type: 'boolean', describe: 'Stop at the first trial that fails' },
  watch: {
    type: 'boolean',
    describe: 'Show the run in the browser while it trains: prints the address of a live page',
  },
  'dry-run': { type: 'boolean', describe: 'Print the plan, run and write nothing' },
  json: { type: 'boolean', describe: 'One JSON document on stdout, progress on stderr' },
  quiet: { type: 'boolean', describe: 'No progress' },
} as const satisfies Record<string, Options>;

/** All options, those of the launchers among them. */
export const expOptions = (launchers: readonly Launcher[]): Readonly<Record<string, Options>> => ({
  ...startOptions,
  ...launcherOptions(launchers),
  ...endOptions,
});

/** What yargs makes of them, but for those of the launchers, which they alone read. */
export interface ExpArguments extends CommonArguments {
  readonly experiment: string;
  readonly seeds?: string;
  readonly methods?: string;
  readonly set?: readonly string[];
  readonly sweep?: readonly string[];
  readonly lambda?: string;
  readonly search?: string;
  readonly 'search-space'?: readonly string[];
  readonly 'search-seed'?: string;
  readonly halving?: string;
  readonly tuned?: boolean;
  readonly preset?: string;
  readonly engine: string;
  readonly store?: string;
  readonly data?: string;
  readonly scorer?: string;
  readonly film?: boolean;
  readonly watch?: boolean;
  readonly quiet?: boolean;
}
