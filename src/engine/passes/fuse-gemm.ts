/**
 * Fuses MatMul + Add into Gemm: biases, and the gradients that autodiff sums, accumulate inside the product. onnxruntime then
 * fuses the activation by itself.
 */
import { type Node, sameShape, type Value } from '../graph/graph.ts';
import type { OnnxGraph, OnnxOps } from '../graph/onnx-operators.ts';
import { rewrite } from '../graph/rewrite.ts';
import { countUses } from '../graph/uses.ts';

type Product = Extract<Node<OnnxOps>, { readonly op: 'MatMul' | 'Gemm' }>;

export function fuseGemm(graph: OnnxGraph): OnnxGraph {
  const uses = countUses(graph);
  const products = new Map<Value, Product>();
  return rewrite(graph, (candidate, builder) => {
    const { op, inputs, outputs, source } = candidate;
    if (op === 'Add') {
      for (const [at, other] of [
        [0, 1],
        [1, 0],
      ] as const) {
        const [product, addend] = [inputs[at], inputs[other]];
        const sourceProduct = source.inputs[at];
        const node = product && products.get(product);
        if (!node || !addend || !sourceProduct || uses.get(sourceProduct) !== 1 || !accumulates(addend, product))
          continue;
        // The addend may be defined after the product: the fused node stands where the Add stood.
        return builder.node('Gemm', [...node.inputs, addend], node.attributes, outputs);
      }
      return undefined;
    }
    if ((op !== 'MatMul' && op !== 'Gemm') || inputs.length !== 2 || outputs[0]?.shape.length !== 2) return undefined;
    if (inputs.some(({ shape }) => shape.length !== 2)) return undefined;
    const values = builder.node(op, inputs, candidate.attributes, outputs);
    const [value] = values;
    if (value) products.set(value, candidate);
    return values;
  });
}

/** Gemm's third operand broadcasts to the product, never the other way round. */
function accumulates(addend: Value, product: Value): boolean {
  const [rows, columns] = product.shape;
  const [last = 1, before = 1, ...more] = addend.shape.toReversed();
  if (more.length > 0 || addend.dtype !== 'float32') return false;
  return (
    sameShape(addend.shape, product.shape) || ((last === columns || last === 1) && (before === rows || before === 1))
  );
}
