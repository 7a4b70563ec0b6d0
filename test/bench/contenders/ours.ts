/**
 * A process of ours that runs the step: `node ours.js <size as JSON> 'onnx cpu'|'native cpu'|'tfjs wasm'|… [once]`. Speaks as peers/common.py does:
 * first the losses of the first steps, then steps and seconds for every number of steps that it reads. With `once` it takes
 * one step only and says at the start how long that was.
 */
import { createInterface } from 'node:readline';
import type { Arrays } from '../../../src/engine/engine.ts';
import { type EngineName, openEngine } from '../../../src/engine/engines.ts';
import { makeProblem } from '../problem.ts';
import { batchCount, comparedSteps, type Size } from '../sizes.ts';
import type { Measured } from './runner.ts';

// What this process is started with is of the bench's own making.
const size = JSON.parse(process.argv[2] ?? '') as Size;
const [engineName, deviceName] = (process.argv[3] ?? '').split(' ') as [EngineName, string];
const once = process.argv[4] === 'once';

const { training, initialState, batches } = makeProblem(size);
/** Captured and compiled, several steps in one run; tfjs goes kernel by kernel. */
const compiles = engineName !== 'tfjs';
const engine = await openEngine(engineName, deviceName);
const singles = Array.from({ length: batchCount }, (_, index) => batchAt(index));

if (once) {
  const started = now();
  const losses = await firstLosses(1);
  say({ losses, only: since(started, 1) });
} else {
  say({ losses: await firstLosses(comparedSteps) });
  await answer();
}

/** Times as many steps as every line asks for. */
async function answer(): Promise<void> {
  // As trials on points do: several steps in one run of the compiled program.
  const repeat = compiles && size.kind === 'mlp' ? batchCount : 1;
  const step = await engine.prepare(training.fn, training.signature, { repeat });
  step.load(initialState);
  let next = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const started = now();
    const runs = Math.ceil(Number(line) / repeat);
    for (let run = 0; run < runs; run++) {
      await step.run(repeat === 1 ? (singles[next++ % batchCount] ?? {}) : batches);
    }
    say({ ...since(started, runs * repeat), rss: process.memoryUsage().rss });
  }
}

async function firstLosses(steps: number): Promise<[number, number][]> {
  const single = await engine.prepare(training.fn, training.signature);
  single.load(initialState);
  const losses: [number, number][] = [];
  for (const batch of singles.slice(0, steps)) {
    const { lossD, lossG } = await single.run(batch);
    losses.push([lossD?.[0] ?? Number.NaN, lossG?.[0] ?? Number.NaN]);
  }
  await single.dispose();
  return losses;
}

function now(): { wall: number; cpu: NodeJS.CpuUsage } {
  return { wall: performance.now(), cpu: process.cpuUsage() };
}

function since({ wall, cpu }: ReturnType<typeof now>, steps: number): Measured {
  const { user, system } = process.cpuUsage(cpu);
  return { steps, wall: (performance.now() - wall) / 1e3, cpu: (user + system) / 1e6 };
}

function batchAt(index: number): Arrays {
  return Object.fromEntries(
    Object.entries(batches).map(([name, numbers]) => {
      const length = numbers.length / batchCount;
      return [name, numbers.subarray(index * length, (index + 1) * length)];
    }),
  );
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
