/** Runs the phases from a traced program to one of ONNX operators: simplify → share → drop → repeat → lower → fuse. */
import { checkGraph, type InferTypes } from '../graph/check.ts';
import type { Graph, Operators } from '../graph/graph.ts';
import type { OnnxGraph, OnnxOps } from '../graph/onnx-operators.ts';
import type { ConvolutionForm } from '../kernels/onnx-builder.ts';
import { type KernelGraph, type KernelOps, kernelTypes } from '../kernels/registry.ts';
import { cancelTransposes } from '../passes/cancel-transposes.ts';
import { shareCommonSubexpressions } from '../passes/common-subexpressions.ts';
import { dropDeadCode } from '../passes/dead-code.ts';
import { fuseGemm } from '../passes/fuse-gemm.ts';
import { repeat } from '../passes/repeat.ts';
import { simplify } from '../passes/simplify.ts';
import { lower } from './lower.ts';

type Pass<Ops extends Operators> = readonly [name: string, run: (graph: Graph<Ops>) => Graph<Ops>];

/** On tfjs kernels. Simplified twice: sharing shows neutral elements that were hidden behind copies. */
const kernelPasses: readonly Pass<KernelOps>[] = [
  ['simplify', simplify],
  ['share', shareCommonSubexpressions],
  ['simplify again', simplify],
  ['share again', shareCommonSubexpressions],
  ['drop', dropDeadCode],
];

/** On ONNX operators: a kernel's lowering may repeat what another one's emits. */
const onnxPasses: readonly Pass<OnnxOps>[] = [
  ['share lowered', shareCommonSubexpressions],
  ['cancel transposes', cancelTransposes],
  ['share transposed', shareCommonSubexpressions],
  ['drop lowered', dropDeadCode],
  ['fuse products', fuseGemm],
  ['drop fused', dropDeadCode],
];

/** The traced program after algebra, still in tfjs kernels: what a person reads, and tests compare. */
export function optimise(graph: KernelGraph): KernelGraph {
  checkGraph(graph, 'as traced', kernelTypes);
  return runPasses(graph, kernelPasses, kernelTypes);
}

export interface OnnxOptions {
  /** Steps in a row, the named state carried through from each to the next; once, unless said. */
  readonly repeat?: { readonly times: number; readonly state: readonly string[] };
  /** ONNX's own operators unless said: they are what other programs expect. */
  readonly convolutions?: ConvolutionForm;
}

/** An optimised program as ONNX operators. */
export function toOnnxGraph(graph: KernelGraph, { repeat: again, convolutions }: OnnxOptions = {}): OnnxGraph {
  const repeated =
    again === undefined || again.times === 1
      ? graph
      : runPasses(repeat(graph, again.times, again.state), kernelPasses.slice(-2), kernelTypes);
  return runPasses(lower(repeated, convolutions), onnxPasses);
}

function runPasses<Ops extends Operators>(
  graph: Graph<Ops>,
  passes: readonly Pass<Ops>[],
  infer?: InferTypes<Ops>,
): Graph<Ops> {
  return passes.reduce((current, [name, run]) => {
    const next = run(current);
    checkGraph(next, `after pass "${name}"`, infer);
    return next;
  }, graph);
}
