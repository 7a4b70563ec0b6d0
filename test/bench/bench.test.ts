/**
 * The benchmarks compute what they say: their statistics on cases worked out by hand, and every contender that this machine
 * has takes the very same step. Nothing here asserts how long anything takes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileTree } from '../../bin/compile.mjs';
import { stream } from '../../src/base/random.ts';
import { disagreement } from './agreement.ts';
import { type Contender, type Place, pictureContenders, toyContenders } from './contenders/contenders.ts';
import { isAbsent, type Runner, startRunner, whyAbsent } from './contenders/runner.ts';
import { compare, race } from './harness.ts';
import { contendersNamed, positive, sizesFrom } from './options.ts';
import { discs } from './pictures.ts';
import { makeProblem, writeProblem } from './problem.ts';
import { pythonFrom } from './python.ts';
import { judge } from './quiet.ts';
import { batchCount, comparedSteps, type Size } from './sizes.ts';
import { median, ratios, spread } from './statistics.ts';

describe('statistics', () => {
  test('median, spread and ratios of small lists', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 9])).toBe(3);
    expect(spread([5, 1, 3])).toEqual({ median: 3, lowest: 1, highest: 5 });
    expect(ratios([2, 9], [1, 3, 5])).toEqual([2, 3]);
    expect(() => median([])).toThrow('internal: the median of nothing');
  });

  test('as many values lie below the median as above it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const middle = median(values);
        const below = values.filter((value) => value < middle).length;
        const above = values.filter((value) => value > middle).length;
        expect(Math.max(below, above)).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  test('the median of ratios is not the ratio of medians: a slow round strikes both contenders', () => {
    const timing = (wall: number[]) => ({ wall, cpu: wall, steps: 1 });
    const { wall, wallRatio } = compare(timing([2e-3, 40e-3, 4e-3]), timing([1e-3, 20e-3, 2e-3]));
    expect(wall.median).toBeCloseTo(4, 9);
    expect(wallRatio).toEqual({ median: 2, lowest: 2, highest: 2 });
  });
});

describe('race', () => {
  /** A runner whose step takes a known time on a clock of its own; it runs `chunk` steps at least. */
  function simulated(name: string, secondsAStep: number, log: string[], chunk = 1) {
    return {
      async run(steps: number) {
        const ran = Math.ceil(steps / chunk) * chunk;
        log.push(name);
        return { steps: ran, wall: ran * secondsAStep, cpu: ran * secondsAStep * 0.5 };
      },
    };
  }

  test('contenders take turns, and figures are seconds a step of what each really ran', async () => {
    const log: string[] = [];
    const marks: number[] = [];
    const runners = [simulated('a', 0.001, log, 8), simulated('b', 0.02, log)];
    const [a, b] = await race(runners, { rounds: 3, turn: 0.5, between: () => marks.push(log.length) });
    expect(log.slice(-6)).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
    expect(marks.map((mark) => mark - (marks[0] ?? 0))).toEqual([0, 2, 4, 6]);
    expect(a?.wall).toHaveLength(3);
    for (const seconds of a?.wall ?? []) expect(seconds).toBeCloseTo(0.001, 12);
    for (const seconds of b?.cpu ?? []) expect(seconds).toBeCloseTo(0.01, 12);
    expect(b?.steps).toBe(25);
  });

  test('a contender that ran once is not asked again, and is compared with the median of the reference', async () => {
    const log: string[] = [];
    const only = { steps: 1, wall: 60, cpu: 58 };
    const [reference, once] = await race([simulated('a', 0.5, log), { ...simulated('b', 1, log), only }], {
      rounds: 3,
      turn: 0.5,
    });
    expect(log).not.toContain('b');
    if (!reference || !once) throw new Error('no timings');
    expect(once).toEqual({ steps: 1, wall: [60], cpu: [58] });
    expect(compare(once, { ...reference, wall: [0.4, 0.5, 0.9] }, true).wallRatio).toEqual({
      median: 120,
      lowest: 120,
      highest: 120,
    });
  });

  test('a contender whose step takes seconds runs one step a turn, in three rounds', async () => {
    const log: string[] = [];
    const [slow, quick] = await race([simulated('slow', 12, log), simulated('quick', 0.1, log)], {
      rounds: 5,
      turn: 0.5,
    });
    expect(slow).toEqual({ steps: 1, wall: [12, 12, 12], cpu: [6, 6, 6] });
    expect(quick?.wall).toHaveLength(5);
  });
});

describe('quiet', () => {
  test('says which bound was passed, and nothing on a quiet machine', () => {
    expect(judge([0.02, 0.0205], 1.1)).toMatchObject({ quiet: true, says: '' });
    expect(judge([0.02, 0.03], 1.1).says).toBe(
      'The machine was not quiet: a fixed loop took up to 50 % longer than at best (bound 10 %).',
    );
    expect(judge([0.02, 0.02], 6.25)).toMatchObject({
      quiet: false,
      says: 'The machine was not quiet: the load average was 6.3 (bound 1.5).',
    });
  });
});

