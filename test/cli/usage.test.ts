/** What users get wrong: every mistake is one line on stderr that says what was expected, exit code 2, nothing written. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { catchInterrupt } from '../../src/cli/interrupt.ts';
import { projectRoot, run, scratch } from './run-cli.ts';
import { runHere } from './run-here.ts';

describe('help', () => {
  it('lists the commands', async () => {
    const { code, stdout } = await runHere('--help');
    expect(code).toBe(0);
    for (const command of ['exp', 'report', 'list', 'doctor', 'bench'])
      expect(stdout).toMatch(new RegExp(`npm run ${command}\\b`));
  });

  it('of exp names every option and the exit codes', async () => {
    const { code, stdout, stderr } = await runHere('exp', '--help');
    expect([code, stderr]).toEqual([0, '']);
    const options =
      'seeds methods set sweep lambda preset engine device jobs stack store slurm gather shard queue detach fresh fail-fast dry-run json quiet';
    for (const option of options.split(' ')) expect(stdout).toContain(`--${option}`);
    expect(stdout).toContain('130');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });
});

it('says its version', async () => {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'));
  expect(await run('--version')).toMatchObject({ code: 0, stdout: `modebench ${version}\n`, stderr: '' });
});

it('leaves nothing that listens behind, however many commands a process runs', async () => {
  const heard = () => [process.stdout.listenerCount('error'), process.listenerCount('SIGINT')];
  catchInterrupt();
  await runHere('--help');
  const before = heard();
  const { signal } = catchInterrupt();
  await runHere('--help');
  expect(heard()).toEqual(before);
  process.emit('SIGINT');
  expect(signal.aborted).toBe(true);
});

describe('a mistyped option', () => {
  // A letter less, and two letters changed of five: every option of every command.
  it('has its nearest name, in every command', async () => {
    for (const { syntax, options } of commands) {
      const [name = ''] = syntax.split(' ');
      for (const option of Object.keys(options)) {
        if (option.length < 4) continue;
        const typed = option.slice(0, -1);
        if (typed in options) continue;
        const { code, stderr } = await runHere(name, 'x', 'y', `--${typed}`);
        expect(code).toBe(2);
        expect(stderr, `${name} --${typed}`).toMatch(
          new RegExp(`unknown option --${typed}; did you mean --[a-z-]+\\?`),
        );
      }
    }
  });
});

it('a name that no disk takes is bad usage, wherever a command makes a file or a folder of it', async () => {
  const folder = scratch();
  const long = 'x'.repeat(300);
  const smoke = ['exp', 'ring8', '--preset', 'smoke', '--seeds', '1', '--methods', 'gan', '--quiet'];
  for (const words of [
    [...smoke, '--store', join(folder, long)],
    [...smoke, '--dry-run', '--store', join(folder, long)],
    ['exp', join(folder, `${long}.ts`)],
    ['show', join(folder, `${long}.ts`)],
    ['init', join(folder, `${long}.ts`)],
    ['init', join(folder, long, 'mine.ts')],
    ['report', long, '--store', folder],
    ['data', 'shapes', '--count', '4', '--data', join(folder, long)],
    ['latent', 'interpolate', long],
    ['score', long],
  ]) {
    const { code, stderr } = await runHere(...words);
    expect([words, code, stderr]).toEqual([words, 2, expect.stringMatching(/^modebench: .*\n$/)]);
    expect(stderr).not.toContain('trace:');
  }
  expect(readdirSync(folder)).toEqual([]);
});

describe('a mistake', () => {
  it.each<[string[], RegExp]>([
    [[], /expected a command/],
    [['exq', 'grid25'], /unknown command 'exq'; did you mean 'exp'\?/],
    [['exp'], /expected an experiment.*npm run list/],
    [['exp', 'gird25'], /'gird25'; did you mean 'grid25'\?/],
    [['exp', './nowhere.ts'], /nowhere\.ts/],
    [['exp', 'grid25', 'ring8'], /unexpected argument 'ring8'/],
    [['exp', 'grid25', '5'], /unexpected argument '5'.*npm run exp -- /],
    [['exp', 'grid25', '--sedds', '5'], /unknown option --sedds; did you mean --seeds\?/],
    [['exp', 'grid25', '--sede', '5'], /unknown option --sede; did you mean --seeds\?/],
    [['exp', 'grid25', '--seeds'], /--seeds: expected a value/],
    [['exp', 'grid25', '--seeds', 'five'], /--seeds: expected .* got 'five'/],
    [['exp', 'grid25', '--seeds', '-1'], /--seeds: expected .* got '-1'/],
    [['exp', 'grid25', '--seeds', '1', '--seeds', '2'], /--seeds was given more than once/],
    [['exp', 'grid25', '--methods', 'biggan'], /'biggan'; did you mean 'bigan'\?/],
    [['exp', 'grid25', '--preset', 'smok'], /did you mean 'smoke'\?/],
    [['exp', 'grid25', '--set', 'training.stepz=3'], /'training.stepz'; did you mean 'training.steps'\?/],
    [['exp', 'grid25', '--set', 'training.steps=many'], /training\.steps: expected .* got 'many'/],
    [['exp', 'grid25', '--set', 'training.steps'], /--set: expected path=value/],
    [['exp', 'grid25', '--set', '__proto__.x=1'], /the spec has no '__proto__\.x'/],
    [['exp', 'grid25', '--sweep', 'penalty.wieght=1,2'], /did you mean 'penalty\.weight'\?/],
    [['exp', 'grid25', '--lambda', 'a'], /penalty\.weight: expected a number, got 'a'/],
    [['exp', 'grid25', '--methods', 'gan', '--lambda', '1'], /penalty\.weight/],
    [
      ['exp', 'grid25', '--engine', 'onx'],
      /--engine: expected auto, onnx, native or tfjs, got 'onx'; did you mean 'onnx'\?/,
    ],
    [['exp', 'grid25', '--device', 'cuda'], /^modebench: --device cuda: not installed; npm rebuild onnxruntime-node /m],
    [
      ['exp', 'grid25', '--device', 'webgup'],
      /--device: expected auto, cpu, webgpu.* got 'webgup'; did you mean 'webgpu'\?/,
    ],
    [['exp', 'grid25', '--device', 'wasm'], /--device: .* got 'wasm'/],
    [['exp', 'grid25', '--jobs', '0'], /--jobs: expected a whole number from 1 to 1024, got '0'/],
    [['exp', 'grid25', '--jobs', '2.5'], /--jobs: .* got '2\.5'/],
    [['exp', 'grid25', '--fresh=perhaps'], /--fresh: expected no value, got 'perhaps'/],
    [['exp', 'grid25', '--store', 'package.json'], /--store: expected a folder/],
    [
      ['exp', 'grid25', '--store', 'package.json/results', '--dry-run'],
      /--store: expected a folder, .*package\.json is a file/,
    ],
    [['exp', 'celeba', '--dry-run', '--data', 'test'], /celeba is not there: npm run data -- celeba/],
    [['list', 'everything'], /unexpected argument 'everything'/],
    [['doctor', '--json'], /unknown option --json/],
  ])('%j', async (args, message) => {
    const store = scratch();
    const own = args[0] === 'exp' && !args.includes('--store') ? ['--store', join(store, 'results')] : [];
    const { code, stdout, stderr } = await runHere(...args, ...own);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^modebench: [^\n]+\n$/);
    expect([code, stdout]).toEqual([2, '']);
    expect(readdirSync(store)).toEqual([]);
  });

  it("in a user's own file names the file", async () => {
    const file = join(scratch(), 'mine.ts');
    writeFileSync(
      file,
      "import { defineExperiment } from 'modebench';\nexport default defineExperiment({ claim: 'none' });\n",
    );
    const { code, stderr } = await runHere('exp', file, '--dry-run');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^modebench: .*mine\.ts.*\n$/);
  });

  it('what it prints leaves stdout to the document of --json', async () => {
    const file = join(scratch(), 'talks.ts');
    writeFileSync(
      file,
      "import { extend } from 'modebench';\nimport grid25 from 'modebench/experiments/grid25';\nconsole.log('hello');\nprocess.stdout.write('there\\n');\nexport default extend(grid25, { claim: 'mine' });\n",
    );
    const { code, stdout, stderr } = await runHere('exp', file, '--dry-run', '--json', '--seeds', '1');
    expect([code, stderr]).toEqual([0, 'hello\nthere\n']);
    expect(JSON.parse(stdout)).toMatchObject({ claim: 'mine' });
    expect((await run('exp', file, '--dry-run', '--seeds', '1')).stdout).toMatch(/^hello\nthere\n/);
  });
});
