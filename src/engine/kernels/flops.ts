/**
 * Counts the floating-point operations of a program: those of its matrix products, convolutions and their gradients, a
 * multiplication and an addition one each. Everything else is left out, as is usual for networks.
 */
import { type Shape, sizeOf } from '../graph/graph.ts';
import type { KernelGraph } from './registry.ts';

/** FLOP of one run of the program. */
export const flopsOf = ({ nodes }: KernelGraph): number => nodes.reduce((total, node) => total + flops(node), 0);

function flops(node: KernelGraph['nodes'][number]): number {
  const [first, second] = node.inputs.map(({ shape }) => shape);
  const result = node.outputs[0]?.shape;
  if (first === undefined || second === undefined || result === undefined) return 0;
  switch (node.op) {
    case 'BatchMatMul':
      return 2 * sizeOf(result) * (first.at(node.attributes.transposeA ? -2 : -1) ?? 1);
    case 'Conv2D':
      return convolution(result, second);
    case 'Conv2DBackpropInput':
      return convolution(first, second);
    case 'Conv2DBackpropFilter':
      return convolution(second, node.attributes.filterShape);
    default:
      return 0;
  }
}

/** Of a convolution with this result and filter `[height, width, channels in, channels out]`; its gradients take as many. */
const convolution = (result: Shape, filter: Shape): number => 2 * sizeOf(result) * sizeOf(filter.slice(0, 3));
