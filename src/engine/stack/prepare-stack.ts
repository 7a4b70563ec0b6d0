/** A stack of steps, compiled: one step whose state, inputs and outputs have a leading axis, a place for each program. */
import { compileStep } from '../compiled.ts';
import type { OnnxDevice } from '../devices.ts';
import type { Signature, Step, StepOptions } from '../engine.ts';
import type { Graph } from '../graph.ts';
import type { Shapes } from '../tracer.ts';
import { stackGraphs } from './stack-graphs.ts';

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
