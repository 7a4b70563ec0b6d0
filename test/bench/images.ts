/**
 * `bench -- images`: one BiGAN+PGP training step of DCGANs on pictures, one thread, by every contender that this machine has;
 * how long a larger one takes to capture and compile; and whether memory stays as it is over many steps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../src/engine/engine.ts';
import { nativeFault } from '../../src/engine/native/machine/system.ts';
import { nativeEngine } from '../../src/engine/native/native-engine.ts';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import type { Contender, Place } from './contenders/contenders.ts';
import { isAbsent, startRunner } from './contenders/runner.ts';
import { PeakProbe } from './peak.ts';
import { makeProblem } from './problem.ts';
import { nameOf, type PictureSize } from './sizes.ts';
import { benchSize, type StepOptions, type StepResult } from './step.ts';
import { workOf } from './step-work.ts';

export interface ImagesOptions extends Omit<StepOptions, 'widths'> {
  readonly sides: readonly number[];
  readonly width: number;
  readonly batch: number;
  /** Steps over which memory is looked at; 0 leaves that out. */
  readonly memorySteps: number;
}

interface Prepared {
  readonly size: PictureSize;
  readonly engine: string;
  /** Seconds. */
  readonly capture: number;
  readonly compile: number;
}

/** How near the processor's limit a step can come. */
interface Limit {
  readonly size: PictureSize;
  /** GFLOP of the step's products and convolutions, and GFLOP/s that the processor reached at most. */
  readonly work: number;
  readonly peak: number;
}

interface Memory {
  readonly size: PictureSize;
  /** Bytes that the process of the compiled step held after so many steps. */
  readonly after: readonly { readonly steps: number; readonly rss: number }[];
}

export interface ImagesResult {
  readonly results: readonly StepResult[];
  /** Absent where this machine runs no machine code of ours. */
  readonly limits: readonly Limit[];
  readonly prepared: readonly Prepared[];
  readonly memory?: Memory;
}

/** Pixels along a side of what is captured and compiled beside the step that is raced. */
const largeSide = 64;
/** Small enough that many steps are quick. */
const smallSize: PictureSize = { kind: 'dcgan', side: 16, width: 8, batch: 8 };
const firstLook = 100;

export async function benchImages(options: ImagesOptions): Promise<ImagesResult> {
  const { sides, width, batch, memorySteps, tell } = options;
  const results: StepResult[] = [];
  for (const side of sides) results.push(await benchSize({ kind: 'dcgan', side, width, batch }, options));
  const large: PictureSize = { kind: 'dcgan', side: largeSide, width, batch };
  tell(`${nameOf(large)}: capturing and compiling`);
  const engines = [compiledEngine('cpu'), ...((await nativeFault()) ? [] : [await nativeEngine()])];
  const prepared: Prepared[] = [];
  for (const engine of engines) prepared.push(await prepare(large, engine));
  const limits = await limitsOf(sides.map((side) => ({ kind: 'dcgan', side, width, batch })));
  if (memorySteps <= firstLook) return { results, limits, prepared };
  tell(`${nameOf(smallSize)}: memory over ${memorySteps} steps`);
  return { results, limits, prepared, memory: await memoryOver(memorySteps, options) };
}

async function prepare(size: PictureSize, engine: Engine): Promise<Prepared> {
  const { training } = makeProblem(size);
  const step = await engine.prepare(training.fn, training.signature);
  await step.dispose();
  return { size, engine: engine.name, ...step.timings };
}

/** None where this machine runs no emitted code. */
async function limitsOf(sizes: readonly PictureSize[]): Promise<readonly Limit[]> {
  const probe = await PeakProbe.open();
  if (!probe) return [];
  for (let time = 0; time < 15; time++) probe.probe();
  const peak = probe.peak / 1e9;
  probe.dispose();
  return sizes.map((size) => ({ size, work: workOf(makeProblem(size).training) / 1e9, peak }));
}

async function memoryOver(steps: number, { contenders, tree, root, python }: ImagesOptions): Promise<Memory> {
  const problem = mkdtempSync(join(tmpdir(), 'modebench-'));
  const place: Place = { size: smallSize, problem, tree, root, python };
  const runner = await startRunner(contenders[0] as Contender, place); // the compiled step is always there
  if (isAbsent(runner)) throw new Error(runner.reason);
  try {
    const early = await runner.run(firstLook);
    const late = await runner.run(steps - firstLook);
    const after = [early, late].map(({ rss = Number.NaN }, index) => ({ steps: index === 0 ? firstLook : steps, rss }));
    return { size: smallSize, after };
  } finally {
    await runner.stop();
    rmSync(problem, { recursive: true, force: true });
  }
}
