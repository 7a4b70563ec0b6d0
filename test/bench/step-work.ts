/** How many floating-point operations a training step takes. */
import { flopsOf } from '../../src/engine/kernels/flops.ts';
import { traceStep } from '../../src/engine/lower/trace-step.ts';
import type { TrainingStep } from '../../src/trial/training-step.ts';

/** FLOP of one step. */
export const workOf = ({ fn, signature }: TrainingStep): number => flopsOf(traceStep(fn, signature));
