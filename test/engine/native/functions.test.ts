/** Errors of the elementwise functions, against double precision. */
import { expect, it } from 'vitest';
import { fillArena } from '../../../src/engine/native/plan/arena.ts';
import { BodyBuilder } from '../../../src/engine/native/plan/body.ts';
import { functions } from '../../../src/engine/native/plan/functions.ts';
import type { Place } from '../../../src/engine/native/plan/program.ts';
import { uniform } from '../harness.ts';
import { interpret } from './interpret/interpret.ts';
import { planOf } from './random-plans.ts';

function evaluate(name: string, numbers: Float32Array): Float32Array {
  const build = new BodyBuilder<Place>((place) => JSON.stringify(place));
  const count = numbers.length;
  const x = build.load({ offset: 0, row: 0, column: 1 });
  const value = functions[name]?.(build, [x], {}) ?? x;
  const to = { offset: count, row: 0, column: 1 };
  const body = { ops: build.ops, stores: [{ value, to }] };
  const plan = planOf([{ kind: 'loop', rows: 1, columns: count, body }], 2 * count);
  const arena = new Float32Array(plan.size);
  fillArena(plan, arena);
  arena.set(numbers);
  interpret(plan, arena);
  return arena.slice(count, 2 * count);
}

/** The distance to the next float32 number. */
const unit = (x: number): number => 2 ** Math.max(-149, Math.floor(Math.log2(Math.abs(x))) - 23);

const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

it.each<[name: string, exact: (x: number) => number, low: number, high: number, units: number]>([
  ['Exp', Math.exp, -87, 88.7, 1.1],
  ['Exp', Math.exp, -1, 1, 1.1],
  ['Log', Math.log, 1e-30, 1e30, 1.1],
  ['Log', Math.log, 0.5, 2, 1.1],
  ['Softplus', softplus, -80, 20, 3],
  ['Softplus', softplus, -1, 1, 3],
  ['Tanh', Math.tanh, -10, 10, 2],
  ['Tanh', Math.tanh, -0.7, 0.7, 2],
  ['Sigmoid', (x) => 1 / (1 + Math.exp(-x)), -80, 80, 2.6],
])('$0 from $2 to $3 within $4 units in the last place', (name, exact, low, high, units) => {
  const random = uniform(7);
  const isWide = low > 0 && high / low > 1e6;
  const draw = () => (isWide ? low * (high / low) ** random() : low + random() * (high - low));
  const numbers = Float32Array.from({ length: 20_000 }, draw);
  const results = evaluate(name, numbers);
  const errors = Array.from(numbers, (x, at) => Math.abs((results[at] ?? Number.NaN) - exact(x)) / unit(exact(x)));
  expect(Math.max(...errors)).toBeLessThan(units);
});

it.each<[name: string, x: number, expected: number]>([
  ['Exp', Number.NEGATIVE_INFINITY, 0],
  ['Exp', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['Exp', 88.8, Number.POSITIVE_INFINITY],
  ['Exp', -0, 1],
  ['Exp', Number.NaN, Number.NaN],
  ['Log', 0, Number.NEGATIVE_INFINITY],
  ['Log', 1, 0],
  ['Log', -1, Number.NaN],
  ['Log', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['Log', Number.NaN, Number.NaN],
  ['Softplus', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['Softplus', -200, 0],
  ['Softplus', Number.NaN, Number.NaN],
  ['Tanh', Number.POSITIVE_INFINITY, 1],
  ['Tanh', -100, -1],
  ['Tanh', 0, 0],
  ['Tanh', Number.NaN, Number.NaN],
  ['Relu', Number.NaN, Number.NaN],
  ['Relu', -3, 0],
  ['Sigmoid', Number.NEGATIVE_INFINITY, 0],
])('%s of %d is %d', (name, x, expected) => {
  expect(evaluate(name, Float32Array.of(x))[0]).toBe(expected);
});
