/**
 * What a trial's numbers trust JavaScript's Math for. Addition, products, quotients and square roots are exact by its standard;
 * these functions are not, and V8 computes them by ports of fdlibm, in the same operations on every x86-64: so say their bytes here,
 * on whichever Node. Powers are another matter: from Node 24 on they are those of the C library.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../src/base/random.ts';
import { projectRoot } from '../cli/run-cli.ts';
import { uniform } from '../engine/harness.ts';

const count = 100_000;

/** SHA-256 of a function of numbers that are uniform in [0, 1). */
function hashOf(fn: (x: number) => number): string {
  const random = uniform(1);
  const values = Float64Array.from({ length: count }, () => fn(random()));
  return createHash('sha256').update(new Uint8Array(values.buffer)).digest('hex').slice(0, 12);
}

it.each<[string, (x: number) => number, string]>([
  ['sin', (x) => Math.sin(20 * x - 10), 'f08fd0cc984f'],
  ['cos', (x) => Math.cos(20 * x - 10), '1802e3d0a71b'],
  ['exp', (x) => Math.exp(60 * x - 50), '8d11b2f1d982'],
  ['log', (x) => Math.log(1e-9 + 3 * x), '33adc2034d00'],
  ['hypot', (x) => Math.hypot(x, 1 - x, x * x), '419eae634e26'],
])('Math.%s is what it is elsewhere', (_, fn, hash) => {
  expect(hashOf(fn)).toBe(hash);
});

it('normal draws are what they are elsewhere', () => {
  const random = randomFrom(uniform(2));
  expect(hashOf(() => random.normal())).toBe('e22e9d870284');
});

it('a square is a product', () => {
  const random = uniform(3);
  const others = Array.from({ length: count }, () => 1e3 * (random() - 0.5)).filter((x) => x ** 2 !== x * x);
  expect(others).toEqual([]);
});

describe('a trial’s numbers', () => {
  /** Everything that they pass through. */
  const folders = ['base', 'datasets', 'engine', 'metrics', 'nets', 'optimisers', 'priors', 'scorers', 'trial'];
  const code = folders.flatMap((folder) =>
    readdirSync(join(projectRoot, 'src', folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join('src', folder, name)),
  );
  const lines = code.flatMap((path) =>
    readFileSync(join(projectRoot, path), 'utf8')
      .split('\n')
      .map((line) => line.replace(/^\s*(\/?\*|\/\/).*|\s\/\/ .*/, ''))
      .map((line) => ({ path, line })),
  );
  const found = (pattern: RegExp) =>
    lines.filter(({ line }) => pattern.test(line)).map(({ path, line }) => `${path}: ${line.trim()}`);

  it('are no powers but squares and those of two, and those of constants in a program, which are rounded to float32', () => {
    expect(found(/Math\.pow|(?<!\b2 )\*\* (?!2\b)/)).toEqual(['src/engine/passes/simplify.ts: Pow: (a, b) => a ** b,']);
  });

  it('pass through no other function of Math that JavaScript leaves open', () => {
    expect(found(/Math\.(acosh?|asinh?|atan[2h]?|cbrt|cosh|expm1|log10|log1p|log2|sinh|tanh)\b/)).toEqual([]);
  });
});
