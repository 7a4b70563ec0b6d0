/** Memory behind the arena that statements use while they run. */
import type { Plan, Statement } from '../plan/program.ts';
import { scratchOfConvolution } from './convolution.ts';
import { scratchOfProduct } from './packing.ts';

const scratchOfStatement = (statement: Statement): number => {
  switch (statement.kind) {
    case 'product':
      return scratchOfProduct(statement);
    case 'convolution':
      return scratchOfConvolution(statement);
    default:
      return 0;
  }
};

/** Numbers that any of the plan's statements needs. */
export const scratchOf = ({ statements }: Plan): number =>
  statements.reduce((most, statement) => Math.max(most, scratchOfStatement(statement)), 0);
