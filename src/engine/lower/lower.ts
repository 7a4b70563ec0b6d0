/** From a program of tfjs kernels to one of ONNX operators: every kernel by its rule, every shape as the trace said. */
import { formatType, type Graph, type Value } from '../graph/graph.ts';
import { type ConvolutionForm, OnnxBuilder } from '../kernels/kernel.ts';
import { kernelNamed } from '../kernels/registry.ts';

export function lower(graph: Graph, convolutions?: ConvolutionForm): Graph {
  const onnx = new OnnxBuilder(convolutions);
  const lowered = new Map<Value, Value>();
  for (const [name, value] of graph.inputs) lowered.set(value, onnx.input(name, value));
  for (const [value, numbers] of graph.constants) lowered.set(value, onnx.constant(value, numbers));
  const use = (value: Value): Value => {
    const target = lowered.get(value);
    if (target === undefined) throw new Error(`internal: %${value.id} is used before it is defined`);
    return target;
  };
  for (const { op, inputs, attributes, outputs } of graph.nodes) {
    const emitted = kernelNamed(op).emit(onnx, inputs.map(use), attributes, outputs);
    outputs.forEach((output, index) => {
      const target = emitted[index];
      if (target === undefined || formatType(target) !== formatType(output)) {
        const got = target ? formatType(target) : 'nothing';
        throw new Error(`internal: ${op} was traced as ${formatType(output)} and lowered to ${got}`);
      }
      lowered.set(output, target);
    });
  }
  return onnx.finish([...graph.outputs].map(([name, value]) => [name, use(value)] as const));
}