describe('options', () => {
  test('numbers and names are checked, the reference is always there', () => {
    expect(sizesFrom('--widths', '64, 128')).toEqual([64, 128]);
    expect(positive('--turn', '0.5')).toBe(0.5);
    expect(() => positive('--rounds', '1.5', 'whole')).toThrow("--rounds: expected a whole number above 0, got '1.5'");
    expect(() => sizesFrom('--widths', '64,')).toThrow("--widths: expected a whole number above 0, got ''");
    const named = (list: string) => contendersNamed(list, toyContenders).map(({ name }) => name);
    expect(named('jax,tfjs-wasm')).toEqual(['compiled', 'tfjs-wasm', 'jax']);
    expect(() => named('jx')).toThrow("--contenders: unknown 'jx'; did you mean 'jax'?");
    const pictures = (list?: string) => contendersNamed(list, pictureContenders).map(({ name }) => name);
    expect(pictures()).toEqual(['compiled', 'native', 'tfjs-wasm', 'torch', 'jax']);
    expect(pictures('tfjs-cpu')).toEqual(['compiled', 'tfjs-cpu']);
    expect(() => contendersNamed('jacks', pictureContenders)).toThrow("--contenders: unknown 'jacks'");
  });

  test('--python goes before the environment, the environment before python3', () => {
    expect(pythonFrom('a', { MODEBENCH_PYTHON: 'b' })).toBe('a');
    expect(pythonFrom(undefined, { MODEBENCH_PYTHON: 'b' })).toBe('b');
    expect(pythonFrom(undefined, {})).toBe('python3');
  });
});

test('pictures of the benchmark are in range, differ, and are the same for a seed', () => {
  const dataset = discs(8);
  const draw = (seed: number) => dataset.sample(stream(seed, 'data'), 3);
  const pictures = draw(1);
  expect(pictures).toHaveLength(3 * 8 * 8 * 3);
  expect(pictures.every((value) => value >= -1 && value <= 1)).toBe(true);
  expect(new Set(pictures).size).toBeGreaterThan(6);
  expect(draw(1)).toEqual(pictures);
  expect(draw(2)).not.toEqual(pictures);
});

test('losses that part are told by step, player and bound', () => {
  const losses = Array.from({ length: comparedSteps }, () => [1, 2] as const);
  expect(disagreement(losses, losses)).toBeUndefined();
  const off = [[1, 2.1] as const, ...losses.slice(1)];
  expect(disagreement(off, losses)).toBe("step 1: the players' loss is 2.1, expected 2 within 0.001");
  expect(disagreement([[1, Number.NaN], ...losses.slice(1)], losses)).toContain('step 1');
  expect(disagreement(losses.slice(1), losses)).toContain('expected the losses of 3 steps');
});

test('why a peer is absent is one line with what to do about it', () => {
  const torch = toyContenders.find(({ needs }) => needs === 'torch') as Contender; // it is in the list
  const why = (complaint: string) => whyAbsent(torch, { python: 'py' }, complaint);
  expect(why("Traceback …\nModuleNotFoundError: No module named 'torch'\n")).toBe(
    'py has no torch: pip install torch, or name another Python with --python or MODEBENCH_PYTHON',
  );
  expect(why('spawn py ENOENT')).toBe('no py: say where Python is with --python or MODEBENCH_PYTHON');
  expect(why('one\nRuntimeError: no C++ compiler\n')).toBe('RuntimeError: no C++ compiler');
  expect(why('x.js:1\n\nError: no kernel\n    at f (x.js:1)\n\nNode.js v22.1.0\n')).toBe('Error: no kernel');
});

const sizes: readonly (readonly [name: string, size: Size, contenders: readonly Contender[]])[] = [
  ['points', { kind: 'mlp', hidden: [16, 16], batch: 32 }, toyContenders],
  ['pictures', { kind: 'dcgan', side: 16, width: 8, batch: 4 }, pictureContenders],
];

describe.each(sizes)('one step on %s, many contenders', async (_, size, contenders) => {
  const root = join(import.meta.dirname, '../..');
  const problem = mkdtempSync(join(tmpdir(), 'modebench-'));
  const place: Place = {
    size,
    problem,
    tree: await compileTree(root),
    root,
    python: pythonFrom(undefined, process.env),
  };
  writeProblem(problem, makeProblem(size));
  const runners: Runner[] = [];
  const started = async (contender: Contender) => {
    const result = await startRunner(contender, place);
    if (!isAbsent(result)) runners.push(result);
    return result;
  };
  afterAll(async () => {
    for (const runner of runners) await runner.stop();
    rmSync(problem, { recursive: true, force: true });
  });
  const reference = await started(contenders[0] as Contender); // the list is not empty

  test('the compiled step runs at least as many steps as it is asked for, and says how many', async () => {
    if (isAbsent(reference)) throw new Error(reference.reason);
    const { steps, wall, cpu, rss } = await reference.run(batchCount + 1);
    // Whole rounds of batches where a call runs them all.
    expect(steps).toBe(size.kind === 'mlp' ? 2 * batchCount : batchCount + 1);
    expect(wall).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThan(0);
    expect(rss).toBeGreaterThan(1e7);
  });

  // torch.compile takes a minute of compiling; `bench -- step` compares its losses too, and gpu.sh those of GPUs.
  const quick = contenders
    .slice(1)
    .filter(({ name, onlyNamed, once }) => name !== 'torch-compile' && (!onlyNamed || once));
  test.each(quick)('$name has the losses of the compiled step', { timeout: 60_000 }, async (contender) => {
    if (isAbsent(reference)) throw new Error(reference.reason);
    const runner = await started(contender);
    if (isAbsent(runner)) {
      const lacksKernel = contender.name === 'tfjs-wasm' && runner.reason.includes("Kernel 'Conv2DBackpropFilter'");
      expect(contender.needs !== undefined || lacksKernel, runner.reason).toBe(true);
      return console.info(`left out: ${contender.name} (${runner.reason})`);
    }
    expect(disagreement(runner.losses, reference.losses, runner.only?.steps)).toBeUndefined();
    expect(runner.losses.flat().every(Number.isFinite)).toBe(true);
  });
});
