/**
 * `bench -- images`: one BiGAN+PGP training step of DCGANs on pictures, one thread, by every contender that this machine has;
 * how long a larger one takes to capture and compile; and whether memory stays as it is over many steps.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledEngine } from '../../src/engine/onnx/onnx-engine.ts';
import type { Contender, Place } from './contenders/contenders.ts';
import { isAbsent, startRunner } from './contenders/runner.ts';
import { makeProblem } from './problem.ts';
import { nameOf, type PictureSize } from './sizes.ts';
import { benchSize, type StepOptions, type StepResult } from './step.ts';

export interface ImagesOptions extends Omit<StepOptions, 'widths'> {
  readonly sides: readonly number[];
  readonly width: number;
  readonly batch: number;
  /** Steps over which memory is looked at; 0 leaves that out. */
  readonly memorySteps: number;
}

interface Prepared {
  readonly size: PictureSize;
  /** Seconds. */
  readonly capture: number;
  readonly compile: number;
}

interface Memory {
  readonly size: PictureSize;
  /** Bytes that the process of the compiled step held after so many steps. */
  readonly after: readonly { readonly steps: number; readonly rss: number }[];
}

export interface ImagesResult {
  readonly results: readonly StepResult[];
  readonly prepared: Prepared;
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
  const prepared = await prepare(large);
  if (memorySteps <= firstLook) return { results, prepared };
  tell(`${nameOf(smallSize)}: memory over ${memorySteps} steps`);
  return { results, prepared, memory: await memoryOver(memorySteps, options) };
}

async function prepare(size: PictureSize): Promise<Prepared> {
  const { training } = makeProblem(size);
  const step = await compiledEngine('cpu').prepare(training.fn, training.signature);
  await step.dispose();
  return { size, ...step.timings };
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
