/**
 * Keeps the state of a compiled step between runs in two sets of arrays that take turns as a run's input and output, so that
 * a step allocates nothing. `device-state.ts` keeps it in a device's memory instead.
 */
import type { Tensor } from 'onnxruntime-node';
import { arrayNamed } from '../arrays.ts';
import type { Arrays } from '../engine.ts';
import { sizeOf, type Value } from '../graph/graph.ts';
import { nextName } from './onnx-file.ts';
import { tensor } from './session.ts';

export type Tensors = Readonly<Record<string, Tensor>>;

export interface StepState {
  /** Replaces all of it; arrays are copied. */
  load(state: Arrays): void;
  /** A copy. */
  read(): Arrays;
  /** What a run takes. */
  feeds(): Tensors;
  /** Memory for what a run yields, by the names of its outputs; absent where the runtime finds its own. */
  fetches(): Tensors | undefined;
  /** Goes on to what a run has yielded. */
  advance(results: Tensors): void;
  dispose(): void;
}

export type Named = readonly (readonly [name: string, value: Value])[];

export function hostState(values: Named): StepState {
  let [current, next] = [allocate(values), allocate(values)];
  return {
    load: (state) => {
      for (const [name, target] of Object.entries(current)) numbersOf(target).set(arrayNamed(state, name));
    },
    read: () => copied(current),
    feeds: () => current,
    fetches: () => Object.fromEntries(Object.entries(next).map(([name, value]) => [nextName(name), value])),
    advance: () => {
      [current, next] = [next, current];
    },
    dispose: () => {},
  };
}

export const allocate = (values: Named): Tensors =>
  Object.fromEntries(values.map(([name, { shape }]) => [name, tensor(new Float32Array(sizeOf(shape)), shape)]));

export const copied = (tensors: Tensors): Arrays =>
  Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, numbersOf(value).slice()]));

/** Every tensor of a step is float32. Not for one that lies on a device. */
export const numbersOf = (value: Tensor): Float32Array => value.data as Float32Array;
