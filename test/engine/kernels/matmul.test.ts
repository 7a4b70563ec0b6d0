import { testKernels } from './kernel-case.ts';
import { matmulCases } from './matmul.cases.ts';

testKernels(matmulCases);
