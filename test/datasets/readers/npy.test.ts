/** Arrays as NumPy itself wrote them (test/fixtures/numpy, with the script); what is no numbers is one line, never a pickle opened. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { decodeNpy } from '../../../src/datasets/readers/npy.ts';
import { readArrays, readNumpyFile } from '../../../src/datasets/readers/numpy-file.ts';

const folder = fileURLToPath(new URL('../../fixtures/numpy/', import.meta.url));
const fixture = (name: string) => `${folder}${name}`;
const rows = [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];

describe('numbers', () => {
  test.each<[string, readonly number[], readonly number[]]>([
    ['f4.npy', [4, 2], rows],
    ['f8.npy', [4, 2], rows],
    ['f2.npy', [4, 2], rows],
    ['big-endian.npy', [4, 2], rows],
    ['fortran.npy', [4, 2], rows],
    ['version-2.npy', [4, 2], rows],
    ['i8.npy', [4, 2], [-3, -2, -1, 0, 1, 2, 3, 4]],
    ['i2-big-endian.npy', [4, 2], [-3, -2, -1, 0, 1, 2, 3, 4]],
    ['bool.npy', [4, 2], [0, 0, 0, 0, 1, 1, 1, 1]],
    ['line.npy', [4], [-0.75, -0.25, 0.25, 0.75]],
    ['scalar.npy', [], [0.5]],
    ['empty.npy', [0, 2], []],
    ['not-finite.npy', [4, 2], [Number.NaN, 0, Number.POSITIVE_INFINITY, 1, Number.NEGATIVE_INFINITY, 2, 0.5, 3]],
    ['half-extremes.npy', [5], [65_504, 2 ** -24, -(2 ** -14), Number.POSITIVE_INFINITY, Number.NaN]],
    ['one.npz', [4, 2], rows],
  ])('%s', async (name, shape, values) => {
    const array = await readNumpyFile(fixture(name));
    expect(array.shape).toEqual(shape);
    expect([...array.values]).toEqual(values);
  });

  test('bytes stay bytes', async () => {
    const { shape, values } = await readNumpyFile(fixture('u1.npy'));
    expect(shape).toEqual([2, 2, 2, 3]);
    expect(values).toEqual(Uint8Array.from({ length: 24 }, (_, index) => index));
  });

  test('one of several by its name, and several at once', async () => {
    expect((await readNumpyFile(fixture('two.npz'), 'real')).values[0]).toBe(0.25);
    expect(Object.keys(await readArrays(fixture('two.npz'), (names) => names))).toEqual(['fake', 'real']);
  });
});

test.each<[string, string | undefined, RegExp]>([
  [
    'object.npy',
    undefined,
    /: holds Python objects \(a pickle\), which are not opened: they may run code; save numbers: /,
  ],
  ['complex.npy', undefined, /: expected numbers, got dtype '<c16'; save numbers: np\.save/],
  ['text.npy', undefined, /: expected numbers, got dtype '<U1'/],
  ['records.npy', undefined, /: expected numbers, got records \(a structured dtype\)/],
  ['make.py', undefined, /make\.py: expected an array of NumPy \(np\.save\), got something else$/],
  ['two.npz', undefined, /two\.npz: has 2 arrays, fake, real: choose one with --key$/],
  ['two.npz', 'fke', /^--key: .*two\.npz has no array 'fke'; did you mean 'fake'\?$/],
  ['f4.npy', 'fake', /^--key: for a \.npz of several arrays; .*f4\.npy holds one$/],
])('%s with key %s is refused', async (name, key, message) => {
  const reading = readNumpyFile(fixture(name), key);
  await expect(reading).rejects.toThrow(UsageError);
  await expect(reading).rejects.toThrow(message);
});

test('whatever is cut or changed is an array or one line', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.npy'));
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.nat(), fc.nat(), fc.nat(255), (name, cut, at, byte) => {
      const whole = readFileSync(fixture(name));
      const bytes = whole.subarray(0, cut % (whole.length + 1));
      if (bytes.length > 0) bytes[at % bytes.length] = byte;
      try {
        const { shape, values } = decodeNpy(bytes, 'x.npy');
        expect(values.length).toBe(shape.reduce((product, side) => product * side, 1));
      } catch (error) {
        expect(error).toBeInstanceOf(UsageError);
        expect(String(error)).toMatch(/^UsageError: x\.npy: [^\n]+$/);
      }
    }),
    { numRuns: 300 },
  );
});
