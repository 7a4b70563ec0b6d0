/**
 * Describes what programs must have in common to be vmapped: every operator, shape and attribute, and which operands are
 * constants. The numbers of constants may differ, and so may attributes that are such numbers.
 */
import { type Attributes, formatType, type Value } from '../graph/graph.ts';
import type { KernelGraph, KernelName, KernelOps } from '../kernels/registry.ts';

/** Attributes that may differ between programs, by kernel: `batching-rules.ts` makes operands of them. */
const scalarAttributes: { readonly [K in KernelName]?: readonly (keyof KernelOps[K])[] } = {
  ClipByValue: ['clipValueMin', 'clipValueMax'],
};

/** A text that is equal for programs that can be vmapped together, one line a node. */
export function structureOf({ inputs, constants, nodes, outputs }: KernelGraph): string {
  const names = new Map<Value, string>();
  const define = (value: Value) => names.set(value, `%${names.size}`);
  // Not which constant: two settings may have the same number in one program and not in the other.
  const use = (value: Value) => (constants.has(value) ? `const ${formatType(value)}` : names.get(value));
  const lines: string[] = [];
  for (const [name, value] of inputs) {
    define(value);
    lines.push(`input ${name}: ${formatType(value)}`);
  }
  for (const { op, inputs: operands, attributes, outputs: results } of nodes) {
    for (const result of results) define(result);
    lines.push(`${results.map(formatType)} = ${op}(${operands.map(use)})${JSON.stringify(shared(op, attributes))}`);
  }
  for (const [name, value] of outputs) lines.push(`return ${name} = ${use(value)}`);
  return lines.join('\n');
}

function shared(op: KernelName, attributes: Attributes): Attributes {
  const scalars: readonly string[] = scalarAttributes[op] ?? [];
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !scalars.includes(name)));
}
