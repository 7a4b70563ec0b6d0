/**
 * A process of ours that runs the step: `node ours.js <size as JSON> onnx|wasm|cpu`. Speaks as peers/common.py does: first
 * the losses of the first steps, then seconds for every number of steps that it reads.
 */
import { createInterface } from 'node:readline';
import { compiledEngine } from '../../../src/engine/compiled.ts';
import { eagerEngine } from '../../../src/engine/eager.ts';
import { makeProblem } from '../problem.ts';
import { batchCount, type Size } from '../sizes.ts';

const say = (message: object): void => void process.stdout.write(`${JSON.stringify(message)}\n`);
// What this process is started with is of our own making.
const size = JSON.parse(process.argv[2] ?? '') as Size;
const engineName = process.argv[3] ?? 'onnx';

const { training, initialState, batches } = makeProblem(size);
const engine = engineName === 'onnx' ? compiledEngine('cpu') : await eagerEngine(engineName);

const single = await engine.prepare(training.fn, training.signature);
single.load(initialState);
const losses: [number, number][] = [];
for (let index = 0; index < batchCount; index++) {
  const { lossD, lossG } = await single.run(batchAt(index));
  losses.push([lossD?.[0] ?? Number.NaN, lossG?.[0] ?? Number.NaN]);
}
await single.dispose();

// As trials do: several steps in one run of the compiled program.
const repeat = engineName === 'onnx' ? batchCount : 1;
const step = await engine.prepare(training.fn, training.signature, { repeat });
step.load(initialState);
const runs = repeat === 1 ? Array.from({ length: batchCount }, (_, index) => batchAt(index)) : [batches];
let done = 0;

say({ losses });
for await (const line of createInterface({ input: process.stdin })) {
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const steps = Number(line);
  for (let left = steps; left > 0; left -= repeat) {
    const inputs = runs[done++ % runs.length];
    if (inputs) await step.run(inputs);
  }
  const { user, system } = process.cpuUsage(cpu);
  say({ wall: (performance.now() - wall) / 1e3, cpu: (user + system) / 1e6 });
}

function batchAt(index: number) {
  return Object.fromEntries(
    Object.entries(batches).map(([name, numbers]) => {
      const length = numbers.length / batchCount;
      return [name, numbers.subarray(index * length, (index + 1) * length)];
    }),
  );
}
