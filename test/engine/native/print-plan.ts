/** A plan as a program that a person can read, and a test can compare. */
import type { Body, Op } from '../../../src/engine/native/plan/body.ts';
import { numberOf } from '../../../src/engine/native/plan/body.ts';
import type { Place, Plan, Statement } from '../../../src/engine/native/plan/program.ts';

/**
 * One statement a line, places as `@offset(row step, column step)`, then a line for what it does with each element:
 *
 *     product [128,64] = [128,2] @0(2,1) × [2,64] @256(64,1)
 *       @512(64,1) = max(0, sum + @384(0,1))
 *
 * Outer axes come before rows and columns. A convolution's factors have their steps along its inner axes besides.
 */
export function printPlan(plan: Plan): string {
  const lines = [`arena  ${plan.size} numbers`];
  for (const { name, shape, offset } of plan.inputs) lines.push(`input  ${name} [${shape}] @${offset}`);
  for (const { offset, size, numbers } of plan.constants) {
    lines.push(`const  [${size}] @${offset} = ${typeof numbers === 'number' ? numbers : 'numbers'}`);
  }
  for (const statement of plan.statements) lines.push(...printStatement(statement));
  for (const { name, shape, offset } of plan.outputs) lines.push(`output ${name} [${shape}] @${offset}`);
  return lines.join('\n');
}

function printStatement(statement: Statement): readonly string[] {
  const { outer = [], rows, columns, body } = statement;
  const size = `[${[...outer, rows, columns]}]`;
  const values = printValues(body);
  const stores = body.stores.map(({ value, to }) => `  ${printPlace(to)} = ${values[value]}`);
  switch (statement.kind) {
    case 'product': {
      const { inner, a, b } = statement;
      const factors = `[${rows},${inner}] ${printPlace(a)} × [${inner},${columns}] ${printPlace(b)}`;
      return [`product [${rows},${columns}] = ${factors}`, ...stores];
    }
    case 'convolution': {
      const { inner, a, b } = statement;
      const factors = [a, b].map((factor) => `${printPlace(factor)}(${factor.inner})`);
      return [`convolution ${size} = ${factors.join(' × ')} over [${inner}]`, ...stores];
    }
    case 'loop':
      return [`loop ${size}`, ...stores];
    case 'reduce': {
      const { fold, over, to, value } = statement;
      return [`${fold} of ${size} over ${over}`, `  ${printPlace(to)} = ${values[value]}`];
    }
    default:
      return statement satisfies never;
  }
}

const printPlace = ({ offset, outer = [], row, column }: Place): string => `@${offset}(${[...outer, row, column]})`;

const infix: Readonly<Record<string, string>> = { add: '+', sub: '−', mul: '×', div: '/' };

/** Of every operation, as an expression of loads. */
function printValues({ ops }: Body<Place>): readonly string[] {
  const values: string[] = [];
  for (const op of ops) values.push(printOp(op, values));
  return values;
}

function printOp(op: Op<Place>, values: readonly string[]): string {
  if (op.kind === 'load') return printPlace(op.from);
  if (op.kind === 'accumulator') return 'sum';
  if (op.kind === 'constant') return String(numberOf(op.bits));
  const operands = op.arguments.map((operand) => values[operand] ?? '');
  const sign = infix[op.kind];
  if (sign) return `(${operands.join(` ${sign} `)})`;
  return `${op.kind}(${[...operands, ...('count' in op ? [op.count] : [])].join(', ')})`;
}
