import { expect, it } from 'vitest';
import { kernelNamed, kernels } from '../../../src/engine/kernels/registry.ts';
import { convolutionCases } from './convolution.cases.ts';
import { elementwiseCases } from './elementwise.cases.ts';
import { matmulCases } from './matmul.cases.ts';
import { reductionCases } from './reduction.cases.ts';
import { shapingCases } from './shaping.cases.ts';

/** Kernels that no operation of tfjs calls; shaping.test.ts builds their graphs by hand. */
const byHand = ['BroadcastTo'];

it('every kernel of the registry is tested', () => {
  const tables = [elementwiseCases, matmulCases, reductionCases, shapingCases, convolutionCases];
  const tested = [...tables.flat().map(({ kernel }) => kernel), ...byHand];
  expect(tested.toSorted()).toEqual(Object.keys(kernels).toSorted());
});

it('a kernel without a rule is named, with what runs it and the place to add one', () => {
  expect(() => kernelNamed('Cumsum')).toThrow(
    'kernel Cumsum cannot be compiled: --engine tfjs runs it; for the others, give it a rule in src/engine/kernels and list it in registry.ts',
  );
});
