/** Compiles several programs as one step whose state, inputs and outputs have a leading axis, one slice a program. */
import type { Shapes } from '../capture/tracer.ts';
import type { Signature, Step, StepOptions } from '../engine.ts';
import type { KernelGraph } from '../kernels/registry.ts';
import type { OnnxDevice } from '../onnx/onnx-devices.ts';
import { vmapGraphs } from './vmap-graphs.ts';

/**
 * @param programs optimised, of one structure and one signature (`traceStep`, `structureOf`); of kernels that can be batched.
 * @param signature of each of them.
 */
export async function prepareVmapped(
  programs: readonly KernelGraph[],
  { state, inputs }: Signature,
  device: OnnxDevice,
  options?: StepOptions,
): Promise<Step> {
  const { compileStep } = await import('../onnx/onnx-engine.ts'); // loads onnxruntime
  const batched = (shapes: Shapes): Shapes =>
    Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, [programs.length, ...shape]]));
  return compileStep(() => vmapGraphs(programs), { state: batched(state), inputs: batched(inputs) }, device, options);
}
