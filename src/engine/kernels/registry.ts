/** Lists every tfjs kernel that can be compiled. One that is missing goes into the file of its family, and so here. */
import type { Graph, TensorType, Value } from '../graph/graph.ts';
import { convolution } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import type { Kernel } from './kernel.ts';
import { matmul } from './matmul.ts';
import { reductions } from './reduction.ts';
import { shaping } from './shaping.ts';

const table = { ...elementwise, ...matmul, ...reductions, ...shaping, ...convolution };

export type KernelName = keyof typeof table;
/** The attributes of every kernel, by its name. */
export type KernelOps = {
  readonly [K in KernelName]: (typeof table)[K] extends Kernel<infer KernelAttributes> ? KernelAttributes : never;
};
export type KernelGraph = Graph<KernelOps>;

export const kernels: { readonly [K in KernelName]: Kernel<KernelOps[K]> } = table;

/** @throws where the kernel has no rule, with a message that says what runs it, and where to add one. */
export function kernelNamed(name: string): KernelName {
  if (!isKernel(name)) {
    throw new Error(
      `kernel ${name} cannot be compiled: --engine tfjs runs it; for the others, give it a rule in src/engine/kernels and list it in registry.ts`,
    );
  }
  return name;
}

const isKernel = (name: string): name is KernelName => Object.hasOwn(kernels, name);

export const kernelTypes = <K extends KernelName>(
  op: K,
  inputs: readonly Value[],
  attributes: KernelOps[K],
): readonly TensorType[] => kernels[op].types(inputs, attributes);
