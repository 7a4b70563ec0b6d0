/** Runs a plan in plain TypeScript, number by number: what emitted code is tested against, byte by byte. Slow. */
import type { Body, Op } from '../../../../src/engine/native/plan/body.ts';
import {
  type Convolution,
  type Fold,
  lanes,
  neutral,
  type Place,
  type Plan,
  type Product,
  type Reduce,
  type Statement,
} from '../../../../src/engine/native/plan/program.ts';
import { distances, rowAxes, rowsOf } from '../../../../src/engine/native/plan/walk.ts';
import { fusedMultiplyAdd, larger, operand, rounded, roundToEven, smaller } from './float32.ts';

/** Both see the same memory: numbers, and their bits. */
interface Arena {
  readonly numbers: Float32Array;
  readonly bits: Int32Array;
}

/** @param numbers the arena; constants must be in it. */
export function interpret({ statements }: Pick<Plan, 'statements'>, numbers: Float32Array): void {
  const arena = { numbers, bits: new Int32Array(numbers.buffer, numbers.byteOffset, numbers.length) };
  for (const statement of statements) run(statement, arena);
}

function run(statement: Statement, arena: Arena): void {
  switch (statement.kind) {
    case 'product':
      product(statement, arena);
      return;
    case 'convolution':
      convolution(statement, arena);
      return;
    case 'loop': {
      const evaluate = evaluator(statement, arena);
      for (let row = 0; row < rowsOf(statement); row++) {
        for (let column = 0; column < statement.columns; column++) evaluate(row, column, 0);
      }
      return;
    }
    case 'reduce':
      reduce(statement, arena);
      return;
    default:
      statement satisfies never;
  }
}

function convolution(statement: Convolution, arena: Arena): void {
  const evaluate = evaluator(statement, arena);
  const { columns, inner, a, b } = statement;
  const { numbers } = arena;
  const [inA, inB] = [a, b].map((factor) =>
    distances(factor.inner.map((step, at) => ({ size: inner[at] ?? 0, step }))),
  );
  for (const [row, start] of distances(rowAxes(a, statement)).entries()) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      inA?.forEach((distance, k) => {
        const right = b.offset + (inB?.[k] ?? 0) + column * b.column;
        sum = fusedMultiplyAdd(numbers[a.offset + start + distance] ?? 0, numbers[right] ?? 0, sum);
      });
      evaluate(row, column, sum);
    }
  }
}

function product(statement: Product, arena: Arena): void {
  const evaluate = evaluator(statement, arena);
  const { rows, columns, inner, a, b } = statement;
  const { numbers } = arena;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum = fusedMultiplyAdd(numbers[at(a, row, k)] ?? 0, numbers[at(b, k, column)] ?? 0, sum);
      }
      evaluate(row, column, sum);
    }
  }
}

const folds: Readonly<Record<Fold, (a: number, b: number) => number>> = {
  sum: (a, b) => rounded(operand(a) + operand(b)),
  max: (a, b) => larger(operand(a), operand(b)),
  min: (a, b) => smaller(operand(a), operand(b)),
};

function reduce(statement: Reduce, arena: Arena): void {
  const { fold, over, columns, value, to } = statement;
  const rows = rowsOf(statement);
  const evaluate = evaluator(statement, arena);
  const join = folds[fold];
  const starts = distances(rowAxes(to, statement));
  const store = (index: number, number: number) => {
    arena.numbers[to.offset + (over === 'rows' ? index * to.column : (starts[index] ?? 0))] = number;
  };
  if (over === 'rows') {
    for (let column = 0; column < columns; column++) {
      let sum = neutral[fold];
      for (let row = 0; row < rows; row++) sum = join(sum, evaluate(row, column, 0)[value] ?? 0);
      store(column, sum);
    }
    return;
  }
  let sums = new Float32Array(4 * lanes).fill(neutral[fold]);
  for (let row = 0; row < rows; row++) {
    // Whole vectors: what lies beyond the last column is the neutral element.
    for (let column = 0; column < Math.ceil(columns / lanes) * lanes; column++) {
      const lane = column % sums.length;
      sums[lane] = join(sums[lane] ?? 0, column < columns ? (evaluate(row, column, 0)[value] ?? 0) : neutral[fold]);
    }
    if (over === 'all' && row < rows - 1) continue;
    store(over === 'all' ? 0 : row, total(sums, join));
    sums = new Float32Array(4 * lanes).fill(neutral[fold]);
  }
}

