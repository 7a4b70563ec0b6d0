/**
 * A process of ours that runs the step: `node ours.js <size as JSON> onnx|wasm|cpu`. Speaks as peers/common.py does: first
 * the losses of the first steps, then steps and seconds for every number of steps that it reads.
 */
import { createInterface } from 'node:readline';
import { compiledEngine } from '../../../src/engine/compiled.ts';
import { eagerEngine } from '../../../src/engine/eager.ts';
import type { Arrays } from '../../../src/engine/engine.ts';
import { makeProblem } from '../problem.ts';
import { batchCount, comparedSteps, type Size } from '../sizes.ts';

// What this process is started with is of the bench's own making.
const size = JSON.parse(process.argv[2] ?? '') as Size;
const engineName = process.argv[3] ?? '';

const { training, initialState, batches } = makeProblem(size);
const engine = engineName === 'onnx' ? compiledEngine('cpu') : await eagerEngine(engineName);
const singles = Array.from({ length: batchCount }, (_, index) => batchAt(index));

say({ losses: await firstLosses() });

// As trials do: several steps in one run of the compiled program.
const repeat = engineName === 'onnx' ? batchCount : 1;
const step = await engine.prepare(training.fn, training.signature, { repeat });
step.load(initialState);
let next = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const runs = Math.ceil(Number(line) / repeat);
  for (let run = 0; run < runs; run++) {
    await step.run(repeat === 1 ? (singles[next++ % batchCount] ?? {}) : batches);
  }
  const { user, system } = process.cpuUsage(cpu);
  say({ steps: runs * repeat, wall: (performance.now() - wall) / 1e3, cpu: (user + system) / 1e6 });
}

async function firstLosses(): Promise<[number, number][]> {
  const single = await engine.prepare(training.fn, training.signature);
  single.load(initialState);
  const losses: [number, number][] = [];
  for (const batch of singles.slice(0, comparedSteps)) {
    const { lossD, lossG } = await single.run(batch);
    losses.push([lossD?.[0] ?? Number.NaN, lossG?.[0] ?? Number.NaN]);
  }
  await single.dispose();
  return losses;
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
