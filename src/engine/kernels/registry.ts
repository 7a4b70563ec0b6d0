/** Every tfjs kernel that can be compiled. One that is missing goes into the file of its family, and so here. */
import type { Attributes, TensorType, Value } from '../graph/graph.ts';
import { convolution } from './convolution.ts';
import { elementwise } from './elementwise.ts';
import type { Kernel } from './kernel.ts';
import { matmul } from './matmul.ts';
import { reductions } from './reduction.ts';
import { shaping } from './shaping.ts';

export const kernels: Readonly<Record<string, Kernel>> = {
  ...elementwise,
  ...matmul,
  ...reductions,
  ...shaping,
  ...convolution,
};

/** Errors with a message that names the kernel and says where to add it. */
export function kernelNamed(name: string): Kernel {
  const kernel = kernels[name];
  if (kernel === undefined) {
    throw new Error(
      `kernel ${name} cannot be compiled: give it a rule in src/engine/kernels and list it in registry.ts`,
    );
  }
  return kernel;
}

export const kernelTypes = (op: string, inputs: readonly Value[], attributes: Attributes): readonly TensorType[] =>
  kernelNamed(op).types(inputs, attributes);
