/** A stack of steps, compiled: one step whose state, inputs and outputs have a leading axis, a place for each program. */

import type { Shapes } from '../capture/tracer.ts';
import type { OnnxDevice } from '../devices/devices.ts';
import type { Signature, Step, StepOptions } from '../engine.ts';
import type { Graph } from '../graph/graph.ts';
import { compileStep } from '../onnx/onnx-engine.ts';
import { stackGraphs } from './vmap-graphs.ts';

/**
 * @param programs optimised, of one structure and one signature (`traceStep`, `structureOf`); of kernels with a rule.
 * @param signature of each of them.
 */
export function prepareStack(
  programs: readonly Graph[],
  { state, inputs }: Signature,
  device: OnnxDevice,
  options?: StepOptions,
): Promise<Step> {
  const stacked = (shapes: Shapes): Shapes =>
    Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, [programs.length, ...shape]]));
  return compileStep(() => stackGraphs(programs), { state: stacked(state), inputs: stacked(inputs) }, device, options);
}
