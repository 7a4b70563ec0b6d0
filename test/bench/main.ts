/** `npm run bench -- …`: the benchmarks' own command line, beside the product's, which does not depend on it. */
import { arch, cpus } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import yargs, { type Argv } from 'yargs';
import { didYouMean } from '../../src/base/did-you-mean.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import { ExitCode, reportFault } from '../../src/cli/exit.ts';
import { onnxDevices } from '../../src/engine/onnx/onnx-devices.ts';
import { type Contender, pictureContenders, toyContenders } from './contenders/contenders.ts';
import { contendersNamed, oneOf, positive, sizesFrom } from './options.ts';
import { pythonFrom } from './python.ts';

/** The compiled tree that this file lies in. */
const tree = resolve(fileURLToPath(import.meta.url), '../../..');

/** What races have in common. */
const race = {
  rounds: { type: 'string', requiresArg: true, default: '7', describe: 'Turns of every contender' },
  contenders: { type: 'string', requiresArg: true, describe: 'Some of them, by name; default: all but the slowest' },
  python: { type: 'string', requiresArg: true, describe: "The peers' Python; default: MODEBENCH_PYTHON or python3" },
} as const;

interface RaceWords {
  readonly rounds: string;
  readonly turn: string;
  readonly contenders?: string | undefined;
  readonly python?: string | undefined;
}

const raceFrom = (given: RaceWords, all: readonly Contender[], root: string) => ({
  rounds: positive('--rounds', given.rounds, 'whole'),
  turn: positive('--turn', given.turn),
  contenders: contendersNamed(given.contenders, all),
  python: pythonFrom(given.python, process.env),
  tree,
  root,
  tell,
});

/** Runs one benchmark and returns the process's exit code: 1 also where contenders compute different steps. */
export async function main(argv: readonly string[], root: string): Promise<number> {
  try {
    return await dispatch(argv.slice(1), root);
  } catch (error) {
    return reportFault(error);
  }
}

async function dispatch(argv: readonly string[], root: string): Promise<number> {
  let code: number = ExitCode.done;
  const json = { type: 'boolean', describe: 'One JSON document on stdout' } as const;
  const number = { type: 'string', requiresArg: true } as const;
  await (yargs([...argv]) as Argv)
    .scriptName('npm run bench --')
    .usage('npm run bench -- <name> [options]')
    .command(
      'step',
      'One BiGAN+PGP step: compiled, tfjs, and PyTorch and JAX where Python has them',
      {
        widths: { ...number, default: '64,128,512', describe: 'Widths of the three hidden layers' },
        ...race,
        turn: { ...number, default: '0.5', describe: 'Seconds of a turn' },
        json,
      },
      async (given) => {
        const { benchStep } = await import('./step.ts');
        const results = await benchStep({
          widths: sizesFrom('--widths', given.widths),
          ...raceFrom(given, toyContenders, root),
        });
        const { stepText } = await import('./step-text.ts');
        print(given.json ? asJson('step', { results }) : stepText(results));
        if (results.some(({ rows }) => rows.some(({ disagreement }) => disagreement))) code = ExitCode.failed;
      },
    )
    .command(
      'stack',
      'The same step by itself, and stacked with those of other trials into one program',
      {
        widths: { ...number, default: '64,128', describe: 'Widths of the three hidden layers' },
        counts: { ...number, default: '8', describe: 'Steps in a stack' },
        device: { ...number, default: 'cpu', describe: 'cpu, webgpu, cuda, …' },
        rounds: race.rounds,
        turn: { ...number, default: '0.5', describe: 'Seconds of a turn' },
        json,
      },
      async (given) => {
        const { benchStacks } = await import('./stack.ts');
        const { device } = given;
        const results = await benchStacks({
          widths: sizesFrom('--widths', given.widths),
          counts: sizesFrom('--counts', given.counts),
          rounds: positive('--rounds', given.rounds, 'whole'),
          turn: positive('--turn', given.turn),
          device: oneOf(
            '--device',
            device,
            onnxDevices.map(({ name }) => name),
          ),
          tell,
        });
        const { stackText } = await import('./stack-text.ts');
        print(given.json ? asJson('stack', { device, results }) : stackText(results, device));
      },
    )
    .command(
      'images',
      'The same step of DCGANs on pictures; compile time of 64 px, memory over many steps',
      {
        sides: { ...number, default: '32', describe: 'Pixels along a side of the pictures' },
        width: { ...number, default: '32', describe: 'Channels of the layer next to the picture' },
        batch: { ...number, default: '64', describe: 'Pictures in a batch' },
        ...race,
        turn: { ...number, default: '2', describe: 'Seconds of a turn' },
        memory: { ...number, default: '1000', describe: 'Steps over which memory is looked at; up to 100: not at all' },
        json,
      },
      async (given) => {
        const { benchImages } = await import('./images.ts');
        const result = await benchImages({
          sides: sizesFrom('--sides', given.sides),
          width: positive('--width', given.width, 'whole'),
          batch: positive('--batch', given.batch, 'whole'),
          memorySteps: positive('--memory', given.memory, 'whole'),
          ...raceFrom(given, pictureContenders, root),
        });
        const { imagesText } = await import('./images-text.ts');
        print(given.json ? asJson('images', result) : imagesText(result));
        if (result.results.some(({ rows }) => rows.some(({ disagreement }) => disagreement))) code = ExitCode.failed;
      },
    )
    .command(
      'command',
      'The whole of exp grid25 for one method and seed, and where its time goes',
      { steps: { ...number, describe: "Training steps; default: the experiment's" }, json },
      async (given) => {
        const { benchCommand } = await import('./command.ts');
        const steps = given.steps === undefined ? {} : { steps: positive('--steps', given.steps, 'whole') };
        const result = await benchCommand({ ...steps, root, tell });
        const { commandText } = await import('./command-text.ts');
        print(given.json ? asJson('command', result) : commandText(result));
      },
    )
    .command(
      'scale',
      'What launching costs: trials a minute, a queue, memory, finding finished trials again',
      {
        rounds: { ...race.rounds, default: '3' },
        steps: { ...number, default: '1000', describe: 'Training steps of a real trial' },
        trials: { ...number, default: '10000', describe: 'Trials for memory and for finding them again' },
        json,
      },
      async (given) => {
        const { benchScale } = await import('./scale.ts');
        const result = await benchScale({
          rounds: positive('--rounds', given.rounds, 'whole'),
          steps: positive('--steps', given.steps, 'whole'),
          trials: positive('--trials', given.trials, 'whole'),
          ...{ tree, root, tell },
        });
        const { scaleText } = await import('./scale-text.ts');
        print(given.json ? asJson('scale', result) : scaleText(result));
      },
    )
    .command(
      'watch',
      'What it costs to watch a run in the live page: processor time beside that of the same run unwatched',
      {
        rounds: { ...race.rounds, default: '5' },
        steps: { ...number, default: '4000', describe: 'Training steps' },
        json,
      },
      async (given) => {
        const { benchWatch, watchText } = await import('./watch.ts');
        const result = await benchWatch({
          rounds: positive('--rounds', given.rounds, 'whole'),
          steps: positive('--steps', given.steps, 'whole'),
          ...{ root, tell },
        });
        print(given.json ? asJson('watch', result) : watchText(result));
      },
    )
    .command(
      'paint',
      'How soon the live page of a large store is there: its first words and its wall, in a Chromium of the system',
      {
        rounds: { ...race.rounds, default: '5' },
        trials: { ...number, default: '200', describe: 'Trials of the store' },
        json,
      },
      async (given) => {
        const { benchPaint, paintText } = await import('./paint.ts');
        const result = await benchPaint({
          rounds: positive('--rounds', given.rounds, 'whole'),
          trials: positive('--trials', given.trials, 'whole'),
          ...{ root, tell },
        });
        print(given.json ? asJson('paint', result) : paintText(result));
      },
    )
    .demandCommand(1, 'expected a benchmark: step, stack, images, command, scale, watch or paint')
    .check((given) => refuseUnknown(given._.map(String), given))
    .parserConfiguration({ 'camel-case-expansion': false })
    .version(false)
    .help()
    .alias('help', 'h')
    .wrap(Math.min(100, process.stdout.columns ?? 100))
    .exitProcess(false)
    .fail((message, error) => {
      if (error !== undefined && error.name !== 'YError') throw error;
      const said = message ?? error?.message ?? '';
      const valueless = /^Not enough arguments following: (\S+)/.exec(said)?.[1];
      throw new UsageError(`bench: ${valueless ? `--${valueless}: expected a value` : said.split('\n')[0]}`);
    })
    .parseAsync();
  return code;
}

