/**
 * Traces a tfjs function: a tfjs backend whose kernels apply their type rule and append a node to a graph. No number is
 * computed, so a traced function that reads the value of a tensor ends with an error that says so.
 */
import * as tf from '@tensorflow/tfjs-core';
import '../tfjs-parts.ts';
import { type DType, GraphBuilder, type Shape, type Value } from '../graph/graph.ts';
import { type KernelGraph, type KernelName, type KernelOps, kernelNamed, kernels } from '../kernels/registry.ts';

export type Tensors = Readonly<Record<string, tf.Tensor>>;
export type Shapes = Readonly<Record<string, Shape>>;
/** A pure function over named float32 tensors, written in tfjs. */
export type TensorFunction = (inputs: Tensors) => Tensors;

const backendName = 'modebench-trace';

class TraceBackend extends tf.KernelBackend {
  /** The program that is being recorded. */
  graph = new GraphBuilder<KernelOps>();
  #values = new WeakMap<object, Value>();

  /** Forgets the tensors of earlier programs: to the next one they are made outside. */
  begin(): void {
    this.graph = new GraphBuilder<KernelOps>();
    this.#values = new WeakMap();
  }

  /** The value that stands behind a tensor of this backend. */
  recorded(tensor: tf.TensorInfo, user: string): Value {
    const value = this.#values.get(tensor.dataId);
    if (value === undefined) {
      throw new Error(`${user}: a tensor of shape [${tensor.shape}] was made outside of the traced function`);
    }
    return value;
  }

  /** A fresh data id for every value: two values never share one, as kernels such as Reshape do on other backends. */
  tensorOf(value: Value): tf.TensorInfo {
    const dataId = {};
    this.#values.set(dataId, value);
    // tfjs has no int64; the tracer makes no such value.
    return { dataId, shape: [...value.shape], dtype: value.dtype as Exclude<DType, 'int64'> };
  }

  /** A tensor that the traced function makes from numbers is a constant of the program. */
  override write(values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): object {
    const dataId = {};
    this.move(dataId, values, shape, dtype);
    return dataId;
  }

  override move(dataId: object, values: tf.backend_util.BackendValues, shape: number[], dtype: tf.DataType): void {
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
      throw new Error(`a traced function cannot hold a ${dtype} tensor (shape [${shape}])`);
    }
    const numbers = Float32Array.from(values as ArrayLike<number>);
    const [first] = numbers;
    const uniform = first !== undefined && numbers.every((number) => number === first);
    this.#values.set(dataId, this.graph.constant({ shape, dtype }, uniform ? first : numbers));
  }

  override readSync(): never {
    throw new Error(
      'a traced function reads the value of a tensor (dataSync, arraySync, print): its numbers are not known while tracing',
    );
  }
  override read(): never {
    return this.readSync();
  }
  override numDataIds(): number {
    return 0; // tfjs counts ids to find leaks; the graph owns what is recorded
  }
  override disposeData(): boolean {
    return true;
  }
  override refCount(): number {
    return 1;
  }
  override incRef(): void {}
  decRef(): void {}
  override floatPrecision(): 32 {
    return 32;
  }
  override epsilon(): number {
    return 1e-7;
  }
  override timerAvailable(): boolean {
    return false;
  }
  override dispose(): void {}
}

let registered = false;

/** Registers the backend once, with a rule or a clear error for every kernel that tfjs knows. */
function register(): void {
  if (registered) return;
  registered = true;
  tf.registerBackend(backendName, () => new TraceBackend(), 0);
  const known = tf.getKernelsForBackend('cpu').map(({ kernelName }) => kernelName);
  for (const name of new Set([...known, ...Object.keys(kernels)])) {
    tf.registerKernel({ kernelName: name, backendName, kernelFunc: (call) => recordKernel(kernelNamed(name), call) });
  }
}

type KernelCall = Parameters<tf.KernelConfig['kernelFunc']>[0];

function recordKernel<K extends KernelName>(
  name: K,
  { inputs, attrs, backend }: KernelCall,
): tf.TensorInfo | tf.TensorInfo[] {
  const trace = backend as TraceBackend; // registered for this backend alone
  const kernel = kernels[name];
  const tensors = inputs as Readonly<Record<string, tf.TensorInfo | undefined>>;
  const operands = (kernel.operands ?? Object.keys(tensors)).map((operand) => {
    const tensor = tensors[operand];
    if (tensor === undefined)
      throw new Error(`kernel ${name} can be compiled with all of its operands alone: give it ${operand} too`);
    return trace.recorded(tensor, name);
  });
  // Untyped here; tfjs calls a kernel with attributes of its own type for that kernel, of which `KernelOps` is made.
  const attributes = { ...attrs } as KernelOps[K];
  const outputs = trace.graph.node(name, operands, attributes, kernel.types(operands, attributes));
  const infos = outputs.map((value) => trace.tensorOf(value));
  return kernel.manyOutputs ? infos : (infos[0] as tf.TensorInfo);
}

/**
 * The program that `fn` runs on float32 inputs of these shapes.
 *
 * @throws where `fn` uses a kernel without a rule (named), reads a value, or uses tensors made outside of it.
 */
export function trace(fn: TensorFunction, shapes: Shapes): KernelGraph {
  register();
  // tfjs has no backend before its first use, and would go on with this one.
  const before = tf.getBackend() || 'cpu';
  // Backends made by a synchronous factory are set when the call returns.
  void tf.setBackend(backendName);
  const backend = tf.backend() as TraceBackend;
  backend.begin();
  try {
    let graph: KernelGraph | undefined;
    tf.tidy(() => {
      const inputs = Object.fromEntries(
        Object.entries(shapes).map(([name, shape]) => {
          const info = backend.tensorOf(backend.graph.input(name, { shape, dtype: 'float32' }));
          return [name, tf.engine().makeTensorFromTensorInfo(info)];
        }),
      );
      const outputs = Object.entries(fn(inputs)).map(
        ([name, tensor]) => [name, backend.recorded(tensor, `output ${name}`)] as const,
      );
      graph = backend.graph.finish(outputs);
    });
    if (graph === undefined) throw new Error('internal: tracing ended without a graph');
    return graph;
  } finally {
    void tf.setBackend(before);
  }
}
