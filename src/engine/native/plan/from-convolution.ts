/** From convolutions and their gradients to tensors: what they read is padded once, filters are turned once. */
import { type Attribute, type Node, sameShape, type Value } from '../../graph/graph.ts';
import type { KernelOps } from '../../kernels/registry.ts';
import type { Padded } from './padded.ts';
import { refuse } from './refuse.ts';
import type { Tensor, TensorMaker } from './tensors.ts';
import { isThin, thinGradient } from './thin-gradient.ts';
import { byFilter, byInput, forward, type Pads, padsOfGradient, padsOfWindows, type Sizes } from './windows.ts';

const kernels = ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter'] as const;
export type ConvolutionNode = Extract<Node<KernelOps>, { readonly op: (typeof kernels)[number] }>;

export const isConvolution = (node: Node<KernelOps>): node is ConvolutionNode =>
  kernels.some((kernel) => kernel === node.op);

/** Sizes of x, y and the filter, whichever of them are the node's operands. */
function sizesOf({ op, inputs, outputs, attributes }: ConvolutionNode): Sizes {
  const [first = [], second = [], result = []] = [...inputs, ...outputs].map(({ shape }) => shape);
  const { strides, pad, dataFormat, dilations = 1 }: Readonly<Record<string, Attribute>> = attributes;
  if (dataFormat !== 'NHWC') refuse(`${op} with dataFormat ${dataFormat}`);
  if ([dilations].flat().some((dilation) => dilation !== 1)) refuse(`${op} with dilations [${[dilations].flat()}]`);
  const [x, filter, y] =
    op === 'Conv2D'
      ? [first, second, result]
      : op === 'Conv2DBackpropInput'
        ? [result, second, first]
        : [first, result, second];
  const [down = 1, along = down] = [strides].flat().map(Number);
  const sizes = { x, y, filter, strides: [down, along] as const };
  return { ...sizes, before: [before(sizes, 0, pad), before(sizes, 1, pad)] };
}

/** Zeros before the first row (0) or column (1), as tfjs lays them out: `same` puts the odd one behind. */
function before({ x, y, filter, strides }: Omit<Sizes, 'before'>, side: 0 | 1, pad: Attribute): number {
  if (pad === 'valid') return 0;
  if (typeof pad === 'number') return pad;
  if (Array.isArray(pad)) return Number([pad[side + 1]].flat()[0]);
  const covered = ((y[side + 1] ?? 1) - 1) * (strides[side] ?? 1) + (filter[side] ?? 1);
  return Math.floor(Math.max(0, covered - (x[side + 1] ?? 1)) / 2);
}

const most = (a: Pads | undefined, b: Pads): Pads =>
  b.map((zeros, at) => Math.max(zeros, a?.[at] ?? 0)) as unknown as Pads; // as many as b has

/** The zeros that a program's convolutions reach around what they read; none around what is not in the list. */
export function padsOf(nodes: readonly Node<KernelOps>[]): ReadonlyMap<Value, Pads> {
  const pads = new Map<Value, Pads>();
  for (const node of nodes) {
    const [read] = node.inputs;
    if (!read || !isConvolution(node)) continue;
    const sizes = sizesOf(node);
    const isGradient = node.op === 'Conv2DBackpropInput';
    if (isGradient && isThin(sizes)) continue;
    const needed = isGradient ? padsOfGradient(sizes) : padsOfWindows(sizes);
    if (needed.some((zeros) => zeros > 0)) pads.set(read, most(pads.get(read), needed));
  }
  return pads;
}

/** @param read the first operand with the zeros that `padsOf` says. @param second the other operand. */
export function convolution(node: ConvolutionNode, { whole, pads }: Padded, second: Tensor, make: TensorMaker): Tensor {
  const sizes = sizesOf(node);
  const shape = node.outputs[0]?.shape ?? [];
  if (node.op === 'Conv2DBackpropInput') {
    if (isThin(sizes)) return thinGradient(sizes, { whole, pads }, second, make);
    const turned = make.view(
      second,
      [0, 1, 3, 2].map((axis) => second.shape[axis] ?? 1),
      {
        kind: 'transpose',
        axes: [0, 1, 3, 2],
      },
    );
    return make.make(shape, { kind: 'convolution', a: whole, b: make.inOrder(turned), windows: byInput(sizes, pads) });
  }
  const windows = (node.op === 'Conv2D' ? forward : byFilter)(sizes, pads);
  if (!sameShape(shape, windows.parts[0]?.sizes ?? [])) throw new Error(`internal: ${node.op} is planned wrong`);
  return make.make(shape, { kind: 'convolution', a: whole, b: make.inOrder(second), windows });
}