const options: Readonly<Record<string, readonly string[]>> = {
  step: ['widths', ...Object.keys(race), 'turn', 'json', 'help'],
  stack: ['widths', 'counts', 'device', 'rounds', 'turn', 'json', 'help'],
  images: ['sides', 'width', 'batch', ...Object.keys(race), 'turn', 'memory', 'json', 'help'],
  command: ['steps', 'json', 'help'],
  scale: ['rounds', 'steps', 'trials', 'json', 'help'],
  watch: ['rounds', 'steps', 'json', 'help'],
  paint: ['rounds', 'trials', 'json', 'help'],
};

/** yargs' own strictness names no neighbours. */
function refuseUnknown([name = '', stray]: readonly string[], given: Readonly<Record<string, unknown>>): true {
  const names = Object.keys(options);
  const known = options[name];
  if (known === undefined) {
    throw new UsageError(`unknown benchmark '${name}'${didYouMean(name, names)} (expected one of ${names.join(', ')})`);
  }
  const unknown = Object.keys(given).find((option) => !['_', '$0', 'h', ...known].includes(option));
  if (unknown !== undefined) {
    const hint = didYouMean(unknown, known).replace(/'(.+)'/, '--$1');
    throw new UsageError(`bench -- ${name}: unknown option --${unknown}${hint}`);
  }
  const twice = known.find((option) => Array.isArray(given[option]));
  if (twice !== undefined) throw new UsageError(`bench -- ${name}: --${twice} was given more than once`);
  if (stray !== undefined) throw new UsageError(`bench -- ${name}: unexpected argument '${stray}'`);
  return true;
}

/** Progress; stdout is the result's. */
const tell = (line: string): void => void process.stderr.write(`${line} …\n`);
const print = (text: string): void => void process.stdout.write(`${text}\n`);

const asJson = (benchmark: string, result: object): string => {
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, arch: arch(), node: process.version };
  return JSON.stringify({ benchmark, machine, ...result }, null, 2);
};
