/**
 * Keeps a step's state in the device's memory from run to run, and reads it only when it is asked for. Of onnxruntime-node's
 * providers WebGPU's alone hands out such tensors; it has no call that reads one, so a program of copies does.
 */
import type { Tensor } from 'onnxruntime-node';
// The synchronous session inside onnxruntime-node's own, so that `Step.state` need not be asynchronous.
import { type Binding, binding, initOrt } from 'onnxruntime-node/dist/binding.js';
import { arrayNamed } from '../arrays.ts';
import { GraphBuilder } from '../graph/graph.ts';
import type { OnnxOps } from '../graph/onnx-operators.ts';
import type { OnnxDevice } from './onnx-devices.ts';
import { encodeOnnx, nextName } from './onnx-file.ts';
import { sessionOptions, tensor } from './session.ts';
import { allocate, copied, type Named, type StepState, type Tensors } from './step-state.ts';

export function deviceState(values: Named, device: OnnxDevice): StepState {
  let current = allocate(values);
  let reader: Binding.InferenceSession | undefined;
  const release = (tensors: Tensors) => {
    for (const value of Object.values(tensors)) if (isOnDevice(value)) value.dispose();
  };

  return {
    load: (state) => {
      release(current);
      current = Object.fromEntries(
        values.map(([name, { shape }]) => [name, tensor(arrayNamed(state, name).slice(), shape)]),
      );
    },
    read: () => {
      if (!Object.values(current).some(isOnDevice)) return copied(current);
      reader ??= openReader(values, device);
      const fetches = Object.fromEntries(values.map(([name]) => [nextName(name), null]));
      const copies = reader.run(current, fetches, {});
      return copied(Object.fromEntries(values.map(([name]) => [name, copies[nextName(name)] as Tensor]))); // as fetched
    },
    feeds: () => current,
    fetches: () => undefined,
    advance: (results) => {
      release(current);
      current = Object.fromEntries(
        values.map(([name]) => {
          const value = results[nextName(name)];
          if (value === undefined) throw new Error(`internal: the step returned no ${name}`);
          return [name, value];
        }),
      );
    },
    dispose: () => {
      release(current);
      reader?.dispose();
    },
  };
}

const isOnDevice = ({ location }: Tensor): boolean => location === 'gpu-buffer';

/** Every value as it is, from the device to here. */
function openReader(values: Named, device: OnnxDevice): Binding.InferenceSession {
  const graph = new GraphBuilder<OnnxOps>();
  const inputs = values.map(([name, type]) => [name, graph.input(name, type)] as const);
  // An output that is an input of its name is written as a copy.
  const model = encodeOnnx(graph.finish(inputs));
  initOrt();
  const session = new binding.InferenceSession();
  // ArrayBuffer: what protobuf encodes into is one.
  session.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, sessionOptions(device));
  return session;
}
