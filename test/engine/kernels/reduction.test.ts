import { testKernels } from './kernel-case.ts';
import { reductionCases } from './reduction.cases.ts';

testKernels(reductionCases);
