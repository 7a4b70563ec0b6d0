/** Traces a training step and optimises its program: what every compiled engine starts from. */
import { type TensorFunction, trace } from '../capture/tracer.ts';
import type { Signature } from '../engine.ts';
import { formatType } from '../graph/graph.ts';
import type { KernelGraph } from '../kernels/registry.ts';
import { optimise } from './compile.ts';

/** The optimised program of a step, checked to return the state that it takes. */
export function traceStep(fn: TensorFunction, { state, inputs }: Signature): KernelGraph {
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
