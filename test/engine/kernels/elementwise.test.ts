import { testKernels } from './kernel-case.ts';
import { elementwiseCases } from './elementwise.cases.ts';

testKernels(elementwiseCases);
