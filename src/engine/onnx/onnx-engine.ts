/** Compiles steps: a step is traced once, lowered to ONNX and run by onnxruntime. Where its state stays, `step-state.ts` decides. */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Arrays, Engine, Signature, Step, StepOptions } from '../engine.ts';
import { sizeOf } from '../graph/graph.ts';
import type { OnnxGraph } from '../graph/onnx-operators.ts';
import { flopsOf } from '../kernels/flops.ts';
import type { KernelGraph } from '../kernels/registry.ts';
import { toOnnxGraph } from '../lower/compile.ts';
import { traceStep } from '../lower/trace-step.ts';
import { stepInput } from '../passes/repeat.ts';
import { splitInStages } from '../passes/split-in-stages.ts';
import { type OnnxDevice, onnxDevice } from './onnx-devices.ts';
import { encodeOnnx, nextName } from './onnx-file.ts';
import { openSession, tensor } from './session.ts';
import { allocate, hostState, numbersOf, type StepState, type Tensors } from './step-state.ts';

export function compiledEngine(device: OnnxDevice): Engine {
  return {
    name: 'onnx',
    device,
    prepare: (fn, signature, options) => compileStep(() => traceStep(fn, signature), signature, device, options),
  };
}

/** @param program makes the optimised program of a step with this signature; its time counts as capturing. */
export async function compileStep(
  program: () => KernelGraph,
  signature: Signature,
  device: OnnxDevice,
  { repeat = 1 }: StepOptions = {},
): Promise<Step> {
  const started = performance.now();
  const { convolutions, keepsState, mostPieces } = onnxDevice(device);
  const traced = program();
  const lowered = toOnnxGraph(traced, {
    repeat: { times: repeat, state: Object.keys(signature.state) },
    convolutions,
  });
  const onnx = mostPieces === undefined ? lowered : splitInStages(lowered, mostPieces);
  const captured = performance.now();
  const kept = keepsState ? Object.keys(signature.state).map(nextName) : [];
  const session = await openSession(encodeOnnx(onnx), device, kept);
  const compiled = performance.now();
  const timings = { capture: (captured - started) / 1e3, compile: (compiled - captured) / 1e3 };
  const values = [...onnx.outputs].filter(([name]) => name in signature.state);
  // Imported where it is used: it reaches into onnxruntime-node.
  const state = keepsState ? (await import('./device-state.ts')).deviceState(values, device) : hostState(values);
  return new CompiledStep(session, onnx, { signature, state, repeat, flops: flopsOf(traced), timings });
}

interface Parts {
  readonly signature: Signature;
  readonly state: StepState;
  readonly repeat: number;
  readonly flops: number;
  readonly timings: Step['timings'];
}

class CompiledStep implements Step {
  readonly timings: Step['timings'];
  readonly flops: number;
  readonly #session: InferenceSession;
  readonly #repeat: number;
  readonly #inputs: readonly { name: string; size: number; dims: readonly number[] }[];
  readonly #state: StepState;
  readonly #outputs: Tensors;

  constructor(session: InferenceSession, graph: OnnxGraph, { signature, state, repeat, flops, timings }: Parts) {
    this.#session = session;
    this.#repeat = repeat;
    this.timings = timings;
    this.flops = flops;
    this.#inputs = Object.entries(signature.inputs).map(([name, dims]) => ({ name, size: sizeOf(dims), dims }));
    this.#state = state;
    this.#outputs = allocate([...graph.outputs].filter(([name]) => !(name in signature.state)));
  }

  load(state: Arrays): void {
    this.#state.load(state);
  }

  state(): Arrays {
    return this.#state.read();
  }

  async run(inputs: Arrays): Promise<Arrays> {
    const feeds: Record<string, Tensor> = { ...this.#state.feeds() };
    for (const { name, size, dims } of this.#inputs) {
      const batches = inputs[name];
      if (batches?.length !== size * this.#repeat) {
        throw new Error(`internal: input ${name} has ${batches?.length} numbers, expected ${size * this.#repeat}`);
      }
      if (this.#repeat === 1) feeds[name] = tensor(batches, dims);
      else {
        for (let index = 0; index < this.#repeat; index++) {
          feeds[stepInput(name, index)] = tensor(batches.subarray(index * size, (index + 1) * size), dims);
        }
      }
    }
    const fetches = this.#state.fetches();
    const results = await (fetches
      ? this.#session.run(feeds, { ...fetches, ...this.#outputs })
      : this.#session.run(feeds));
    this.#state.advance(results);
    // With memory of ours given for them, outputs are in it.
    const outputs = fetches ? this.#outputs : pick(results, Object.keys(this.#outputs));
    return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, numbersOf(value)]));
  }

  async dispose(): Promise<void> {
    this.#state.dispose();
    await this.#session.release();
  }
}

const pick = (results: Tensors, names: readonly string[]): Tensors =>
  Object.fromEntries(Object.entries(results).filter(([name]) => names.includes(name)));
