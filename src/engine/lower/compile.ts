/** The phases from a tfjs function to an ONNX program: trace → simplify → share → drop → repeat → lower → fuse → ONNX. */
import { checkGraph } from '../graph/check.ts';
import type { Graph } from '../graph/graph.ts';
import type { ConvolutionForm } from '../kernels/kernel.ts';
import { kernelTypes } from '../kernels/registry.ts';
import { cancelTransposes } from '../passes/cancel-transposes.ts';
import { shareCommonSubexpressions } from '../passes/common-subexpressions.ts';
import { dropDeadCode } from '../passes/dead-code.ts';
import { fuseGemm } from '../passes/fuse-gemm.ts';
import { repeat } from '../passes/repeat.ts';
import { simplify } from '../passes/simplify.ts';
import { lower } from './lower.ts';

type Pass = readonly [name: string, run: (graph: Graph) => Graph];

/** On tfjs kernels. Simplifying twice: sharing shows neutral elements that were hidden behind copies. */
const kernelPasses: readonly Pass[] = [
  ['simplify', simplify],
  ['share', shareCommonSubexpressions],
  ['simplify again', simplify],
  ['share again', shareCommonSubexpressions],
  ['drop', dropDeadCode],
];

/** On ONNX operators: a kernel's lowering may repeat what another one's emits. */
const onnxPasses: readonly Pass[] = [
  ['share lowered', shareCommonSubexpressions],
  ['cancel transposes', cancelTransposes],
  ['share transposed', shareCommonSubexpressions],
  ['drop lowered', dropDeadCode],
  ['fuse products', fuseGemm],
  ['drop fused', dropDeadCode],
];

/** The traced program after algebra, still in tfjs kernels: what a person reads, and tests compare. */
export function optimise(graph: Graph): Graph {
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
export function toOnnxGraph(graph: Graph, { repeat: again, convolutions }: OnnxOptions = {}): Graph {
  const repeated =
    again === undefined || again.times === 1
      ? graph
      : runPasses(repeat(graph, again.times, again.state), kernelPasses.slice(-2), kernelTypes);
  return runPasses(lower(repeated, convolutions), onnxPasses);
}

function runPasses(graph: Graph, passes: readonly Pass[], infer?: typeof kernelTypes): Graph {
  return passes.reduce((current, [name, run]) => {
    const next = run(current);
    checkGraph(next, `after pass "${name}"`, infer);
    return next;
  }, graph);
}
