/** How many operations of products and convolutions a step takes, multiplication and addition one each, by its plan. */
import { traceStep } from '../../src/engine/lower/trace-step.ts';
import { makePlan } from '../../src/engine/native/plan/make-plan.ts';
import type { Statement } from '../../src/engine/native/plan/program.ts';
import { rowsOf } from '../../src/engine/native/plan/walk.ts';
import type { TrainingStep } from '../../src/trial/training-step.ts';

/** FLOP of one step. */
export function workOf({ fn, signature }: TrainingStep): number {
  const { statements } = makePlan(traceStep(fn, signature), Object.keys(signature.state));
  return statements.reduce((total, statement) => total + work(statement), 0);
}

function work(statement: Statement): number {
  switch (statement.kind) {
    case 'product':
      return 2 * statement.rows * statement.columns * statement.inner;
    case 'convolution':
      return 2 * rowsOf(statement) * statement.columns * statement.inner.reduce((product, size) => product * size, 1);
    default:
      return 0;
  }
}
