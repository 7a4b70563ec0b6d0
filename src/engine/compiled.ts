/**
 * The compiled engine: a step is traced once, lowered to ONNX, and run by onnxruntime. State stays in two sets of arrays
 * that take turns as a run's input and output, so that a step allocates nothing on this side.
 */
import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { optimise, toOnnxGraph } from './compile.ts';
import type { Arrays, Engine, Signature, Step, StepOptions } from './engine.ts';
import { formatType, type Graph, sizeOf, type Value } from './graph.ts';
import { encodeOnnx, nextName } from './onnx-file.ts';
import { stepInput } from './repeat.ts';
import { type OnnxDevice, openSession, tensor } from './session.ts';
import { type TensorFunction, trace } from './tracer.ts';

export function compiledEngine(device: OnnxDevice): Engine {
  return {
    name: 'onnx',
    device,
    async prepare(fn, signature, { repeat = 1 }: StepOptions = {}) {
      const started = performance.now();
      const traced = traceStep(fn, signature);
      const onnx = toOnnxGraph(traced, {
        repeat: { times: repeat, state: Object.keys(signature.state) },
        convolutions: device === 'cpu' ? 'products' : 'operators',
      });
      const captured = performance.now();
      const session = await openSession(encodeOnnx(onnx), device);
      const compiled = performance.now();
      const timings = { capture: (captured - started) / 1e3, compile: (compiled - captured) / 1e3 };
      return new CompiledStep(session, onnx, signature, repeat, timings);
    },
  };
}

/** The optimised program of a step, checked to return the state that it takes. */
export function traceStep(fn: TensorFunction, { state, inputs }: Signature): Graph {
  const graph = optimise(trace(fn, { ...state, ...inputs }));
  for (const name of Object.keys(state)) {
    const [before, after] = [graph.inputs.get(name), graph.outputs.get(name)];
    if (!before || !after || formatType(before) !== formatType(after)) {
      throw new Error(
        `a step must return its state: ${name} is ${before && formatType(before)}, returned ${after ? formatType(after) : 'nothing'}`,
      );
    }
  }
  return graph;
}

type Feeds = Record<string, Tensor>;

class CompiledStep implements Step {
  readonly timings: Step['timings'];
  readonly #session: InferenceSession;
  readonly #repeat: number;
  readonly #inputs: readonly { name: string; size: number; dims: readonly number[] }[];
  /** State as it goes in and as it comes out; the two change places after every run. */
  #current: Feeds;
  #next: Feeds;
  readonly #outputs: Feeds;

  constructor(session: InferenceSession, graph: Graph, signature: Signature, repeat: number, timings: Step['timings']) {
    this.#session = session;
    this.#repeat = repeat;
    this.timings = timings;
    this.#inputs = Object.entries(signature.inputs).map(([name, dims]) => ({ name, size: sizeOf(dims), dims }));
    const isState = (name: string) => name in signature.state;
    const state = [...graph.outputs].filter(([name]) => isState(name));
    this.#current = allocate(state);
    this.#next = allocate(state);
    this.#outputs = allocate([...graph.outputs].filter(([name]) => !isState(name)));
  }

  load(state: Arrays): void {
    for (const [name, target] of Object.entries(this.#current)) {
      const source = state[name];
      if (source === undefined) throw new Error(`internal: the state that is loaded lacks ${name}`);
      data(target).set(source);
    }
  }

  state(): Arrays {
    return Object.fromEntries(Object.entries(this.#current).map(([name, value]) => [name, data(value).slice()]));
  }

  async run(inputs: Arrays): Promise<Arrays> {
    const feeds: Feeds = { ...this.#current };
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
    await this.#session.run(feeds, { ...renamed(this.#next), ...this.#outputs });
    [this.#current, this.#next] = [this.#next, this.#current];
    return Object.fromEntries(Object.entries(this.#outputs).map(([name, value]) => [name, data(value)]));
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

const renamed = (state: Feeds): Feeds =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [nextName(name), value]));

const allocate = (values: readonly (readonly [string, Value])[]): Feeds =>
  Object.fromEntries(values.map(([name, { shape }]) => [name, tensor(new Float32Array(sizeOf(shape)), shape)]));

/** Every tensor here is float32 and lies in memory of ours. */
const data = (value: Tensor): Float32Array => value.data as Float32Array;
