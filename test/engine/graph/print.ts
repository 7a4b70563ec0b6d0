/** Prints a graph as a small program that a person can read, and a test can compare. */
import {
  type AnyGraph,
  type Attributes,
  formatType,
  type Numbers,
  type Value,
} from '../../../src/engine/graph/graph.ts';

/**
 * One line a value:
 *
 *     input  %0 x: float32[2,3]
 *     const  %1: float32[] = 0.5
 *     %2: float32[2,3] = Multiply(%0, %1)
 *     return y = %2
 *
 * Values are numbered in the order in which they appear, so that equal programs print the same text.
 */
export function printGraph(graph: AnyGraph): string {
  const names = new Map<Value, string>();
  const define = (value: Value) => {
    names.set(value, `%${names.size}`);
    return names.get(value);
  };
  const use = (value: Value) => names.get(value) ?? '%undefined';
  const lines: string[] = [];
  for (const [name, value] of graph.inputs) lines.push(`input  ${define(value)} ${name}: ${formatType(value)}`);
  for (const [value, numbers] of graph.constants) {
    lines.push(`const  ${define(value)}: ${formatType(value)} = ${printNumbers(numbers)}`);
  }
  for (const { op, inputs, outputs, attributes } of graph.nodes) {
    const operands = [...inputs.map(use), ...printAttributes(attributes)].join(', ');
    lines.push(`${outputs.map((value) => `${define(value)}: ${formatType(value)}`).join(', ')} = ${op}(${operands})`);
  }
  for (const [name, value] of graph.outputs) lines.push(`return ${name} = ${use(value)}`);
  return lines.join('\n');
}

function printAttributes(attributes: Attributes): string[] {
  return Object.entries(attributes)
    .filter(([, attribute]) => attribute !== undefined)
    .map(([name, attribute]) => `${name}=${Array.isArray(attribute) ? `[${attribute}]` : attribute}`);
}

function printNumbers(numbers: Numbers): string {
  if (typeof numbers === 'number') return String(numbers);
  const shown = Array.from(numbers.slice(0, 8), (number) => String(number)).join(', ');
  return numbers.length > 8 ? `[${shown}, … ${numbers.length} numbers]` : `[${shown}]`;
}
