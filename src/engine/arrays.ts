/** Copies named arrays, and takes one by its name: what every kind of step does with its state. */
import type { Arrays } from './engine.ts';

export const copyArrays = (arrays: Arrays): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(arrays).map(([name, numbers]) => [name, numbers.slice()]));

export function arrayNamed(arrays: Arrays, name: string): Float32Array {
  const numbers = arrays[name];
  if (numbers === undefined) throw new Error(`internal: the state that is loaded lacks ${name}`);
  return numbers;
}
