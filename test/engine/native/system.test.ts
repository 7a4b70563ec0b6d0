/** Where emitted code cannot run, one line says why. */
import { describe, expect, it } from 'vitest';
import { makeExecutable } from '../../../src/engine/native/machine/executable.ts';
import { cpuidCode, hasVectors, readProcessor } from '../../../src/engine/native/machine/processor.ts';
import { type Host, openSystem } from '../../../src/engine/native/machine/system.ts';
import { koffi, noNative } from '../../support/native.ts';

const all = [-1, -1, -1];
const here: Host = { platform: 'linux', arch: 'x64', loadKoffi: async () => koffi, readProcessor: () => all };

describe.skipIf(!koffi)('a machine for emitted code', () => {
  it('is one with koffi, Linux or macOS, and AVX2 with FMA', async () => {
    expect(await openSystem(here)).toEqual({ koffi, wide: true });
    expect(await openSystem({ ...here, platform: 'darwin' })).toEqual({ koffi, wide: true });
    expect(await openSystem({ ...here, readProcessor: () => [-1, 1 << 5, -1] })).toEqual({ koffi, wide: false });
  });

  it.each<[string, Partial<Host>, string]>([
    ['of another architecture', { arch: 'arm64' }, 'needs an x86-64 processor, this is arm64'],
    ['with Windows', { platform: 'win32' }, 'needs Linux or macOS, this is win32'],
    [
      'without koffi',
      { loadKoffi: () => Promise.reject(new Error()) },
      'the package koffi is not installed (npm install)',
    ],
    ['without AVX2', { readProcessor: () => [-1, 0, -1] }, 'needs AVX2 and FMA, which this processor lacks'],
    ['without FMA', { readProcessor: () => [~(1 << 12), -1, -1] }, 'needs AVX2 and FMA, which this processor lacks'],
    [
      'whose system saves no vectors',
      { readProcessor: () => [-1, -1, 2] },
      'needs AVX2 and FMA, which this processor lacks',
    ],
    [
      'that refuses executable memory',
      { readProcessor: (system) => ([makeExecutable(cpuidCode(), system, 1 << 30)].length ? all : []) },
      'the system refuses executable memory',
    ],
  ])('%s: says so', async (_, change, reason) => {
    await expect(openSystem({ ...here, ...change })).rejects.toThrow(
      `engine native: ${reason}; --engine onnx runs everywhere`,
    );
  });

  it.skipIf(process.arch !== 'x64')('is asked by CPUID', async () => {
    expect(hasVectors(readProcessor(koffi))).toBe(noNative === '');
  });
});
