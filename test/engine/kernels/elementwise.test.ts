import { elementwiseCases } from './elementwise.cases.ts';
import { testKernels } from './kernel-case.ts';

testKernels(elementwiseCases);