function total(sums: Float32Array, join: (a: number, b: number) => number): number {
  const get = (index: number) => sums[index] ?? 0;
  let vector = Array.from({ length: lanes }, (_, lane) =>
    join(join(get(lane), get(lane + 8)), join(get(lane + 16), get(lane + 24))),
  );
  for (let half = lanes / 2; half >= 1; half /= 2) {
    vector = vector.slice(0, half).map((number, lane) => join(number, vector[lane + half] ?? 0));
  }
  return vector[0] ?? 0;
}

const at = ({ offset, row, column }: Place, r: number, c: number): number => offset + r * row + c * column;

/** Runs the body on one element; returns the values of all of its operations, valid until the next. */
function evaluator(statement: Statement, arena: Arena) {
  const { ops, stores }: Body<Place> = statement.body;
  const starts = new Map<Place, readonly number[]>();
  const elementAt = (place: Place, row: number, column: number): number => {
    const known = starts.get(place) ?? distances(rowAxes(place, statement));
    starts.set(place, known);
    return place.offset + (known[row] ?? 0) + column * place.column;
  };
  const values = new Float32Array(ops.length);
  const bits = new Int32Array(values.buffer);
  return (row: number, column: number, accumulator: number): Float32Array => {
    for (let index = 0; index < ops.length; index++) {
      const op = ops[index];
      if (op === undefined) break;
      switch (op.kind) {
        case 'load':
          bits[index] = arena.bits[elementAt(op.from, row, column)] ?? 0;
          break;
        case 'accumulator':
          values[index] = accumulator;
          break;
        case 'constant':
          bits[index] = op.bits;
          break;
        default:
          compute(op, index, values, bits);
      }
    }
    for (const { value, to } of stores) arena.bits[elementAt(to, row, column)] = bits[value] ?? 0;
    return values;
  };
}

type Computed = Exclude<Op<Place>, { readonly kind: 'load' | 'accumulator' | 'constant' }>;

function compute(op: Computed, index: number, values: Float32Array, bits: Int32Array): void {
  const [i = 0, j = 0, k = 0] = op.arguments;
  const [p = 0, q = 0] = [bits[i], bits[j]];
  // As floating point arithmetic sees them.
  const [a, b, c] = [operand(values[i] ?? 0), operand(values[j] ?? 0), operand(values[k] ?? 0)];
  const mask = (holds: boolean) => {
    bits[index] = holds ? -1 : 0;
  };
  switch (op.kind) {
    case 'add':
      values[index] = rounded(a + b);
      return;
    case 'sub':
      values[index] = rounded(a - b);
      return;
    case 'mul':
      values[index] = rounded(a * b);
      return;
    case 'div':
      values[index] = rounded(a / b);
      return;
    case 'sqrt':
      values[index] = rounded(Math.sqrt(a));
      return;
    case 'min':
      values[index] = smaller(a, b);
      return;
    case 'max':
      values[index] = larger(a, b);
      return;
    case 'fma':
      values[index] = fusedMultiplyAdd(a, b, c);
      return;
    case 'fnma':
      values[index] = fusedMultiplyAdd(-a, b, c);
      return;
    case 'round':
      values[index] = roundToEven(a);
      return;
    case 'toInteger':
      // What does not fit is the machine's integer indefinite.
      bits[index] = Math.abs(a) < 2 ** 31 ? roundToEven(a) : -(2 ** 31);
      return;
    case 'toFloat':
      values[index] = p;
      return;
    case 'and':
      bits[index] = p & q;
      return;
    case 'or':
      bits[index] = p | q;
      return;
    case 'xor':
      bits[index] = p ^ q;
      return;
    case 'andNot':
      bits[index] = ~p & q;
      return;
    case 'addInteger':
      bits[index] = p + q;
      return;
    case 'subInteger':
      bits[index] = p - q;
      return;
    case 'shiftLeft':
      bits[index] = p << op.count;
      return;
    case 'shiftRight':
      bits[index] = p >> op.count;
      return;
    case 'select':
      bits[index] = p < 0 ? q : (bits[k] ?? 0);
      return;
    case 'equal':
      mask(a === b);
      return;
    case 'notEqual':
      mask(a !== b);
      return;
    case 'less':
      mask(a < b);
      return;
    case 'lessEqual':
      mask(a <= b);
      return;
    case 'greater':
      mask(a > b);
      return;
    case 'greaterEqual':
      mask(a >= b);
      return;
    default:
      op satisfies never;
  }
}
