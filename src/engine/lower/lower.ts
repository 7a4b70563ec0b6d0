/** Lowers a program of tfjs kernels to ONNX operators: every kernel by its rule, every type as the trace said. */
import { formatType, type NodeOf, type Value } from '../graph/graph.ts';
import type { OnnxGraph } from '../graph/onnx-operators.ts';
import { ValueMap } from '../graph/rewrite.ts';
import { type ConvolutionForm, OnnxBuilder } from '../kernels/onnx-builder.ts';
import { type KernelGraph, type KernelName, type KernelOps, kernels } from '../kernels/registry.ts';

export function lower(graph: KernelGraph, convolutions?: ConvolutionForm): OnnxGraph {
  const onnx = new OnnxBuilder(convolutions);
  const lowered = new ValueMap();
  for (const [name, value] of graph.inputs) lowered.set(value, onnx.input(name, value));
  for (const [value, numbers] of graph.constants) lowered.set(value, onnx.constant(value, numbers));
  for (const node of graph.nodes) {
    const emitted = emit(onnx, node, lowered);
    node.outputs.forEach((output, index) => {
      const target = emitted[index];
      if (target === undefined || formatType(target) !== formatType(output)) {
        const got = target ? formatType(target) : 'nothing';
        throw new Error(`internal: ${node.op} was traced as ${formatType(output)} and lowered to ${got}`);
      }
      lowered.set(output, target);
    });
  }
  return onnx.finish([...graph.outputs].map(([name, value]) => [name, lowered.get(value)] as const));
}

function emit<K extends KernelName>(
  onnx: OnnxBuilder,
  { op, inputs, attributes, outputs }: NodeOf<KernelOps, K>,
  lowered: ValueMap,
): readonly Value[] {
  const operands = inputs.map((input) => lowered.get(input));
  return kernels[op].emit(onnx, operands, attributes, outputs);
}
