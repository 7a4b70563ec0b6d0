/** `bench -- stack`: one BiGAN+PGP training step by itself, against as many of them stacked into one program. */

import type { Arrays, Step } from '../../src/engine/engine.ts';
import { traceStep } from '../../src/engine/lower/trace-step.ts';
import type { OnnxDevice } from '../../src/engine/onnx/onnx-devices.ts';
import { compileStep } from '../../src/engine/onnx/onnx-engine.ts';
import { prepareVmapped } from '../../src/engine/vmap/prepare.ts';
import type { Measured } from './contenders/runner.ts';
import { compare, type RaceOptions, race } from './harness.ts';
import { makeProblem } from './problem.ts';
import { QuietCheck } from './quiet.ts';
import { batchCount, nameOf, toySize } from './sizes.ts';
import type { StepResult } from './step.ts';

export interface StackOptions extends Pick<RaceOptions, 'rounds' | 'turn'> {
  readonly widths: readonly number[];
  /** Steps in each of the stacks. */
  readonly counts: readonly number[];
  readonly device: OnnxDevice;
  /** Told what happens, one line a time. */
  readonly tell: (line: string) => void;
}

/** For each width a table of which the step by itself is the first row; a stack's times are those of one of its steps. */
export async function benchStacks(options: StackOptions): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const width of options.widths) results.push(await benchWidth(width, options));
  return results;
}

async function benchWidth(width: number, { counts, device, tell, rounds, turn }: StackOptions): Promise<StepResult> {
  const size = toySize(width);
  const { training, initialState, batches } = makeProblem(size);
  const program = traceStep(training.fn, training.signature);
  const options = { repeat: batchCount };
  const alone = await compileStep(() => program, training.signature, device, options);
  const entries = [{ contender: 'by itself', says: 'as a trial runs it', count: 1, step: alone }];
  for (const count of counts) {
    tell(`${nameOf(size)}: compiling a stack of ${count}`);
    const step = await prepareVmapped(Array(count).fill(program), training.signature, device, options);
    entries.push({ contender: `stack of ${count}`, says: `${count} steps as one program`, count, step });
  }
  for (const { step, count } of entries) step.load(times(initialState, count, 1));
  tell(`${nameOf(size)}: ${rounds} rounds`);
  const check = new QuietCheck();
  const runners = entries.map(({ step, count }) => ({ run: timed(step, times(batches, count, batchCount), count) }));
  const timings = await race(runners, { rounds, turn, between: () => check.probe() });
  for (const { step } of entries) await step.dispose();
  const rows = timings.flatMap((timing, index) => {
    const [entry, reference] = [entries[index], timings[0]];
    if (!entry || !reference) return [];
    return [{ contender: entry.contender, says: entry.says, losses: [], ...compare(timing, reference), timing }];
  });
  return { size, rows, absent: [], quiet: check.verdict() };
}

/** Every array `count` times over, part by part: what each place of a stack is given. */
function times(arrays: Arrays, count: number, parts: number): Arrays {
  return Object.fromEntries(
    Object.entries(arrays).map(([name, numbers]) => {
      const size = numbers.length / parts;
      const whole = new Float32Array(count * numbers.length);
      for (let at = 0; at < parts * count; at++) {
        const part = Math.floor(at / count);
        whole.set(numbers.subarray(part * size, (part + 1) * size), at * size);
      }
      return [name, whole];
    }),
  );
}

/** At least so many steps, those of all places counted. */
function timed(step: Step, batches: Arrays, count: number): (steps: number) => Promise<Measured> {
  return async (steps) => {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const runs = Math.ceil(steps / (batchCount * count));
    for (let run = 0; run < runs; run++) await step.run(batches);
    const { user, system } = process.cpuUsage(cpu);
    return {
      steps: runs * batchCount * count,
      wall: (performance.now() - wall) / 1e3,
      cpu: (user + system) / 1e6,
    };
  };
}
