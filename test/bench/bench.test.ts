/**
 * The benchmarks compute what they say: their statistics on cases worked out by hand, and every contender that this machine
 * has takes the very same step. Nothing here asserts how long anything takes.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileTree } from '../../compile.mjs';
import { disagreement } from './agreement.ts';
import { type Contender, contenders, type Place } from './contenders/contenders.ts';
import { isAbsent, type Runner, startRunner, whyAbsent } from './contenders/runner.ts';
import { compare, race } from './harness.ts';
import { contendersNamed, positive, widthsFrom } from './options.ts';
import { makeProblem, writeProblem } from './problem.ts';
import { pythonFrom } from './python.ts';
import { judge } from './quiet.ts';
import { batchCount, comparedSteps } from './sizes.ts';
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
    expect(widthsFrom('64, 128')).toEqual([64, 128]);
    expect(positive('--turn', '0.5')).toBe(0.5);
    expect(() => positive('--rounds', '1.5', 'whole')).toThrow("--rounds: expected a whole number above 0, got '1.5'");
    expect(() => widthsFrom('64,')).toThrow("--widths: expected a whole number above 0, got ''");
    expect(contendersNamed('jax,tfjs-wasm').map(({ name }) => name)).toEqual(['compiled', 'tfjs-wasm', 'jax']);
    expect(() => contendersNamed('jx')).toThrow("--contenders: unknown 'jx'; did you mean 'jax'?");
  });

  test('--python goes before the environment, the environment before python3', () => {
    expect(pythonFrom('a', { MODEBENCH_PYTHON: 'b' })).toBe('a');
    expect(pythonFrom(undefined, { MODEBENCH_PYTHON: 'b' })).toBe('b');
    expect(pythonFrom(undefined, {})).toBe('python3');
  });
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
  const torch = contenders.find(({ needs }) => needs === 'torch') as Contender; // it is in the list
  const why = (complaint: string) => whyAbsent(torch, { python: 'py' }, complaint);
  expect(why("Traceback …\nModuleNotFoundError: No module named 'torch'\n")).toBe(
    'py has no torch: pip install torch, or name another Python with --python or MODEBENCH_PYTHON',
  );
  expect(why('spawn py ENOENT')).toBe('no py: say where Python is with --python or MODEBENCH_PYTHON');
  expect(why('one\nRuntimeError: no C++ compiler\n')).toBe('RuntimeError: no C++ compiler');
});

describe('one step, many contenders', async () => {
  const root = join(import.meta.dirname, '../..');
  const size = { hidden: [16, 16], batch: 32 };
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

  test('the compiled step runs whole rounds of batches and says how many steps it ran', async () => {
    if (isAbsent(reference)) throw new Error(reference.reason);
    const { steps, wall, cpu } = await reference.run(batchCount + 1);
    expect(steps).toBe(2 * batchCount);
    expect(wall).toBeGreaterThan(0);
    expect(cpu).toBeGreaterThan(0);
  });

  // torch.compile takes a minute of compiling; `bench -- step` compares its losses too.
  const quick = contenders.slice(1).filter(({ name }) => name !== 'torch-compile');
  test.each(quick)('$name has the losses of the compiled step', { timeout: 60_000 }, async (contender) => {
    if (isAbsent(reference)) throw new Error(reference.reason);
    const runner = await started(contender);
    if (isAbsent(runner)) {
      expect(contender.needs, runner.reason).toBeDefined();
      return console.info(`left out: ${contender.name} (${runner.reason})`);
    }
    expect(disagreement(runner.losses, reference.losses)).toBeUndefined();
    expect(runner.losses.flat().every(Number.isFinite)).toBe(true);
  });
});
