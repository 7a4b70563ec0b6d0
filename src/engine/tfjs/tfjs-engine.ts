/** Runs steps in tfjs itself, kernel by kernel, on any tfjs backend: the reference of the compiled engine. */
import * as tf from '@tensorflow/tfjs-core';
import '../tfjs-parts.ts';
import { arrayNamed, copyArrays } from '../arrays.ts';
import type { TensorFunction } from '../capture/tracer.ts';
import type { Arrays, Engine, Signature, Step, StepOptions } from '../engine.ts';
import { sizeOf } from '../graph/graph.ts';
import { type TfjsDeviceCard, tfjsDevice } from './tfjs-devices.ts';

/**
 * @param name of one of `tfjsDevices`.
 * @throws where its backend is not there or does not work, and where TensorFlow would compute elsewhere than the name says.
 */
export async function eagerEngine(name: string): Promise<Engine> {
  const device = tfjsDevice(name);
  const { backend } = device;
  await device.load();
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs has no working backend ${backend}`);
  await tf.ready();
  if (device.wantsGpu !== undefined) checkGpu(device);
  return {
    name: 'tfjs',
    device: name,
    prepare: async (fn, signature, { repeat = 1 }: StepOptions = {}) => new EagerStep(backend, fn, signature, repeat),
  };
}

/** Where it finds no GPU the library computes on the processor, in silence. */
function checkGpu({ name, wantsGpu }: TfjsDeviceCard): void {
  // tfjs's type of a backend lacks what this one adds.
  const { isUsingGpuDevice } = tf.backend() as { readonly isUsingGpuDevice?: boolean };
  if (wantsGpu && !isUsingGpuDevice) {
    throw new Error('TensorFlow sees no GPU; its library on the processor is the device node-cpu');
  }
  if (!wantsGpu && isUsingGpuDevice) throw new Error(`internal: TensorFlow had been loaded with its GPU (${name})`);
}

class EagerStep implements Step {
  readonly timings = { capture: 0, compile: 0 };
  readonly #backend: string;
  readonly #fn: TensorFunction;
  readonly #signature: Signature;
  readonly #repeat: number;
  #state: Record<string, Float32Array>;

  constructor(backend: string, fn: TensorFunction, signature: Signature, repeat: number) {
    this.#backend = backend;
    this.#fn = fn;
    this.#signature = signature;
    this.#repeat = repeat;
    this.#state = Object.fromEntries(
      Object.entries(signature.state).map(([name, shape]) => [name, new Float32Array(sizeOf(shape))]),
    );
  }

  load(state: Arrays): void {
    for (const name of Object.keys(this.#state)) this.#state[name] = arrayNamed(state, name).slice();
  }

  state(): Arrays {
    return copyArrays(this.#state);
  }

  async run(inputs: Arrays): Promise<Arrays> {
    await tf.setBackend(this.#backend);
    let outputs: Arrays = {};
    for (let index = 0; index < this.#repeat; index++) outputs = this.#step(inputs, index);
    return outputs;
  }

  #step(inputs: Arrays, index: number): Arrays {
    const results = tf.tidy(() => {
      const feed = (arrays: Arrays, shapes: Signature['inputs'], at: number) =>
        Object.entries(shapes).map(([name, shape]) => {
          const size = sizeOf(shape);
          const array = arrays[name]?.subarray(at * size, (at + 1) * size);
          if (array?.length !== size) throw new Error(`internal: input ${name} has too few numbers`);
          return [name, tf.tensor(array, [...shape], 'float32')] as const;
        });
      const { state, inputs: shapes } = this.#signature;
      return this.#fn(
        Object.fromEntries([...feed(this.#state, state, 0), ...feed(inputs, shapes, index)]),
      ) as tf.NamedTensorMap;
    });
    const outputs: Record<string, Float32Array> = {};
    for (const [name, result] of Object.entries(results)) {
      const target = name in this.#state ? this.#state : outputs;
      // The step's own tensors are float32; a copy, since some backends hand out their own memory.
      target[name] = Float32Array.from(result.dataSync());
      result.dispose();
    }
    return outputs;
  }

  async dispose(): Promise<void> {}
}
