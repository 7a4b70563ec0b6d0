/**
 * `vmap` over programs that differ in the numbers of their constants: one program with a leading axis, a slice for each. What
 * is the same in all of them, constants and what is computed from these alone, gets no such axis.
 */

import { only } from '../../base/only.ts';
import { checkGraph } from '../graph/check.ts';
import { allNumbers, GraphBuilder, type Numbers, sameShape, type Value } from '../graph/graph.ts';
import { type KernelGraph, type KernelName, type KernelOps, kernelTypes } from '../kernels/registry.ts';
import { dropDeadCode } from '../passes/dead-code.ts';
import {
  type BatchBuilder,
  type BatchedNode,
  type BatchingRule,
  batchingRules,
  type Operand,
  type Unbatchable,
} from './batching-rules.ts';

/** The first kernel of a program that cannot be batched; undefined where all can. */
export const unbatchable = ({ nodes }: KernelGraph): KernelName | undefined =>
  nodes.find(({ op }) => 'reason' in batchingRules[op])?.op;

/** @param graphs of one structure (`structureOf`), all of whose kernels can be batched; inputs and outputs get the axis. */
export function vmapGraphs(graphs: readonly KernelGraph[]): KernelGraph {
  const first = only(graphs);
  const builder = new GraphBuilder<KernelOps>();
  const build = batchBuilder(builder, graphs.length);
  const values = new Map<Value, Operand>();
  const constants = new Map<string, Operand>();
  /** The same operand of every program: a value that all of them compute, or the constants that each has there. */
  const use = (pick: (graph: KernelGraph) => Value | undefined): Operand => {
    const all = graphs.map((graph) => pick(graph)).filter((value) => value !== undefined);
    const key = all.map(({ id }) => id).join();
    const known = values.get(only(all)) ?? constants.get(key) ?? constantOf(builder, graphs, all);
    if (first.constants.has(only(all))) constants.set(key, known);
    return known;
  };

  for (const [name, input] of first.inputs) {
    const value = builder.input(name, { shape: [graphs.length, ...input.shape], dtype: input.dtype });
    values.set(input, { value, batched: true });
  }
  first.nodes.forEach(({ op, inputs, outputs }, index) => {
    const operands = inputs.map((_, at) => use(({ nodes }) => nodes[index]?.inputs[at]));
    const attributes = graphs.map(({ nodes }) => nodes[index]?.attributes ?? {});
    const differ = attributes.some((own) => JSON.stringify(own) !== JSON.stringify(attributes[0]));
    const batched = differ || operands.some((operand) => operand.batched);
    const results = batched
      ? batch({ op, operands, attributes, outputs }, build)
      : build.node(
          op,
          operands.map(({ value }) => value),
          only(attributes),
        );
    outputs.forEach((output, at) => {
      const value = results[at];
      if (value === undefined) throw new Error(`internal: ${op} was batched without output ${at}`);
      values.set(output, { value, batched });
    });
  });
  const outputs = [...first.outputs.keys()].map((name) => {
    const { value, batched } = use((graph) => graph.outputs.get(name));
    const shape = [graphs.length, ...value.shape];
    return [name, batched ? value : only(build.node('BroadcastTo', [value], { shape }))] as const;
  });
  const vmapped = dropDeadCode(builder.finish(outputs));
  checkGraph(vmapped, `vmapped over ${graphs.length}`, kernelTypes);
  return vmapped;
}

function batch<K extends KernelName>(node: BatchedNode<K>, builder: BatchBuilder): readonly Value[] {
  const rule: BatchingRule<K> | Unbatchable = batchingRules[node.op];
  if ('reason' in rule) throw new Error(`internal: kernel ${node.op} cannot be batched: ${rule.reason}`);
  return rule(node, builder);
}

function batchBuilder(builder: GraphBuilder<KernelOps>, count: number): BatchBuilder {
  const node: BatchBuilder['node'] = (op, inputs, attributes) =>
    builder.node(op, inputs, attributes, kernelTypes(op, inputs, attributes));
  return {
    count,
    node,
    constant: (shape, numbers) => builder.constant({ shape, dtype: 'float32' }, numbers),
    reshaped(value, own) {
      const shape = [count, ...own];
      if (sameShape(value.shape, shape)) return value;
      const numbers = builder.numbersOf(value);
      if (numbers !== undefined) return builder.constant({ shape, dtype: value.dtype }, numbers);
      return only(node('Reshape', [value], { shape }));
    },
  };
}

/** One constant without the axis where all programs have the same numbers, else the numbers of each in its slice. */
function constantOf(
  builder: GraphBuilder<KernelOps>,
  graphs: readonly KernelGraph[],
  values: readonly Value[],
): Operand {
  const { shape, dtype } = only(values);
  const numbers = values.map((value, index) => graphs[index]?.constants.get(value) ?? []);
  const [first = []] = numbers;
  if (numbers.every((own) => sameNumbers(own, first))) {
    return { value: builder.constant({ shape, dtype }, first), batched: false };
  }
  const all = numbers.flatMap((own) => Array.from(allNumbers(own, shape)));
  return { value: builder.constant({ shape: [graphs.length, ...shape], dtype }, all), batched: true };
}

function sameNumbers(a: Numbers, b: Numbers): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  return a === b || (a.length === b.length && a.every((number, index) => number === b[index]));
}
